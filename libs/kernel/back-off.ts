// Whoever failed tries again after a pause that grows; chance keeps those who met from meeting again.

/** Milliseconds. */
export interface Pauses {
  readonly first: number;
  readonly longest: number;
}

/** Of those who lost a race, and want to run again at once. */
const RACES: Pauses = { first: 2, longest: 100 };

/**
 * Milliseconds to pause after so many failed attempts, from 1 on: twice as long each time, up to `longest`, or up to half shorter, as
 * `chance` between 0 and 1 has it.
 */
export const backOff = (attempts: number, chance: number, { first, longest }: Pauses = RACES): number =>
  Math.min(longest, first * 2 ** (attempts - 1)) * (0.5 + chance / 2);
