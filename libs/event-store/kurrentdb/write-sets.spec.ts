import fc from 'fast-check';
import type { RemoteEntry } from './remote-form.ts';
import { sorted } from './write-sets.ts';

let revision = 0;
const entry = (part?: readonly [n: number, of: number]): RemoteEntry => ({
  revision: ++revision,
  id: String(revision),
  beside: { bookmarks: [], files: new Map() },
  ...(part && { part: { n: part[0], of: part[1] } }),
});
const set = (of: number, stored = of): RemoteEntry[] => Array.from({ length: stored }, (_, n) => entry([n, of]));
const counting = (entries: readonly RemoteEntry[]): string[] => entries.filter(({ beside }) => beside !== undefined).map(({ id }) => id);
const idsOf = (entries: readonly RemoteEntry[]): string[] => entries.map(({ id }) => id);

describe('entries that go together', () => {
  it('count when they are whole', () => {
    const whole = set(3);
    expect(sorted([], whole)).toEqual({ settled: whole, open: [] });
    const { settled, open } = sorted([], whole.slice(0, 2));
    expect([settled, open]).toEqual([[], whole.slice(0, 2)]);
    expect(sorted(open, whole.slice(2))).toEqual({ settled: whole, open: [] });
  });

  it.each([
    ['an entry by itself', () => [entry()]],
    ['another set', () => set(2)],
    ['a set as large', () => set(3)],
  ])('never count where %s came between, which does', (_, between) => {
    const [torn, others] = [set(3, 2), between()];
    const late = [entry([2, 3])];
    const { settled, open } = sorted([], [...torn, ...others, ...late]);
    expect([counting(settled), open]).toEqual([idsOf(others), []]);
    expect(idsOf(settled)).toEqual(idsOf([...torn, ...others, ...late]));
  });

  it('count alike however they come in pages', () => {
    const stories = fc.array(fc.record({ of: fc.integer({ min: 1, max: 5 }), stored: fc.integer({ min: 1, max: 5 }) }), { maxLength: 12 });
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 7 }), (sets, page) => {
        const entries = sets.flatMap(({ of, stored }) => (of === 1 ? [entry()] : set(of, Math.min(of, stored))));
        const whole = sorted([], entries);
        let open: readonly RemoteEntry[] = [];
        const settled: RemoteEntry[] = [];
        for (let at = 0; at < entries.length; at += page) {
          const sort = sorted(open, entries.slice(at, at + page));
          settled.push(...sort.settled);
          ({ open } = sort);
        }
        expect({ settled, open }).toEqual(whole);
      }),
    );
  });
});
