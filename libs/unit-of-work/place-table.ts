// Where something lies, by its name: a table of numbers, since an object and a text for each would take as much as what is found by it.

/** In place of a place. */
export const NONE = 0;
const GONE = 2 ** 32 - 1;

const hashOf = (name: string): number => {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x0100_0193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** Places are whole numbers from 1 to below 2^32 - 1. Whoever looks is told by the name that lies there whether it is the one. */
export class PlaceTable {
  readonly #isNamed: (place: number, name: string) => boolean;
  #places = new Uint32Array(1024);
  #hashes = new Uint32Array(1024);
  /** Slots that are not empty, those of which what they held is gone among them. */
  #taken = 0;
  size = 0;

  constructor(isNamed: (place: number, name: string) => boolean) {
    this.#isNamed = isNamed;
  }

  /** `NONE` where there is none. */
  find(name: string): number {
    return this.#places[this.#slotOf(name, hashOf(name))] as number;
  }

  /** Of a name that is not there. */
  add(name: string, place: number): void {
    if (2 * (this.#taken + 1) > this.#places.length) this.#makeRoom();
    this.#put(hashOf(name), place);
    this.size += 1;
  }

  /** Of a name that is there. */
  move(name: string, place: number): void {
    this.#places[this.#slotOf(name, hashOf(name))] = place;
  }

  /** Of a name that is there. */
  delete(name: string): void {
    this.move(name, GONE);
    this.size -= 1;
  }

  /** Of the name, or of the empty one that ends the search for it. */
  #slotOf(name: string, hash: number): number {
    const mask = this.#places.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = this.#places[slot] as number;
      if (place === NONE) return slot;
      if (place !== GONE && this.#hashes[slot] === hash && this.#isNamed(place, name)) return slot;
    }
  }

  #put(hash: number, place: number): void {
    const mask = this.#places.length - 1;
    let slot = hash & mask;
    while (this.#places[slot] !== NONE && this.#places[slot] !== GONE) slot = (slot + 1) & mask;
    if (this.#places[slot] === NONE) this.#taken += 1;
    this.#places[slot] = place;
    this.#hashes[slot] = hash;
  }

  #makeRoom(): void {
    const [places, hashes] = [this.#places, this.#hashes];
    const slots = 4 * this.size > places.length ? 2 * places.length : places.length;
    this.#places = new Uint32Array(slots);
    this.#hashes = new Uint32Array(slots);
    this.#taken = 0;
    places.forEach((place, slot) => {
      if (place !== NONE && place !== GONE) this.#put(hashes[slot] as number, place);
    });
  }
}
