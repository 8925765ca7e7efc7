// The server that specs of the protocol run against: the one at KURRENTDB_URL, so that the stand-in is held to it, or the stand-in.
import { randomUUID } from 'node:crypto';
import { binaryEvent, type BinaryEventType, EventStoreDBClient, type EventData, type ResolvedEvent } from '@eventstore/db-client';
import { KurrentServer, type KurrentServerOptions } from './kurrent-server.ts';

export const REAL_URL = process.env['KURRENTDB_URL'];

export interface Connected {
  readonly client: EventStoreDBClient;
  readonly close: () => Promise<void>;
}

/** Says on standard output which server it is. */
export const connected = async (options: KurrentServerOptions = {}): Promise<Connected> => {
  process.stdout.write(REAL_URL === undefined ? 'KurrentDB: the STAND-IN\n' : `KurrentDB: the REAL server at ${REAL_URL}\n`);
  const server = REAL_URL === undefined ? await KurrentServer.start(options) : undefined;
  const client = EventStoreDBClient.connectionString(server?.url ?? REAL_URL ?? '');
  const close = async (): Promise<void> => {
    await client.dispose();
    await server?.stop();
  };
  return { client, close };
};

/** One that no other spec, nor an earlier run, has used. */
export const freshStream = (): string => `spec-${randomUUID()}`;

export const anEvent = (text = 'said', id = randomUUID()): EventData<BinaryEventType> =>
  binaryEvent({ id, type: 'word-said', data: new Uint8Array(Buffer.from(text)), metadata: new Uint8Array(Buffer.from('{"by":"spec"}')) });

/** Text of what was read. */
export const wordsOf = async (read: AsyncIterable<ResolvedEvent>): Promise<readonly string[]> => {
  const words: string[] = [];
  for await (const { event } of read) words.push(Buffer.from(event?.data as Uint8Array).toString('utf8'));
  return words;
};
