// What holds on a day, of what holds from one day until another each, found by halving. Pure.
import type { IsoDate } from '#kernel';

/** Later than any day. */
export const NEVER: IsoDate = '9999-99-99';

/** Where something is so of all that comes after it as well: the first place at which it is; the length where it is nowhere so. */
export const firstWhere = <Item>(items: readonly Item[], isSo: (item: Item) => boolean): number => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** `until`: the first day on which it holds no more. */
export interface Span<Held> {
  readonly held: Held;
  readonly from: IsoDate;
  readonly until: IsoDate;
}

export class Timeline<Held> {
  /** On which another may hold than before, in order. */
  readonly days: readonly IsoDate[];
  readonly #held: (Held | undefined)[];

  /** `spans`: of two that hold on one day the former goes before the latter. */
  constructor(spans: readonly Span<Held>[]) {
    this.days = [...new Set(spans.flatMap(({ from, until }) => [from, until]))].sort();
    this.#held = this.days.map(() => undefined);
    const placeOf = new Map(this.days.map((day, place) => [day, place]));
    const isFree = new FreePlaces(this.days.length);
    for (const { held, from, until } of spans) {
      const end = placeOf.get(until) ?? 0;
      for (let place = isFree.from(placeOf.get(from) ?? 0); place < end; place = isFree.from(place)) {
        this.#held[place] = held;
        isFree.take(place);
      }
    }
  }

  on(day: IsoDate): Held | undefined {
    return this.#held[firstWhere(this.days, (other) => other > day) - 1];
  }
}

/** Each leads to itself, or to one that is nearer to the next that is free. */
class FreePlaces {
  readonly #next: number[];

  constructor(length: number) {
    this.#next = Array.from({ length: length + 1 }, (_, place) => place);
  }

  take(place: number): void {
    this.#next[place] = place + 1;
  }

  /** The first that is free from there on. */
  from(place: number): number {
    let at = place;
    for (let next = this.#nextOf(at); next !== at; next = this.#nextOf(at)) {
      this.#next[at] = this.#nextOf(next);
      at = this.#nextOf(at);
    }
    return at;
  }

  #nextOf(place: number): number {
    return this.#next[place] ?? place;
  }
}
