// What options of the command line say: lengths of time, reasons, thumbprints.
import type { Command } from 'commander';
import { isDate } from '#catalogue';
import type { IsoDate } from '#kernel';
import { misuse } from './complaint.ts';

// Lengths of time on the command line, as ISO 8601 has them; weeks, days, hours and minutes only, since months differ.

const FORM = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/;
const MINUTE = 60_000;
const UNITS = [7 * 24 * 60 * MINUTE, 24 * 60 * MINUTE, 60 * MINUTE, MINUTE];

/** In milliseconds. */
export const durationOf = (text: string): number => {
  const parts = FORM.exec(text)?.slice(1);
  if (parts === undefined) throw misuse(`${text} is no length of time: give one such as P7D, P2W or PT12H.`);
  return parts.reduce((total, count, place) => total + Number(count ?? 0) * (UNITS[place] ?? 0), 0);
};

/** A day of the calendar, `YYYY-MM-DD`. */
export const dayOption = (text: string): IsoDate => {
  if (!isDate(text)) throw misuse(`${text} is no day: give one such as 2026-09-07.`);
  return text;
};

// Why the operator does something: kept in the log for as long as there is one.

const LONGEST = 500;

export const withReason = (command: Command): Command => command.requiredOption('--reason <text>', 'why; it is kept, so name no learner');

/** Throws a `Complaint` where it says nothing. */
export const reasonOf = ({ reason }: { readonly reason: string }): string => {
  const said = reason.trim();
  if (said === '' || said.length > LONGEST || /\p{Cc}/u.test(said)) throw misuse(`--reason takes a line of 1 to ${LONGEST} characters.`);
  return said;
};

// Thumbprints on a command line: base64url, so that one in 64 begins with a hyphen, as options do.

const HYPHENATED = /^-[\w-]{42}$/;
const MARK = 'kid:';

/** No option is as long as a thumbprint: whatever looks like both is one, and marked so. */
export const withThumbprintsMarked = (words: readonly string[]): readonly string[] =>
  words.map((word) => (HYPHENATED.test(word) ? `${MARK}${word}` : word));

export const thumbprintIn = (word: string): string => (word.startsWith(MARK) ? word.slice(MARK.length) : word);
