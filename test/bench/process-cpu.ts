// CPU time of another process, all its threads, from Linux's own count: a busy machine makes everybody wait, but nobody compute more.
import { readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;
/** Places in /proc/<pid>/stat behind the name of the program, which is in brackets. */
const USER = 11;
const SYSTEM = 12;

/** Milliseconds since it began; counted in steps of ten. */
export const cpuOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[USER]) + Number(fields[SYSTEM])) / TICKS_A_SECOND) * 1000;
};
