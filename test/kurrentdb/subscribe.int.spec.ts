// Following a stream through KurrentDB's own client.
import { once } from 'node:events';
import { END, START, type StreamSubscription } from '@eventstore/db-client';
import { anEvent, type Connected, connected, freshStream, REAL_URL } from './server-under-test.ts';

const versions = REAL_URL === undefined ? (['24.10.0', '20.10.2'] as const) : (['24.10.0'] as const);

/** Everything a subscription tells, in order; `next` resolves when there are so many. */
const heard = (subscription: StreamSubscription): { readonly next: (count: number) => Promise<readonly string[]> } => {
  const told: string[] = [];
  const watchers = new Set<() => void>();
  const tell = (what: string): void => {
    told.push(what);
    for (const look of watchers) look();
  };
  subscription.on('confirmation', () => tell('confirmed'));
  subscription.on('caughtUp', () => tell('caught up'));
  subscription.on('error', (error) => tell(`failed: ${(error as { readonly type?: string }).type}`));
  subscription.on('data', ({ event }) => tell(`${event?.revision}`));
  const next = async (count: number): Promise<readonly string[]> => {
    while (told.length < count) await new Promise<void>((resolve) => watchers.add(resolve));
    return told;
  };
  return { next };
};

describe.each(versions)('following a stream of KurrentDB %s', (version) => {
  let server: Connected;
  beforeAll(async () => (server = await connected({ version })));
  afterAll(() => server.close());
  const caughtUp = version === '24.10.0' ? ['caught up'] : [];

  it('gives what is there, then what comes', async () => {
    const stream = freshStream();
    await server.client.appendToStream(stream, [anEvent(), anEvent()]);
    const subscription = server.client.subscribeToStream(stream, { fromRevision: START });
    const { next } = heard(subscription);
    await next(3 + caughtUp.length);
    await server.client.appendToStream(stream, anEvent());
    expect(await next(4 + caughtUp.length)).toEqual(['confirmed', '0', '1', ...caughtUp, '2']);
    await subscription.unsubscribe();
  });

  it('starts after the revision it is given', async () => {
    const stream = freshStream();
    await server.client.appendToStream(stream, [anEvent(), anEvent(), anEvent()]);
    const subscription = server.client.subscribeToStream(stream, { fromRevision: 1n });
    expect(await heard(subscription).next(2 + caughtUp.length)).toEqual(['confirmed', '2', ...caughtUp]);
    await subscription.unsubscribe();
  });

  it('leaves out what comes at or before the revision it is given', async () => {
    const stream = freshStream();
    await server.client.appendToStream(stream, anEvent());
    const subscription = server.client.subscribeToStream(stream, { fromRevision: 2n });
    const { next } = heard(subscription);
    await next(1 + caughtUp.length);
    for (let n = 1; n <= 3; n++) await server.client.appendToStream(stream, anEvent());
    expect(await next(2 + caughtUp.length)).toEqual(['confirmed', ...caughtUp, '3']);
    await subscription.unsubscribe();
  });

  it('waits for a stream that is not there yet, and for the end of one', async () => {
    const [absent, there] = [freshStream(), freshStream()];
    await server.client.appendToStream(there, anEvent());
    const both = [server.client.subscribeToStream(absent), server.client.subscribeToStream(there, { fromRevision: END })];
    const told = both.map(heard);
    await Promise.all(told.map(({ next }) => next(1 + caughtUp.length)));
    for (const stream of [absent, there]) await server.client.appendToStream(stream, anEvent());
    expect(await told[0]?.next(2 + caughtUp.length)).toEqual(['confirmed', ...caughtUp, '0']);
    expect(await told[1]?.next(2 + caughtUp.length)).toEqual(['confirmed', ...caughtUp, '1']);
    for (const subscription of both) await subscription.unsubscribe();
  });

  it('gives the whole log from a position on', async () => {
    const stream = freshStream();
    const { position } = await server.client.appendToStream(stream, anEvent());
    const subscription = server.client.subscribeToAll({ fromPosition: position ?? START });
    await server.client.appendToStream(stream, [anEvent(), anEvent()]);
    const seen: (bigint | undefined)[] = [];
    for await (const { event } of subscription) {
      if (event?.streamId === stream) seen.push(event.revision);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual([1n, 2n]);
  });

  it('fails where the stream is deleted for good, before and while it is followed', async () => {
    const stream = freshStream();
    await server.client.appendToStream(stream, anEvent());
    const following = heard(server.client.subscribeToStream(stream));
    await following.next(2 + caughtUp.length);
    await server.client.tombstoneStream(stream);
    expect(await following.next(4 + caughtUp.length)).toEqual([
      'confirmed',
      '0',
      ...caughtUp,
      '9223372036854775807',
      'failed: stream-deleted',
    ]);
    expect((await heard(server.client.subscribeToStream(stream)).next(2)).at(-1)).toBe('failed: stream-deleted');
  });

  it('holds back a reader that is slow, and loses nothing', async () => {
    const stream = freshStream();
    const events = 3000;
    for (let n = 0; n < events; n += 100) {
      await server.client.appendToStream(
        stream,
        Array.from({ length: 100 }, () => anEvent('x'.repeat(1000))),
      );
    }
    const subscription = server.client.subscribeToStream(stream, {}, { highWaterMark: 1 });
    await once(subscription, 'readable');
    await server.client.appendToStream(stream, anEvent('last'));
    let due = 0n;
    for await (const { event } of subscription) {
      expect(event?.revision).toBe(due++);
      if (due > BigInt(events)) break;
    }
    expect(due).toBe(BigInt(events + 1));
  });
});
