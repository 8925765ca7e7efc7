// Who lost a race tries again after a pause that grows; chance keeps those who met from meeting again.

const LONGEST_MS = 100;

/**
 * Milliseconds to pause after so many failed attempts, from 1 on: up to twice as long each time, 100 at most.
 * `chance` lies between 0 and 1.
 */
export const backOff = (attempts: number, chance: number): number => Math.min(LONGEST_MS, 2 ** attempts) * (0.5 + chance / 2);
