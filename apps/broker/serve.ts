// Runs a broker until it is told to stop: then it takes no new requests, lets those under way finish, and closes the store.
import type { BrokerConfig } from './config.ts';
import { startKafkaIn } from './kafka-in.ts';
import { startKafkaOut } from './kafka-out.ts';
import { kafkaSettingsOf } from './kafka-settings.ts';
import { type BrokerNode, openNode } from './node.ts';
import { type Server, startServer } from './server.ts';

export interface Served {
  readonly node: BrokerNode;
  readonly server: Server;
}

/** Resolves once it listens; the process ends after SIGTERM or SIGINT. */
export const serve = async (config: BrokerConfig, say: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)): Promise<Served> => {
  const kafka = kafkaSettingsOf(config);
  const node = await openNode(config, { projecting: true, reacting: true });
  const server = await startServer(node);
  const kafkaIn = kafka && startKafkaIn(node, kafka, say);
  const kafkaOut = kafka && startKafkaOut(node, kafka, say);
  say(`Concordat listens on ${server.url} (data in ${config.data})`);
  stopOnSignal(async () => {
    await Promise.all([server.close(), kafkaIn?.close(), kafkaOut?.close()]);
    await node.close();
  });
  return { node, server };
};

const stopOnSignal = (stop: () => Promise<void>): void => {
  let stopping: Promise<void> | undefined;
  const onSignal = (): void => {
    stopping ??= stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
};
