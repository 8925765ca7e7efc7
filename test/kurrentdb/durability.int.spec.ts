// The stand-in as a process: what it acknowledged is there after kill -9, whole and once.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient } from '@eventstore/db-client';
import { KurrentServer } from './kurrent-server.ts';
import { anEvent, freshStream, wordsOf } from './server-under-test.ts';

const used = fileURLToPath(new URL('./used-once.ts', import.meta.url));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const KILLS = 4;
const AT_ONCE = 20;

describe('a stand-in for KurrentDB that keeps its streams', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'kurrent-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const started = async (): Promise<{ readonly process: ChildProcess; readonly client: EventStoreDBClient }> => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, directory], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    return { process: child, client: EventStoreDBClient.connectionString(url.trim()) };
  };

  it(`holds after each of ${KILLS} kills what it acknowledged, each append whole`, async () => {
    const stream = freshStream();
    const acknowledged: string[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      const { process: node, client } = await started();
      const closed = once(node, 'close');
      const lanes = Array.from({ length: AT_ONCE }, async (_, lane) => {
        for (let n = 0; ; n++) {
          const word = `${kill}.${lane}.${n}`;
          await client.appendToStream(stream, [anEvent(word), anEvent(word)]);
          acknowledged.push(word);
          if (acknowledged.length === kill * 100) node.kill('SIGKILL');
        }
      });
      await Promise.allSettled(lanes);
      expect((await closed)[1]).toBe('SIGKILL');
      await client.dispose();
    }
    const { process: node, client } = await started();
    const words = await wordsOf(client.readStream(stream));
    const firsts = words.filter((_, n) => n % 2 === 0);
    expect(firsts).toEqual(words.filter((_, n) => n % 2 === 1));
    expect(new Set(firsts).size).toBe(firsts.length);
    expect(acknowledged.filter((word) => !firsts.includes(word))).toEqual([]);
    await client.dispose();
    node.kill('SIGKILL');
    await once(node, 'close');
  }, 60_000);

  it('comes up again with its streams, positions, metadata and tombstones', async () => {
    const [kept, cut, gone] = [freshStream(), freshStream(), freshStream()];
    const seen = async (work: (client: EventStoreDBClient, server: KurrentServer) => Promise<unknown>): Promise<unknown> => {
      const server = await KurrentServer.start({ directory });
      const client = EventStoreDBClient.connectionString(server.url);
      const result = await work(client, server);
      await client.dispose();
      await server.stop();
      return result;
    };
    const read = async (client: EventStoreDBClient): Promise<unknown> => {
      const events: unknown[] = [];
      for await (const { event } of client.readAll()) events.push(event);
      const deleted = await wordsOf(client.readStream(gone)).catch((error: { type: string }) => error.type);
      return { events, words: await wordsOf(client.readStream(cut)), deleted };
    };
    const before = await seen(async (client) => {
      await client.appendToStream(kept, [anEvent('a'), anEvent('b')]);
      await client.appendToStream(cut, [anEvent('c'), anEvent('d')]);
      await client.setStreamMetadata(cut, { truncateBefore: 1 });
      await client.appendToStream(gone, anEvent('e'));
      await client.tombstoneStream(gone);
      return read(client);
    });
    expect(before).toMatchObject({ words: ['d'], deleted: 'stream-deleted' });
    expect(await seen(read)).toEqual(before);
    await seen(async (_, server) => server.faults.truncate(kept, 1));
    const words = await seen((client) => wordsOf(client.readStream(kept)));
    expect(words).toEqual(['a']);
  });

  it('drops what a crash left of an append', async () => {
    const stream = freshStream();
    const first = await KurrentServer.start({ directory });
    const writer = EventStoreDBClient.connectionString(first.url);
    await writer.appendToStream(stream, anEvent('whole'));
    await writer.dispose();
    await first.stop();
    appendFileSync(join(directory, 'appends.jsonl'), '[{"stream":"torn","revi');
    const second = await KurrentServer.start({ directory });
    const client = EventStoreDBClient.connectionString(second.url);
    await client.appendToStream(stream, anEvent('after'));
    expect(await wordsOf(client.readStream(stream))).toEqual(['whole', 'after']);
    await client.dispose();
    await second.stop();
  });
});

it('leaves nothing open once it is stopped, though a client followed it', async () => {
  const flags = ['--disable-warning=ExperimentalWarning', used];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, flags, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 15_000 });
  expect(await once(child, 'close')).toEqual([0, null]);
});
