import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { idOf } from '../contract/log-under-test.ts';
import { writeUuid } from '../record-form.ts';
import { bucketOf, bucketsOf, FAN, hashesOf, KeyFilter, STEP } from './directory-form.ts';
import { DIRECTORY_TABLES, DirectoryTable } from './directory-table.ts';
import { Directory } from './directory.ts';
import { type EventId, LogIndex } from './log-index.ts';

let db: DatabaseSync;
beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec(DIRECTORY_TABLES);
});
afterEach(() => db.close());

const directoryIn = (): Directory => new Directory(new DirectoryTable(db));

const idFor = (n: number): EventId => {
  const words = new Uint32Array(4);
  writeUuid(idOf(n), new Uint8Array(words.buffer), 0);
  return { text: idOf(n), words, at: 0 };
};
const add = (index: LogIndex, n: number, stream: string): void => {
  if (!index.claim(idFor(n))) throw new Error(`The id of ${n} is taken.`);
  index.add(stream);
};
/** The directory tells of all that is in the log. */
const extend = (index: LogIndex, directory: Directory, steps = Infinity): void => {
  directory.extend(index.position, index.entries());
  directory.merge(Infinity, steps);
  index.rest(true);
};

/** What the index must say: the events in order, as [id, stream]. */
type Model = [number, string][];

const STREAMS = ['a', 'b', 'c', 'd'];

const saidBy = (index: LogIndex, ids: number) => ({
  position: index.position,
  found: Array.from({ length: ids }, (_, id) => index.find(idFor(id))),
  streams: STREAMS.map((stream) => {
    const revision = index.revisionOf(stream);
    return { revision, positions: index.positions(stream, 0, revision), some: index.positions(stream, 1, 2) };
  }),
});
const saidByModel = (model: Model, ids: number): ReturnType<typeof saidBy> => ({
  position: model.length,
  found: Array.from({ length: ids }, (_, id) => model.findIndex(([stored]) => stored === id) + 1),
  streams: STREAMS.map((stream) => {
    const positions = model.flatMap(([, name], at) => (name === stream ? [at + 1] : []));
    return { revision: positions.length - 1, positions, some: positions.slice(1, 3) };
  }),
});
const expectLike = (index: LogIndex, model: Model, ids: number): void => expect(saidBy(index, ids)).toEqual(saidByModel(model, ids));

interface Step {
  readonly stream: string;
  /** How many events to take back before this one is added. */
  readonly back: number;
  /** Steps of merging, after the directory was extended up to here. */
  readonly extended?: number | undefined;
}

const anySteps = fc.array(
  fc.record<Step>({
    stream: fc.constantFrom(...STREAMS),
    back: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(30)),
    extended: fc.option(fc.constantFrom(0, 1, 40, Infinity), { nil: undefined }),
  }),
  { maxLength: 120 },
);

describe('the filter of a bucket', () => {
  it.each([
    ['random', () => Uint32Array.from({ length: 4 }, () => Math.floor(Math.random() * 2 ** 32))],
    ['counting', (n: number) => Uint32Array.of(7, n, 0, n % 3)],
  ])('tells of nearly all %s keys that they are not in it', (_, keyOf) => {
    const [filter, level, held] = [new KeyFilter(0), 0, 100 * bucketsOf(0)];
    const hashes = Array.from({ length: 2 * held }, (__, n) => hashesOf(keyOf(n), 0));
    for (const one of hashes.slice(0, held)) filter.add(bucketOf(one, level), one);
    const said = hashes.map((one) => filter.mayHold(bucketOf(one, level), one));
    expect(said.slice(0, held)).not.toContain(false);
    expect(said.slice(held).filter(Boolean).length / held).toBeLessThan(0.005);
  });
});

