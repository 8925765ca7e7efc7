// Entries that go together: what one group of appends stores, in one append to the stream or, where that may not be so large, in several.
// They count when they directly follow one another, and never where anything came between; so no reader sees a part of them.
import type { RemoteEntry } from './remote-form.ts';

const follows = (open: readonly RemoteEntry[], { part }: RemoteEntry): boolean =>
  part !== undefined && part.n === open.length && (part.n === 0 || part.of === open[0]?.part?.of);

const isWhole = (open: readonly RemoteEntry[]): boolean => open.length > 0 && open.length === open[0]?.part?.of;

/** Of an entry that does not count, its place alone. */
const voided = ({ revision, id }: RemoteEntry): RemoteEntry => ({ revision, id });

export interface Sorted {
  /** What is settled: it counts, or is known not to. */
  readonly settled: readonly RemoteEntry[];
  /** The parts of a set that may still become whole. */
  readonly open: readonly RemoteEntry[];
}

/** Sorts the next entries of the stream, after those of a set that is open. */
export const sorted = (openBefore: readonly RemoteEntry[], entries: readonly RemoteEntry[]): Sorted => {
  const settled: RemoteEntry[] = [];
  let open: RemoteEntry[] = [...openBefore];
  for (const entry of entries) {
    if (!follows(open, entry)) {
      settled.push(...open.map(voided));
      open = [];
    }
    if (entry.part === undefined) settled.push(entry);
    else if (follows(open, entry)) open.push(entry);
    else settled.push(voided(entry));
    if (!isWhole(open)) continue;
    settled.push(...open);
    open = [];
  }
  return { settled, open };
};
