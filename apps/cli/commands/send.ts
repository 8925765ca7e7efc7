import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type AgencyEvent, type Receipt, signingKeyOf } from '#client';
import { jsonOf, UnreadableText } from '#strict-text';
import { Complaint } from '../complaint.ts';
import { connect } from '../broker-address.ts';
import type { Context } from '../context.ts';
import { readJwk, readText } from '../input-files.ts';
import { kafkaAddressOf, type KafkaOptions } from '../kafka-address.ts';

// Events as people write them into files, made complete so that they can be signed.

/** One event, an array of them, or one a line. `name` is for complaints. */
export const eventsIn = (text: string, name: string): readonly unknown[] => {
  const whole = wholeOf(text, name);
  if (whole !== undefined) return Array.isArray(whole.value) ? whole.value : [whole.value];
  const lines = text.split('\n').map((line, place) => ({ line: line.trim(), place }));
  return lines.filter(({ line }) => line !== '').map(({ line, place }) => jsonOf(line, `Line ${place + 1} of ${name}`));
};

/** Undefined where the text is not one JSON value: it may still be one a line. */
const wholeOf = (text: string, name: string): { readonly value: unknown } | undefined => {
  try {
    return { value: jsonOf(text, name) };
  } catch (cause) {
    const several = /\n\s*\S/.test(text.trim());
    if (several && cause instanceof UnreadableText && cause.code === 'not-json') return undefined;
    throw cause;
  }
};

/** Adds what is absent of `specversion`, `source`, `id` and `time`; all else stays as it was written. */
export const completed = (event: unknown, agency: string, place: number): AgencyEvent => {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new Complaint(`Event ${place + 1} is no JSON object.`);
  return {
    specversion: '1.0',
    source: `urn:concordat:agency:${agency}`,
    id: randomUUID(),
    time: new Date().toISOString(),
    ...event,
  } as AgencyEvent;
};

interface Options extends KafkaOptions {
  readonly agency: string;
  readonly key: string;
  readonly json?: true;
}

export const addSendCommand = (program: Command, context: Context): void => {
  program
    .command('send')
    .description('sign events, send them to a broker and print a receipt for each')
    .argument('<files...>', 'one CloudEvent each, an array, or one a line; - for standard input')
    .requiredOption('--agency <slug>', 'who sends')
    .requiredOption('--key <file>', 'its private signing key, a JWK')
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--kafka [addresses]', 'over Kafka, at host:port,… (default: KAFKA_BROKERS) instead of HTTP')
    .option('--broker-keys <file>', 'to check receipts that come over Kafka, a JWKS (default: asked of the broker)')
    .option('--json', 'receipts as JSON')
    .action(async (files: readonly string[], options: Options) => {
      const { agency, json } = options;
      const events = await eventsOf(context, files, agency);
      const receipts = await (options.kafka === undefined
        ? sendOverHttp(context, events, options)
        : sendOverKafka(context, events, options));
      if (json) context.terminal.json(receipts);
      else context.terminal.table(['event', 'outcome', 'position', 'what to know'], receipts.map(rowOf), 'There was no event to send.');
      const refused = receipts.filter(({ outcome }) => outcome === 'rejected' || outcome === 'conflict').length;
      if (refused > 0) throw new Complaint(`${refused} of ${receipts.length} events ${refused === 1 ? 'was' : 'were'} not recorded.`);
    });
};

const sendOverHttp = async (
  context: Context,
  events: readonly AgencyEvent[],
  { agency, key, url }: Options,
): Promise<readonly Receipt[]> => {
  const client = await connect(context, { agency, keyFile: key, ...(url === undefined ? {} : { url }) });
  return client.send(events);
};

const sendOverKafka = async (context: Context, events: readonly AgencyEvent[], options: Options): Promise<readonly Receipt[]> => {
  const { KafkaAgency } = await import('#client/kafka');
  const key = await signingKeyOf(readJwk(options.key));
  const agency = new KafkaAgency({ agency: options.agency, key, ...(await kafkaAddressOf(context, options)) });
  try {
    return await agency.sendAndAwait(events);
  } finally {
    await agency.close();
  }
};

const eventsOf = async (context: Context, files: readonly string[], agency: string): Promise<readonly AgencyEvent[]> => {
  const found: unknown[] = [];
  for (const file of files) found.push(...eventsIn(await readText(context, file), file));
  return found.map((event, place) => completed(event, agency, place));
};

const rowOf = ({ id, outcome, position, problem, existing }: Receipt): readonly string[] => {
  const exists =
    existing &&
    `${existing.assessmentId}, ${existing.framework} ${existing.domain}, valid ${existing.assessedOn} to ${existing.validUntil}`;
  return [id ?? '(none)', outcome, position ?? '', problem ? `${problem.code}: ${problem.detail}` : (exists ?? '')];
};