describe('the index of a log', () => {
  it('says what the log holds, however often its end was taken back, and whatever the directory tells of it', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        db.exec('DELETE FROM segments; DELETE FROM buckets; DELETE FROM filters');
        const directory = directoryIn();
        const index = new LogIndex(directory);
        const model: Model = [];
        for (const [n, { stream, back, extended }] of steps.entries()) {
          const kept = Math.max(directory.last, model.length - back);
          model.splice(kept);
          index.truncate(kept);
          add(index, n, stream);
          model.push([n, stream]);
          if (extended !== undefined) extend(index, directory, extended);
        }
        expectLike(index, model, steps.length);
        if (directory.last === index.position) expectLike(new LogIndex(directoryIn()), model, steps.length);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps ids and streams apart when there are very many, forgets those taken back, and keeps as few segments as it can', () => {
    const directory = directoryIn();
    const index = new LogIndex(directory);
    const [spans, span] = [FAN * FAN + 1, 200];
    const count = spans * span;
    for (let n = 0; n < count; n++) {
      add(index, n, `stream-${n % 500}`);
      if (n % span === span - 1) extend(index, directory);
    }
    expect(db.prepare('SELECT level, first, last FROM segments ORDER BY first').all()).toEqual([
      { level: 2, first: 1, last: count - span },
      { level: 0, first: count - span + 1, last: count },
    ]);
    expect(db.prepare('SELECT count(*) AS n FROM buckets').get()).toEqual({ n: bucketsOf(2) + bucketsOf(0) });
    expect(db.prepare('SELECT count(*) AS n FROM filters').get()).toEqual({ n: (bucketsOf(2) + bucketsOf(0)) / STEP });
    for (let n = count; n < count + 100; n++) add(index, n, 'other');
    index.truncate(count + 50);
    const wrong = Array.from({ length: count + 100 }, (_, n) => n).filter((n) => index.find(idFor(n)) !== (n < count + 50 ? n + 1 : 0));
    expect(wrong).toEqual([]);
    expect(index.positions('stream-7', 0, Infinity)).toEqual(Array.from({ length: count / 500 }, (_, n) => 500 * n + 8));
    expect(index.positions('stream-7', 9, 10)).toEqual([4508, 5008]);
    expect([index.revisionOf('stream-499'), index.revisionOf('other'), index.revisionOf('none')]).toEqual([count / 500 - 1, 49, -1]);
  });

  it('looks the ends of streams up anew once another process had the directory tell of more', () => {
    const [mine, others] = [directoryIn(), directoryIn()];
    const index = new LogIndex(mine);
    expect(index.revisionOf('b')).toBe(-1);
    const other = new LogIndex(others);
    for (const n of [1, 2]) add(other, n, 'b');
    extend(other, others);
    mine.refresh();
    index.rest(false);
    expect([index.position, index.revisionOf('b'), index.positions('b', 0, 1)]).toEqual([2, 1, [1, 2]]);
  });

  it('gives an id to one event, and takes back what was claimed for none', () => {
    const index = new LogIndex(directoryIn());
    add(index, 1, 'a');
    expect([1, 2, 3, 2].map((n) => index.claim(idFor(n)))).toEqual([false, true, true, false]);
    index.release();
    expect([1, 2, 3].map((n) => index.find(idFor(n)))).toEqual([1, 0, 0]);
    add(index, 3, 'a');
    expect(index.find(idFor(3))).toBe(2);
    index.claim(idFor(4));
    index.truncate(1);
    expect([index.position, index.find(idFor(3)), index.find(idFor(4))]).toEqual([1, 0, 0]);
  });

  it.each(['buckets SET entries', 'filters SET bits'])('finds that the directory is not what was written: %s', (column) => {
    const [directory, blob] = [directoryIn(), column.split(' ')[2]];
    const index = new LogIndex(directory);
    for (let n = 0; n < 1000; n++) add(index, n, 'a');
    extend(index, directory);
    db.exec(`UPDATE ${column} = CAST(substr(${blob}, 1, length(${blob}) - 1) || x'5a' AS BLOB)`);
    const again = directoryIn();
    const ask = (): unknown => new LogIndex(again).find(idFor(7));
    if (!again.isDamaged) expect(ask).toThrow(RangeError);
    expect(again.isDamaged).toBe(true);
  });
});
