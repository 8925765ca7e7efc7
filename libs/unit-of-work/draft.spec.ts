import { Draft, type PlainEvent } from './draft.ts';
import { type CachedFrom, NO_STREAM, StreamCache } from './stream-cache.ts';

const cacheOf = (held: Readonly<Record<string, number>>): StreamCache<string> => {
  const cache = new StreamCache<string>({} as CachedFrom, 10, { initial: () => '', evolve: (state) => state });
  for (const [stream, revision] of Object.entries(held)) cache.put(stream, { state: 'held', revision });
  return cache;
};
const event: PlainEvent = { id: '0', type: 't', meta: { actor: 'a', correlation: 'c', schema: 1 }, content: { json: {} } };

describe('a draft', () => {
  it('appends on what it looked at, and makes conditions of what it only looked at', () => {
    const cache = cacheOf({ changed: 4, seen: 7, absent: NO_STREAM });
    const draft = new Draft();
    for (const stream of ['changed', 'seen', 'absent']) draft.require(cache, stream);
    draft.add(cache, 'changed', event, () => 'next');
    expect(draft.writes()).toEqual([
      { stream: 'changed', expected: 4, events: [event] },
      { stream: 'seen', expected: 7, events: [] },
      { stream: 'absent', expected: 'no-stream', events: [] },
    ]);
  });

  it('withdrawn, lets nothing stand that it rested on: who looks next reads the store', () => {
    const cache = cacheOf({ changed: 4, seen: 7, other: 1 });
    const draft = new Draft();
    draft.require(cache, 'seen');
    draft.add(cache, 'changed', event, () => 'next');
    draft.publish();
    expect(cache.peek('changed')).toEqual({ state: 'next', revision: 5 });
    draft.withdraw();
    expect(['changed', 'seen', 'other'].map((stream) => cache.peek(stream)?.revision)).toEqual([undefined, undefined, 1]);
  });

  it('makes a condition of a register that it looked at, and brings that up to date before it is judged anew', async () => {
    const draft = new Draft();
    let renewed = 0;
    const renew = async (): Promise<void> => void (renewed += 1);
    draft.requireSeen({ stream: 'register', revision: 3, renew });
    draft.requireSeen({ stream: 'empty', revision: NO_STREAM, renew });
    expect(draft.isEmpty).toBe(true);
    expect(draft.writes()).toEqual([
      { stream: 'register', expected: 3, events: [] },
      { stream: 'empty', expected: 'no-stream', events: [] },
    ]);
    await draft.renew();
    expect(renewed).toBe(2);
  });

  it('goes back to a checkpoint: what was added since is as if it had never been', () => {
    const cache = cacheOf({ changed: 4, late: 1 });
    const draft = new Draft();
    draft.add(cache, 'changed', event, () => 'first');
    const goBack = draft.checkpoint();
    draft.add(cache, 'changed', event, () => 'second');
    draft.add(cache, 'late', event, () => 'second');
    goBack();
    expect(draft.get(cache, 'changed')).toEqual({ state: 'first', revision: 5 });
    expect(draft.get(cache, 'late')).toEqual({ state: 'held', revision: 1 });
    expect(draft.writes()).toEqual([{ stream: 'changed', expected: 4, events: [event] }]);
    expect(draft.add(cache, 'changed', event, () => 'third')).toBe(6);
  });

  it('tells where its own events will be, and nothing of what it goes back from', () => {
    const cache = cacheOf({ changed: 4, other: 0, absent: NO_STREAM });
    const draft = new Draft();
    draft.add(cache, 'changed', { ...event, id: '1' }, () => 'first');
    const goBack = draft.checkpoint();
    draft.add(cache, 'changed', { ...event, id: '2' }, () => 'second');
    draft.add(cache, 'absent', { ...event, id: '3' }, () => 'second');
    expect(['1', '2', '3'].map((id) => draft.revisionOf('changed', id))).toEqual([5, 6, undefined]);
    expect([draft.revisionOf('absent', '3'), draft.revisionOf('other', '1')]).toEqual([0, undefined]);
    goBack();
    expect(['1', '2'].map((id) => draft.revisionOf('changed', id))).toEqual([5, undefined]);
  });

  it('tells what it was judged without: that looks as if it were empty, and the draft counts for nothing', () => {
    const cache = cacheOf({ held: 4 });
    const draft = new Draft();
    expect([draft.get(cache, 'held'), draft.isComplete]).toEqual([{ state: 'held', revision: 4 }, true]);
    expect(draft.missingIn(cache, 'held')).toEqual([]);
    expect(draft.get(cache, 'elsewhere')).toEqual({ state: '', revision: NO_STREAM });
    draft.get(cache, 'elsewhere');
    expect([draft.isComplete, draft.missing]).toEqual([false, [{ from: cache, name: 'elsewhere' }]]);
    expect(draft.missingIn(cache, 'elsewhere')).toEqual([{ from: cache, name: 'elsewhere' }]);
  });

  it('begins a stream that nobody else can know: it is missing no more, appended to where it has events, and known to those after', () => {
    const cache = cacheOf({});
    const draft = new Draft();
    for (const stream of ['new', 'idle']) draft.begin(cache, stream);
    expect([draft.isEmpty, draft.isComplete, draft.missingIn(cache, 'new')]).toEqual([true, true, []]);
    draft.add(cache, 'new', event, () => 'first');
    expect(draft.writes()).toEqual([{ stream: 'new', expected: 'no-stream', events: [event] }]);
    draft.publish();
    expect(['new', 'idle'].map((stream) => cache.peek(stream)?.revision)).toEqual([0, NO_STREAM]);
    draft.withdraw();
    expect(['new', 'idle'].map((stream) => cache.peek(stream))).toEqual([undefined, undefined]);
  });
});
