// What the appending process and its judge agree on without telling each other.

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export const chance = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** The content of the event with this id: up to 1 KB. */
export const payloadOf = (id: string): Uint8Array => Buffer.from(id.repeat(Number.parseInt(id.slice(0, 2), 16) >>> 3));
