import fc from 'fast-check';
import { addSpan, spanAfter } from './block.ts';
import { LogIndex, UNKNOWN_STREAM } from './log-index.ts';

interface Step {
  readonly stream: string;
  /** How many events to take back before this one is added. */
  readonly back: number;
}

/** Few words, so that ids share slots of the table. */
const idFor = (n: number): Uint32Array => Uint32Array.of(n % 7, n, 0, n % 3);
const add = (index: LogIndex, n: number, stream: string): void => {
  const number = index.numberOf(stream);
  if (!index.claim(idFor(n))) throw new Error(`The id of ${n} is taken.`);
  index.add(number === UNKNOWN_STREAM ? index.enter(stream) : number);
};

/** What the index must say: the events in order, as [id, stream]. */
type Model = [number, string][];

const STREAMS = ['a', 'b', 'c', 'd'];

const saidBy = (index: LogIndex, ids: number) => ({
  position: index.position,
  found: Array.from({ length: ids }, (_, id) => index.find(idFor(id))),
  streams: STREAMS.map((stream) => {
    const number = index.numberOf(stream);
    const revision = index.revisionOf(number);
    const positions = index.positions(number, 0, revision);
    return {
      revision,
      positions,
      some: index.positions(number, 1, 2),
      own: positions.every((position) => index.streamAt(position) === number),
    };
  }),
});
const saidByModel = (model: Model, ids: number): ReturnType<typeof saidBy> => ({
  position: model.length,
  found: Array.from({ length: ids }, (_, id) => model.findIndex(([stored]) => stored === id) + 1),
  streams: STREAMS.map((stream) => {
    const positions = model.flatMap(([, name], at) => (name === stream ? [at + 1] : []));
    return { revision: positions.length - 1, positions, some: positions.slice(1, 3), own: true };
  }),
});
const expectLike = (index: LogIndex, model: Model, ids: number): void => expect(saidBy(index, ids)).toEqual(saidByModel(model, ids));

const anySteps = fc.array(
  fc.record<Step>({ stream: fc.constantFrom('a', 'b', 'c', 'd'), back: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(30)) }),
  {
    maxLength: 120,
  },
);

describe('the index of a log', () => {
  it('says what the log holds, however often its end was taken back', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const index = new LogIndex();
        const model: Model = [];
        for (const [n, { stream, back }] of steps.entries()) {
          model.splice(Math.max(0, model.length - back));
          index.truncate(model.length);
          add(index, n, stream);
          model.push([n, stream]);
        }
        expectLike(index, model, steps.length);
      }),
    );
  });

  it('is the same when it is made from the directory, in spans of any size', () => {
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 1, max: 40 }), (steps, size) => {
        const [index, copy] = [new LogIndex(), new LogIndex()];
        for (const [n, { stream }] of steps.entries()) {
          add(index, n, stream);
          if (index.position % size === 0) addSpan(copy, spanAfter(copy.position, index));
        }
        if (copy.position < index.position) addSpan(copy, spanAfter(copy.position, index));
        const model = steps.map(({ stream }, n): [number, string] => [n, stream]);
        expectLike(copy, model, steps.length);
      }),
    );
  });

  it('keeps ids apart when there are very many, and forgets those taken back', () => {
    const index = new LogIndex();
    const count = 60_000;
    for (let n = 0; n < count; n++) add(index, n, `stream-${n % 500}`);
    index.truncate(count / 2);
    const wrong = Array.from({ length: count }, (_, n) => n).filter((n) => index.find(idFor(n)) !== (n < count / 2 ? n + 1 : 0));
    expect(wrong).toEqual([]);
    for (let n = count / 2; n < count; n++) add(index, n, 'other');
    expect(index.revisionOf(index.numberOf('other'))).toBe(count / 2 - 1);
    expect(index.find(idFor(count - 1))).toBe(count);
  });

  it('gives an id to one event, and takes back what was claimed for none', () => {
    const index = new LogIndex();
    add(index, 1, 'a');
    expect([index.claim(idFor(1)), index.claim(idFor(2)), index.claim(idFor(3)), index.claim(idFor(2))]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    index.release();
    expect([index.find(idFor(1)), index.find(idFor(2)), index.find(idFor(3))]).toEqual([1, 0, 0]);
    add(index, 3, 'a');
    expect(index.find(idFor(3))).toBe(2);
    index.claim(idFor(4));
    index.truncate(1);
    expect([index.position, index.find(idFor(3)), index.find(idFor(4))]).toEqual([1, 0, 0]);
  });

  it('refuses a span that was altered, and one that does not follow', () => {
    const index = new LogIndex();
    for (let n = 0; n < 10; n++) add(index, n, 'a');
    const span = spanAfter(0, index);
    const altered = { ...span, entries: Uint8Array.from(span.entries, (byte, at) => (at === 5 ? byte ^ 1 : byte)) };
    expect(() => addSpan(new LogIndex(), altered)).toThrow(RangeError);
    expect(() => addSpan(new LogIndex(), { ...span, names: '["b"]' })).toThrow(RangeError);
    expect(() => addSpan(new LogIndex(), spanAfter(5, index))).toThrow(RangeError);
    const copy = new LogIndex();
    addSpan(copy, span);
    expect(() => addSpan(copy, span)).toThrow(RangeError);
  });
});
