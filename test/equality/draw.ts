// Chance that comes out the same each time.

/** A whole number below a limit. */
export type Draw = (below: number) => number;

/** Numbers below a limit that look as if by chance, the same each time (mulberry32). */
export const drawing = (seed: number): Draw => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
};
