// How much room words take where no browser measures them, and how numbers and days are written.
import { label } from './svg.ts';

/** Of Arial at 14 units, on average; wide letters are made up for by narrow ones. */
const LETTER = 7.4;

export const widthOf = (text: string): number => text.length * LETTER;

/** Cut at spaces so that no line is wider than `width`, unless one word is. */
export const wrapped = (text: string, width: number): readonly string[] =>
  text.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    const longer = `${last} ${word}`;
    return last === undefined || widthOf(longer) > width ? [...lines, word] : [...lines.slice(0, -1), longer];
  }, []);

/** Of two lines at most; that something is left out is said. */
export const shortened = (text: string, width: number): readonly string[] => {
  const [first, second, ...rest] = wrapped(text, width);
  if (first === undefined || second === undefined) return [text];
  return [first, rest.length > 0 ? `${second}…` : second];
};

export const LINE_HEIGHT = 17;

/** Several lines, the first at `at`. */
export const block = (at: { readonly x: number; readonly y: number }, lines: readonly string[], anchor = 'start'): string =>
  lines.map((text, index) => label({ x: at.x, y: at.y + index * LINE_HEIGHT }, text, { 'text-anchor': anchor })).join('');

export const counted = (count: number, one: string, many = `${one}s`): string => `${written(count)} ${count === 1 ? one : many}`;

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });
export const written = (value: number): string => NUMBER.format(value);

const DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'short' });
const ISO_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });

/** `29 June 2026`, of an instant or a day, in London. */
export const dayInWords = (instant: string): string => DAY.format(new Date(instant));
export const shortDay = (instant: string): string => SHORT_DAY.format(new Date(instant));
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: 'numeric', minute: '2-digit', hour12: true });
const CLOCK_TO_SECONDS = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/London', hour: 'numeric', minute: '2-digit', second: '2-digit', hour12: true },
});
const MINUTE = 60_000;

/** `2:05pm` in London; with seconds where the next is less than a minute away. */
export const clockOf = (instant: Date, untilNext: number): string =>
  (untilNext < MINUTE ? CLOCK_TO_SECONDS : CLOCK).format(instant).replace(/\s/g, '');
/** `2026-06-29`, in London. */
export const londonDay = (instant: string): string => ISO_DAY.format(new Date(instant));

/** `Heath Town Skills, Wulfrun College and Connexions`. */
export const listed = (names: readonly string[], and = 'and'): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
