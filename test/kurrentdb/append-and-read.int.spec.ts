// Appending and reading through KurrentDB's own client, with the server of today and with one from before batch appends.
import { randomUUID } from 'node:crypto';
import { BACKWARDS, binaryEvent, END, jsonEvent, NO_STREAM, START, STREAM_EXISTS } from '@eventstore/db-client';
import { anEvent, type Connected, connected, freshStream, REAL_URL, wordsOf } from './server-under-test.ts';

const versions = REAL_URL === undefined ? (['24.10.0', '20.10.2'] as const) : (['24.10.0'] as const);

describe.each(versions)('appending to KurrentDB %s and reading', (version) => {
  let server: Connected;
  beforeAll(async () => (server = await connected({ version })));
  afterAll(() => server.close());

  /** A stream that holds these words. */
  const streamOf = async (...words: readonly string[]): Promise<string> => {
    const stream = freshStream();
    await server.client.appendToStream(
      stream,
      words.map((word) => anEvent(word)),
    );
    return stream;
  };

  it('numbers the events of a stream, and places them in the log of all', async () => {
    const stream = freshStream();
    const first = await server.client.appendToStream(stream, [anEvent(), anEvent()], { expectedRevision: NO_STREAM });
    const second = await server.client.appendToStream(stream, anEvent(), { expectedRevision: 1n });
    expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([1n, 2n]);
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit ?? 0n);
  });

  it('gives back what was appended', async () => {
    const stream = freshStream();
    const id = randomUUID();
    const before = Date.now();
    await server.client.appendToStream(stream, jsonEvent({ id, type: 'told', data: { word: 'ü' }, metadata: { by: 'me' } }));
    for await (const { event } of server.client.readStream(stream)) {
      expect(event).toMatchObject({
        streamId: stream,
        id,
        revision: 0n,
        type: 'told',
        isJson: true,
        data: { word: 'ü' },
        metadata: { by: 'me' },
      });
      expect(Math.abs((event?.created.getTime() ?? 0) - before)).toBeLessThan(60_000);
    }
  });

  it.each([
    { expectedRevision: NO_STREAM, expected: NO_STREAM },
    { expectedRevision: 0n, expected: 0n },
    { expectedRevision: 7n, expected: 7n },
  ] as const)('refuses an append that expects $expected of a stream at 1', async ({ expectedRevision }) => {
    const stream = await streamOf('a', 'b');
    await expect(server.client.appendToStream(stream, anEvent(), { expectedRevision })).rejects.toMatchObject({
      ...{ type: 'wrong-expected-version', streamName: stream },
      ...{ expectedVersion: expectedRevision, actualVersion: 1n },
    });
    expect(await wordsOf(server.client.readStream(stream))).toEqual(['a', 'b']);
  });

  it('refuses an append to a stream that has to exist', async () => {
    await expect(server.client.appendToStream(freshStream(), anEvent(), { expectedRevision: STREAM_EXISTS })).rejects.toMatchObject({
      ...{ type: 'wrong-expected-version', actualVersion: 'no_stream' },
    });
  });

  it('reads either way, from where it is told and no more than that', async () => {
    const stream = await streamOf('a', 'b', 'c', 'd');
    const read = (options: object): Promise<readonly string[]> => wordsOf(server.client.readStream(stream, options));
    expect(await read({ fromRevision: 1n, maxCount: 2 })).toEqual(['b', 'c']);
    expect(await read({ direction: BACKWARDS, fromRevision: END, maxCount: 3 })).toEqual(['d', 'c', 'b']);
    expect(await read({ direction: BACKWARDS, fromRevision: 1n })).toEqual(['b', 'a']);
    expect(await read({ fromRevision: 4n })).toEqual([]);
  });

  it('says that there is no such stream', async () => {
    const stream = freshStream();
    await expect(wordsOf(server.client.readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found', streamName: stream });
  });

  it('reads the log of all either way', async () => {
    const stream = freshStream();
    const { position } = await server.client.appendToStream(stream, anEvent('first'));
    await server.client.appendToStream(stream, [anEvent('second'), anEvent('third')]);
    const fromPosition = position ?? START;
    const after: (string | undefined)[] = [];
    for await (const { event } of server.client.readAll({ fromPosition })) after.push(event?.streamId);
    expect(after.filter((name) => name === stream)).toHaveLength(3);
    const last: (bigint | undefined)[] = [];
    for await (const { event } of server.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 50 })) {
      if (event?.streamId === stream) last.push(event.revision);
    }
    expect(last).toEqual([2n, 1n, 0n]);
  });

  it('finds an event by a link to it, where it is told to', async () => {
    const [stream, links] = [await streamOf('a', 'b'), freshStream()];
    const data = new Uint8Array(Buffer.from(`1@${stream}`));
    await server.client.appendToStream(links, binaryEvent({ type: '$>', data }));
    for await (const { event, link } of server.client.readStream(links, { resolveLinkTos: true })) {
      expect([event?.streamId, event?.revision, link?.streamId, link?.revision]).toEqual([stream, 1n, links, 0n]);
    }
    for await (const { event, link } of server.client.readStream(links)) expect([event?.streamId, link]).toEqual([links, undefined]);
  });

  it('refuses an append that is too big, and takes one that is not', async () => {
    const stream = freshStream();
    const big = (bytes: number): ReturnType<typeof anEvent> => anEvent('x'.repeat(bytes));
    await expect(server.client.appendToStream(stream, [big(700_000), big(400_000)])).rejects.toMatchObject({
      ...{ type: 'maximum-append-size-exceeded', maxAppendSize: 1024 * 1024 },
    });
    await expect(server.client.appendToStream(stream, [big(600_000), big(400_000)])).resolves.toMatchObject({ success: true });
  });

  it.each([
    { how: 'in parts', options: { batchAppendSize: 200 } },
    { how: 'alone, as a client with credentials sends it', options: { credentials: { username: 'admin', password: 'changeit' } } },
  ])('takes an append that comes $how', async ({ options }) => {
    const stream = freshStream();
    const words = Array.from({ length: 20 }, (_, n) => String(n));
    const events = words.map((word) => anEvent(word));
    const expectedRevision = NO_STREAM;
    expect(await server.client.appendToStream(stream, events, { expectedRevision, ...options })).toMatchObject({
      nextExpectedRevision: 19n,
    });
    await expect(server.client.appendToStream(stream, anEvent(), { expectedRevision, ...options })).rejects.toMatchObject({
      ...{ type: 'wrong-expected-version', actualVersion: 19n },
    });
    expect(await wordsOf(server.client.readStream(stream))).toEqual(words);
  });

  it('takes many appends at once, each whole and in the order of the calls', async () => {
    const stream = freshStream();
    await Promise.all(Array.from({ length: 500 }, (_, n) => server.client.appendToStream(stream, [anEvent(`${n}a`), anEvent(`${n}b`)])));
    const words = await wordsOf(server.client.readStream(stream));
    expect(words).toEqual(version.startsWith('20.') ? expect.any(Array) : Array.from({ length: 500 }, (_, n) => [`${n}a`, `${n}b`]).flat());
    expect(words.filter((_, n) => n % 2 === 0).map((word) => word.replace('a', 'b'))).toEqual(words.filter((_, n) => n % 2 === 1));
  });
});
