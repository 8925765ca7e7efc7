// In which order a list's view proposes the records of one person, each looked up where it is asked for (views.md, V14).
import type { RecordsInOrder } from '#disclosure';
import type { LearnerId } from '#kernel';
import { comparePlaces, type Place } from '#read-models';

/** The view does not propose it. */
const NOWHERE = 'nowhere';

export class RecordsByPlace implements RecordsInOrder {
  readonly #places = new Map<LearnerId, Place | typeof NOWHERE>();
  readonly #placeOf: (record: LearnerId) => Promise<Place | undefined>;

  constructor(placeOf: (record: LearnerId) => Promise<Place | undefined>) {
    this.#placeOf = placeOf;
  }

  isBefore(record: LearnerId, other: LearnerId): boolean | undefined {
    const [place, behind] = [this.#places.get(record), this.#places.get(other)];
    if (place === undefined || behind === undefined) return undefined;
    return place !== NOWHERE && behind !== NOWHERE && comparePlaces(place, behind) < 0;
  }

  async lookUp(record: LearnerId): Promise<void> {
    this.#places.set(record, (await this.#placeOf(record)) ?? NOWHERE);
  }
}
