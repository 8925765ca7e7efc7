// What KurrentDB does with appends that come again, and with what a stream's metadata hides or deletes.
import { randomUUID } from 'node:crypto';
import {
  ANY,
  type AppendExpectedRevision,
  type AppendResult,
  BACKWARDS,
  type BinaryEventType,
  END,
  type EventData,
  NO_STREAM,
  STREAM_EXISTS,
} from '@eventstore/db-client';
import { anEvent, type Connected, connected, freshStream, wordsOf } from './server-under-test.ts';

type Events = readonly EventData<BinaryEventType>[];

describe('the rules of KurrentDB', () => {
  let server: Connected;
  let stream: string;
  beforeAll(async () => (server = await connected()));
  beforeEach(() => (stream = freshStream()));
  afterAll(() => server.close());

  const append = (events: Events, expectedRevision: AppendExpectedRevision = ANY): Promise<AppendResult> =>
    server.client.appendToStream(stream, [...events], { expectedRevision });
  const words = (): Promise<readonly string[]> => wordsOf(server.client.readStream(stream));
  const wrongVersion = { type: 'wrong-expected-version' };

  describe('an append that comes again', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((word) => anEvent(word)) as [Events[0], Events[0], Events[0]];
    /** Ids are of the stream they were appended to. */
    const anew = (...events: readonly Events[0][]): Events => events.map((event) => ({ ...event, id: randomUUID() }));

    it.each([{ expectedRevision: NO_STREAM }, { expectedRevision: ANY }, { expectedRevision: STREAM_EXISTS }] as const)(
      'expecting $expectedRevision succeeds, gives the place it has, and stores nothing',
      async ({ expectedRevision }) => {
        const events = anew(a, b);
        const first = await append(events, NO_STREAM);
        await append(anew(c));
        const again = await append(events, expectedRevision);
        expect(again).toEqual(first);
        expect(await words()).toEqual(['a', 'b', 'c']);
      },
    );

    it('expecting the revision it expected succeeds, gives the place it has, and stores nothing', async () => {
      await append(anew(a));
      const events = anew(b, c);
      const first = await append(events, 0n);
      await append(anew(a), 2n);
      expect(await append(events, 0n)).toEqual(first);
      expect(await words()).toEqual(['a', 'b', 'c', 'a']);
    });

    it('in part is refused: the part stored is not what was asked', async () => {
      const [x, y, z] = anew(a, b, c) as [Events[0], Events[0], Events[0]];
      await append([x, y], NO_STREAM);
      await expect(append([x, y, z], NO_STREAM)).rejects.toMatchObject({ ...wrongVersion, actualVersion: 1n });
      await expect(append([x, z])).rejects.toMatchObject({ ...wrongVersion, actualVersion: 1n });
      expect(await append([x], NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 0n });
      expect(await words()).toEqual(['a', 'b']);
    });

    it('in another order, or at another revision, is refused', async () => {
      const [x, y] = anew(a, b) as [Events[0], Events[0]];
      await append([x, y], NO_STREAM);
      await expect(append([y, x], NO_STREAM)).rejects.toMatchObject(wrongVersion);
      await expect(append([x, y], 0n)).rejects.toMatchObject(wrongVersion);
    });

    it('to the revision the stream has by now is stored once more: ids bind only where they are looked for', async () => {
      const events = anew(a);
      await append(events, NO_STREAM);
      await append(events, 0n);
      expect(await words()).toEqual(['a', 'a']);
    });

    it('looks at ids alone: with other content it counts as the same', async () => {
      const id = randomUUID();
      await append([anEvent('said', id)], NO_STREAM);
      await expect(append([anEvent('denied', id)], NO_STREAM)).resolves.toMatchObject({ success: true });
      expect(await words()).toEqual(['said']);
    });
  });

  it('takes an append of no events as a mere question of the revision', async () => {
    await append([anEvent('a')]);
    await expect(append([], 0n)).resolves.toMatchObject({ success: true });
    await expect(append([], 1n)).rejects.toMatchObject(wrongVersion);
    expect(await words()).toEqual(['a']);
  });

  describe('what metadata says', () => {
    beforeEach(() => append(['a', 'b', 'c', 'd'].map((word) => anEvent(word))));

    it('is read as it was set', async () => {
      await server.client.setStreamMetadata(stream, { maxCount: 3, truncateBefore: 2, own: 'word' });
      expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3, truncateBefore: 2, own: 'word' });
    });

    it.each([
      { metadata: { maxCount: 1 }, left: ['d'] },
      { metadata: { truncateBefore: 2 }, left: ['c', 'd'] },
      { metadata: { maxCount: 3, truncateBefore: 2 }, left: ['c', 'd'] },
      { metadata: { truncateBefore: 9 }, left: [] },
    ])('$metadata hides what is older, either way', async ({ metadata, left }) => {
      await server.client.setStreamMetadata(stream, metadata);
      expect(await words()).toEqual(left);
      const backwards = await wordsOf(server.client.readStream(stream, { direction: BACKWARDS, fromRevision: END }));
      expect(backwards.toReversed()).toEqual(left);
      await expect(append([anEvent()], 3n)).resolves.toMatchObject({ nextExpectedRevision: 4n });
    });
  });

  describe('a stream deleted', () => {
    beforeEach(() => append([anEvent('a'), anEvent('b')]));

    it('softly is not found, and goes on from where it was', async () => {
      await server.client.deleteStream(stream, { expectedRevision: 1n });
      await expect(words()).rejects.toMatchObject({ type: 'stream-not-found' });
      await expect(append([anEvent('c')], NO_STREAM)).resolves.toMatchObject({ nextExpectedRevision: 2n });
      expect(await words()).toEqual(['c']);
    });

    it('for good is found no more, and takes nothing', async () => {
      await server.client.tombstoneStream(stream);
      const deleted = { type: 'stream-deleted', streamName: stream };
      await expect(words()).rejects.toMatchObject(deleted);
      await expect(append([anEvent()])).rejects.toMatchObject(deleted);
      await expect(append([anEvent()], NO_STREAM)).rejects.toMatchObject(deleted);
    });

    it('is not deleted at another revision than expected', async () => {
      const refused = { ...wrongVersion, streamName: stream };
      await expect(server.client.deleteStream(stream, { expectedRevision: 0n })).rejects.toMatchObject(refused);
      await expect(server.client.tombstoneStream(stream, { expectedRevision: 5n })).rejects.toMatchObject(refused);
      expect(await words()).toEqual(['a', 'b']);
    });
  });
});
