// Lengths of time on the command line, as ISO 8601 has them; weeks, days, hours and minutes only, since months differ.
import { misuse } from './complaint.ts';

const FORM = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/;
const MINUTE = 60_000;
const UNITS = [7 * 24 * 60 * MINUTE, 24 * 60 * MINUTE, 60 * MINUTE, MINUTE];

/** In milliseconds. */
export const durationOf = (text: string): number => {
  const parts = FORM.exec(text)?.slice(1);
  if (parts === undefined) throw misuse(`${text} is no length of time: give one such as P7D, P2W or PT12H.`);
  return parts.reduce((total, count, place) => total + Number(count ?? 0) * (UNITS[place] ?? 0), 0);
};
