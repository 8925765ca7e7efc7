import type { Command } from 'commander';
import { encryptionKeyOf, type FeedChange, type LocalCopy, MemoryCopy } from '#client';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { readJwk } from '../input-files.ts';
import { kafkaAddressOf, type KafkaOptions } from '../kafka-address.ts';
import { alignedLines } from '../terminal.ts';

interface Options extends KafkaOptions {
  readonly agency: string;
  readonly key: readonly string[];
  readonly copy?: string;
  readonly once?: true;
  readonly json?: true;
}

export const addFeedCommands = (program: Command, context: Context): void => {
  program
    .command('feed')
    .description('what an agency may know, as the broker tells it over Kafka')
    .command('follow')
    .description('read and decrypt the feed of an agency; print items, notices and what is to be deleted as they come')
    .requiredOption('--agency <slug>', 'whose feed')
    .requiredOption('--key <files...>', 'its private encryption key, a JWK; after a change of keys the old one too')
    .option('--kafka [addresses]', 'where Kafka is, host:port,… (default: KAFKA_BROKERS)')
    .option('--url <url>', 'of the broker, whose keys are asked for (default: this machine, PORT)')
    .option('--broker-keys <file>', 'these keys, a JWKS')
    .option('--copy <file>', 'keep a copy in this file, and go on from there the next time')
    .option('--once', 'end at the present end of the feed')
    .option('--json', 'one JSON object a line')
    .action((options: Options) => follow(context, options));
};

const follow = async (context: Context, options: Options): Promise<void> => {
  const { agency, once = false, json = false } = options;
  const keys = await Promise.all(options.key.map((file) => encryptionKeyOf(readJwk(file))));
  const address = await kafkaAddressOf(context, options);
  const { KafkaFeed } = await import('#client/kafka');
  const { copy, close } = await copyIn(options.copy);
  const ended = new AbortController();
  const end = (): void => ended.abort();
  for (const signal of SIGNALS) process.once(signal, end);
  const told = new Teller(context, json);
  try {
    for await (const change of new KafkaFeed({ agency, keys, copy, ...address }).follow({ once, signal: ended.signal })) told.tell(change);
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
    close();
  }
  told.conclude();
};

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const copyIn = async (file: string | undefined): Promise<{ readonly copy: LocalCopy; readonly close: () => void }> => {
  if (file === undefined) return { copy: new MemoryCopy(), close: () => undefined };
  const { SqliteCopy } = await import('#client/sqlite');
  const copy = new SqliteCopy(file);
  return { copy, close: () => copy.close() };
};

/** Prints changes; what could not be read is told beside them. */
class Teller {
  readonly #context: Context;
  readonly #json: boolean;
  readonly #held = new Set<string>();
  #unreadable = 0;

  constructor(context: Context, json: boolean) {
    this.#context = context;
    this.#json = json;
  }

  tell(change: FeedChange): void {
    const { terminal } = this.#context;
    if (change.kind === 'held') this.#held.add(change.key);
    else this.#held.delete(change.key);
    if (change.kind === 'unreadable') {
      this.#unreadable++;
      terminal.note(`${change.key} cannot be read: ${change.says}`);
    } else if (this.#json) terminal.line(JSON.stringify(change));
    else if (change.kind !== 'key' && change.kind !== 'held') terminal.lines(alignedLines([cellsOf(change)]));
  }

  conclude(): void {
    if (this.#held.size > 0) {
      const says = `${this.#held.size} ${this.#held.size === 1 ? 'record' : 'records'} of the feed could not be read with the private keys given.`;
      this.#context.terminal.note(`${says} After a change of keys, give the old one too: --key new.json old.json.`);
    }
    if (this.#unreadable > 0)
      throw new Complaint(`${this.#unreadable} ${this.#unreadable === 1 ? 'record was' : 'records were'} not of the broker, or damaged.`);
  }
}

const cellsOf = (change: Exclude<FeedChange, { readonly kind: 'key' | 'held' | 'unreadable' }>): readonly string[] => {
  if (change.kind === 'removed') return ['removed', change.key];
  const { type, contributor = '', protocol = '', data } = change.item;
  return [change.kind.padEnd('removed'.length), change.key, type, contributor, protocol, JSON.stringify(data)].filter(
    (cell) => cell !== '',
  );
};
