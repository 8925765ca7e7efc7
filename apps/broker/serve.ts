// Runs a broker until it is told to stop: then it takes no new requests, lets those under way finish, and closes the store.
import type { BrokerConfig } from './config.ts';
import { startKafkaIn } from './kafka-in.ts';
import { startKafkaOut } from './kafka-out.ts';
import { kafkaSettingsOf } from './kafka-settings.ts';
import { tellLogin } from './login-log.ts';
import { type BrokerNode, openNode } from './node.ts';
import { type Server, startServer } from './server.ts';

export interface Served {
  readonly node: BrokerNode;
  readonly server: Server;
}

/** Resolves once it listens; the process ends after SIGTERM or SIGINT. */
export const serve = async (
  config: BrokerConfig,
  say: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<Served> => {
  goOnUnheard();
  const kafka = kafkaSettingsOf(config);
  const tell = (says: string): void => void process.stderr.write(`${says}\n`);
  const node = await openNode(config, { projecting: true, reacting: true, tell, logins: tellLogin });
  const server = await startServer(node);
  const kafkaIn = kafka && startKafkaIn(node, kafka, say);
  const kafkaOut = kafka && startKafkaOut(node, kafka, say);
  let left: Promise<unknown> | undefined;
  const leaveKafka = (): Promise<unknown> => (left ??= Promise.all([kafkaIn?.close(), kafkaOut?.close()]));
  whenOvertaken(node.log, () => {
    if (kafka) say('Another broker has taken over: this one leaves Kafka to it.');
    leaveKafka().catch(() => undefined); // told when the broker is stopped
  });
  say(`Concordat listens on ${server.url} (data in ${config.data})`);
  stopOnSignal(async () => {
    await Promise.all([server.close(), leaveKafka()]);
    await node.close();
  });
  return { node, server };
};

/** What it would take from Kafka it could not record, and what it would send the other sends: the other is to have all of it. */
const whenOvertaken = ({ overtaken }: BrokerNode['log'], leave: () => void): void => {
  if (overtaken?.aborted === true) leave();
  else overtaken?.addEventListener('abort', leave);
};

/** Where what is printed goes to a file on a full disk, it is lost, and no reason to end. */
const goOnUnheard = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
};

/** Whatever a failing disk or a lock still holds up by then is given up: what was acknowledged is on disk. */
const STOPPING_MS = 9000;

const stopOnSignal = (stop: () => Promise<void>): void => {
  let stopping: Promise<void> | undefined;
  const onSignal = (): void => {
    setTimeout(() => end('after some seconds'), STOPPING_MS).unref();
    stopping ??= stop().then(
      () => process.exit(0),
      () => end('a file failed'),
    );
  };
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
};

const end = (why: string): never => {
  process.stderr.write(`Concordat stopped with work under way (${why}). What was acknowledged is on disk.\n`);
  process.exit(1);
};
