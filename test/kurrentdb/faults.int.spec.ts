// What a client sees of each fault of the stand-in. No real server does these on demand.
import { once } from 'node:events';
import { type AppendResult, EventStoreDBClient, NO_STREAM, START } from '@eventstore/db-client';
import { KurrentServer } from './kurrent-server.ts';
import { anEvent, freshStream, wordsOf } from './server-under-test.ts';

describe.each(['24.10.0', '20.10.2'] as const)('faults of a stand-in for KurrentDB %s', (version) => {
  let server: KurrentServer;
  let client: EventStoreDBClient;
  let stream: string;

  beforeEach(async () => {
    server = await KurrentServer.start({ version });
    client = EventStoreDBClient.connectionString(server.url);
    stream = freshStream();
    await append('a');
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const append = (...words: readonly string[]): Promise<AppendResult> =>
    client.appendToStream(
      stream,
      words.map((word) => anEvent(word)),
    );
  const words = (): Promise<readonly string[]> => wordsOf(client.readStream(stream));
  const followed = async (): Promise<{ readonly failed: Promise<unknown> }> => {
    const subscription = client.subscribeToStream(stream, { fromRevision: START });
    await once(subscription, 'data');
    return { failed: once(subscription, 'error') };
  };

  it('none: a client that discovers the cluster finds a leader', async () => {
    const discovering = EventStoreDBClient.connectionString(server.url.replace('esdb:', 'esdb+discover:'));
    expect(await wordsOf(discovering.readStream(stream))).toEqual(['a']);
    await discovering.dispose();
  });

  it('a greatest append of its own: it is refused above that', async () => {
    const small = await KurrentServer.start({ version, maxAppendSize: 100 });
    const writer = EventStoreDBClient.connectionString(small.url);
    const refused = { type: 'maximum-append-size-exceeded', maxAppendSize: 100 };
    await expect(writer.appendToStream(stream, anEvent('x'.repeat(90)))).rejects.toMatchObject(refused);
    await writer.appendToStream(stream, anEvent('small'));
    expect(await wordsOf(writer.readStream(stream))).toEqual(['small']);
    await writer.dispose();
    await small.stop();
  });

  it('connections dropped: subscriptions fail, and the client connects anew', async () => {
    const { failed } = await followed();
    server.faults.dropConnections();
    expect(await failed).toMatchObject([{ type: 'unavailable' }]);
    await append('b');
    expect(await words()).toEqual(['a', 'b']);
  });

  it('node down: nothing is taken until it is up, and what it held is there', async () => {
    const { failed } = await followed();
    await server.faults.takeDown();
    await failed;
    // Where it cannot even ask what the server knows, the client gives gRPC's own error (14: unavailable).
    await expect(append('b')).rejects.toMatchObject({ code: 14 });
    await server.faults.bringUp();
    await append('c');
    expect(await words()).toEqual(['a', 'c']);
  });

  it.each([
    { stored: 'after-storing', left: ['a', 'b'] },
    { stored: 'before-storing', left: ['a'] },
  ] as const)('answer lost $stored: the caller does not learn which', async ({ stored, left }) => {
    server.faults.loseNextAnswer(stored);
    await expect(append('b')).rejects.toMatchObject({ type: 'unavailable' });
    expect(await words()).toEqual(left);
    server.faults.loseNextAnswer(stored, 'timing-out');
    const type = version === '20.10.2' ? 'timeout' : 'deadline-exceeded';
    await expect(append('b')).rejects.toMatchObject({ type });
    expect(await words()).toHaveLength(2 * left.length - 1);
  });

  it('answer lost: the same append once more is stored once', async () => {
    const event = anEvent('b');
    server.faults.loseNextAnswer('after-storing');
    await expect(client.appendToStream(stream, event, { expectedRevision: 0n })).rejects.toMatchObject({ type: 'unavailable' });
    await expect(client.appendToStream(stream, event, { expectedRevision: 0n })).resolves.toMatchObject({ nextExpectedRevision: 1n });
    expect(await words()).toEqual(['a', 'b']);
  });

  it('no leader: named as the error says, as often as ordered', async () => {
    server.faults.refuseAppends('not-leader', 2);
    for (const word of ['b', 'c']) {
      await expect(append(word)).rejects.toMatchObject({ type: 'not-leader', leader: { address: '127.0.0.1', port: server.port } });
    }
    await append('d');
    expect(await words()).toEqual(['a', 'd']);
  });

  it.each([
    { reason: 'access-denied', told: { type: 'access-denied' } },
    // The answer to one append of a batch has no form for it that the client knows.
    {
      reason: 'not-ready',
      told: version === '20.10.2' ? { type: 'unavailable' } : { type: 'unknown', message: 'Could not recognize Server Is Not Ready' },
    },
  ] as const)('refused as $reason: nothing is stored', async ({ reason, told }) => {
    server.faults.refuseAppends(reason);
    await expect(append('b')).rejects.toMatchObject(told);
    await append('c');
    expect(await words()).toEqual(['a', 'c']);
  });

  it('appends delayed: each takes so much longer', async () => {
    server.faults.delayAppends(200);
    const before = performance.now();
    await Promise.all([append('b'), append('c')]);
    expect(performance.now() - before).toBeGreaterThanOrEqual(190);
    server.faults.delayAppends(0);
    expect((await words()).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('appends held: none is stored before they are released, and then in their order', async () => {
    const release = server.faults.holdAppends();
    const first = append('b');
    await server.faults.held(1);
    const second = append('c');
    await server.faults.held(2);
    expect(await words()).toEqual(['a']);
    release();
    expect((await Promise.all([first, second])).map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual([1n, 2n]);
    expect(await words()).toEqual(['a', 'b', 'c']);
  });

  it('appends held whose caller is gone are not stored', async () => {
    const release = server.faults.holdAppends();
    const lost = expect(append('b')).rejects.toMatchObject({ type: 'unavailable' });
    await server.faults.held(1);
    server.faults.dropConnections();
    await lost;
    release();
    await append('c');
    expect(await words()).toEqual(['a', 'c']);
  });

  it('disk full: the node ends, as KurrentDB does, until there is room', async () => {
    const { failed } = await followed();
    server.faults.fillDisk();
    await expect(append('b')).rejects.toMatchObject({ type: 'unavailable' });
    await failed;
    await expect(words()).rejects.toMatchObject({ type: 'unavailable' });
    await server.faults.freeDisk();
    await append('c');
    expect(await words()).toEqual(['a', 'c']);
  });

  it('node restarted: ids are forgotten, so that an append of any revision comes twice', async () => {
    const events = [anEvent('b'), anEvent('c')];
    const guarded = anEvent('guarded');
    await client.appendToStream('other', guarded, { expectedRevision: NO_STREAM });
    await client.appendToStream(stream, events);
    await client.appendToStream(stream, events);
    await server.faults.takeDown();
    await server.faults.bringUp();
    await client.appendToStream(stream, events).catch(() => client.appendToStream(stream, events));
    expect(await words()).toEqual(['a', 'b', 'c', 'b', 'c']);
    await client.appendToStream('other', guarded, { expectedRevision: NO_STREAM });
    expect(await wordsOf(client.readStream('other'))).toEqual(['guarded']);
  });

  describe('hands laid on a stream', () => {
    beforeEach(() => append('b', 'c', 'd'));

    /** The first read may find out that its connection is broken. */
    const patiently = <Result>(read: () => Promise<Result>): Promise<Result> => read().catch(read);
    const revisions = (): Promise<readonly string[]> =>
      patiently(async () => {
        const places: string[] = [];
        for await (const { event } of client.readStream(stream)) {
          places.push(`${event?.revision} ${Buffer.from(event?.data as Uint8Array).toString()}`);
        }
        return places;
      });
    const positions = (): Promise<readonly bigint[]> =>
      patiently(async () => {
        const places: bigint[] = [];
        for await (const { event } of client.readAll()) places.push(event?.position?.commit ?? -1n);
        return places;
      });

    it('restored older: it ends sooner, and goes on from there', async () => {
      const { failed } = await followed();
      server.faults.truncate(stream, 2);
      await failed;
      expect(await revisions()).toEqual(['0 a', '1 b']);
      expect(await append('e')).toMatchObject({ nextExpectedRevision: 2n });
      expect(await revisions()).toEqual(['0 a', '1 b', '2 e']);
    });

    it('an event removed: its revision is missing', async () => {
      server.faults.remove(stream, 1);
      expect(await revisions()).toEqual(['0 a', '2 c', '3 d']);
    });

    it('an event changed: it says something else where it stood', async () => {
      server.faults.change(stream, 1, { data: Buffer.from('B') });
      expect(await revisions()).toEqual(['0 a', '1 B', '2 c', '3 d']);
    });

    it('a foreign event inserted: those after it are one further', async () => {
      server.faults.insert(stream, 2, anEventOfNobody);
      expect(await revisions()).toEqual(['0 a', '1 b', '2 foreign', '3 c', '4 d']);
      const places = await positions();
      expect(new Set(places).size).toBe(places.length);
      expect(places).toEqual(places.toSorted((one, other) => Number(one - other)));
    });

    it('fails where no such event is', () => {
      expect(() => server.faults.change(stream, 9, {})).toThrow('no event at 9');
    });
  });
});

const anEventOfNobody = { type: 'word-said', json: false, data: Buffer.from('foreign'), metadata: new Uint8Array() };
