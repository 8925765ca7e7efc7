// Lists that were too long to be put in order as a whole: for a while nobody looks anew whether they still are. To know it takes as many
// candidates as are ever looked at, which costs more than a page does (ADR 93).
import { LRUCache } from 'lru-cache';
import type { IsoDate } from '#kernel';
import type { Chosen, List, ListAsker } from '#read-models';

const REMEMBERED = 2000;
const FOR_MS = 10 * 60 * 1000;

interface Which {
  readonly list: Pick<List, 'name'>;
  readonly reader: ListAsker;
  readonly asked: { readonly on: IsoDate; readonly chosen: Chosen };
}

/** All of which a view's proposals are made. */
const nameOf = ({ list, reader, asked: { on, chosen } }: Which): string =>
  JSON.stringify([list.name, reader, on, Object.entries(chosen).toSorted(([one], [other]) => (one < other ? -1 : 1))]);

export class LongLists {
  readonly #found: LRUCache<string, true>;

  /** `now`: milliseconds of a clock that goes on. */
  constructor(now = (): number => performance.now()) {
    this.#found = new LRUCache({ max: REMEMBERED, ttl: FOR_MS, ttlResolution: 0, perf: { now } });
  }

  has(question: Which): boolean {
    return this.#found.has(nameOf(question));
  }

  note(question: Which): void {
    this.#found.set(nameOf(question), true);
  }
}
