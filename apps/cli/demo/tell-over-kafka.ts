// Where the demo has Kafka: its last chapter goes through it, and how to follow a feed is printed.
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ClientError, type Receipt, signingKeyOf } from '#client';
import type { Context } from '../context.ts';
import { readJwk } from '../input-files.ts';
import { kafkaAddressOf } from '../kafka-address.ts';
import type { KafkaChapter } from './chapters/over-kafka.ts';

export interface TellingOverKafka {
  readonly url: string;
  /** Where the agencies' private keys lie. */
  readonly keys: string;
  readonly chapter: KafkaChapter;
}

/** The broker makes its topics first. */
const TRIES = 60;
const PAUSE_MS = 500;
const NOT_YET: ReadonlySet<string> = new Set(['no-topic', 'unreachable']);

/** Lines to print; says why where Kafka cannot be used: the demo goes on without. */
export const tellOverKafka = async (context: Context, telling: TellingOverKafka): Promise<readonly string[]> => {
  const { by, seenBy, events } = telling.chapter;
  try {
    const receipts = await sent(context, telling);
    const outcomes = receipts.map(({ outcome }) => outcome).join(', ');
    return [
      '',
      `Over Kafka ${by} told ${events.length} events more: ${outcomes}. Follow the feed of ${seenBy}, who advises the learner:`,
      '',
      ...commandOf(context, telling),
    ];
  } catch (cause) {
    if (!(cause instanceof ClientError)) throw cause;
    return ['', `Kafka could not be used: ${cause.message}`];
  }
};

const sent = async (context: Context, { url, keys, chapter }: TellingOverKafka): Promise<readonly Receipt[]> => {
  const { KafkaAgency } = await import('#client/kafka');
  const key = await signingKeyOf(readJwk(join(keys, `${chapter.by}.json`)));
  const agency = new KafkaAgency({ agency: chapter.by, key, ...(await kafkaAddressOf(context, { url })) });
  try {
    return await onceThere(() => agency.sendAndAwait(chapter.events));
  } finally {
    await agency.close();
  }
};

const onceThere = async <Result>(call: () => Promise<Result>, left = TRIES): Promise<Result> => {
  try {
    return await call();
  } catch (cause) {
    if (left === 0 || !(cause instanceof ClientError) || !NOT_YET.has(cause.code)) throw cause;
  }
  await after(PAUSE_MS);
  return onceThere(call, left - 1);
};

const commandOf = ({ environment }: Context, { url, keys, chapter: { seenBy } }: TellingOverKafka): readonly string[] => [
  `  ./bin/concordat.mjs feed follow --agency ${seenBy} --key '${join(keys, `${seenBy}.encryption.json`)}' \\`,
  `    --kafka ${environment['KAFKA_BROKERS'] ?? ''} --url ${url}`,
];
