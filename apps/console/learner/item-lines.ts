// What an item says, line by line, for whoever it is about: the names of its fields in words, codes as pages call them, lists and groups
// laid out, ids left out.

export interface Line {
  readonly name: string;
  readonly value: string;
  /** Whether the value is a day, which the page writes out. */
  readonly isDay: boolean;
  /** Whether all of it is in the words of the page. */
  readonly isWorded: boolean;
}

/** What the page calls the value of a field; undefined where it has no words for it. */
export type ValueWords = (field: string, value: string) => string | undefined;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Fields that the catalogue codes, in whichever event: no agency writes words of its own there. */
const CODED: ReadonlySet<string> = new Set([
  ...['activity', 'destination', 'framework', 'givenBy', 'ground', 'intended', 'method', 'programmeKind', 'relationship', 'route'],
]);
/** Coded by the catalogue in some events, and free words in others: what looks like a code is one, since nobody writes a sentence so. */
const CODED_AT_TIMES: ReadonlySet<string> = new Set(['action', 'kind', 'level', 'reason']);
const CODE = /^[a-z]+(?:-[a-z]+)+$/;
const NOT_TOLD = /(?:Id|^of)$/;

const inWords = (name: string): string => {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

interface Said {
  readonly text: string;
  readonly isWorded: boolean;
}

const plainly = (field: string, value: unknown): string => {
  if (typeof value === 'boolean') return value ? '✓' : '–';
  const text = String(value);
  const isCode = CODED.has(field) || (CODED_AT_TIMES.has(field) && CODE.test(text));
  return isCode ? text.replaceAll('-', ' ') : text;
};

/** Sentences follow one another as they are. */
const together = (said: readonly Said[]): Said => ({
  text: said.map(({ text }, place) => (place === said.length - 1 ? text : `${text}${text.endsWith('.') ? ' ' : ', '}`)).join(''),
  isWorded: said.every(({ isWorded }) => isWorded),
});

const saidOf = (field: string, value: unknown, words: ValueWords): Said => {
  if (typeof value === 'object' && value !== null) return together(Object.values(value).map((one) => saidOf(field, one, words)));
  const worded = typeof value === 'string' ? words(field, value) : undefined;
  return { text: worded ?? plainly(field, value), isWorded: worded !== undefined };
};

export const linesOf = (data: Readonly<Record<string, unknown>>, words: ValueWords): readonly Line[] =>
  Object.entries(data)
    .filter(([name, value]) => !NOT_TOLD.test(name) && value !== null && value !== undefined && value !== '')
    .flatMap(([name, value]): readonly Line[] => {
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return linesOf(value as Readonly<Record<string, unknown>>, words);
      const { text, isWorded } = saidOf(name, value, words);
      return [{ name: inWords(name), value: text, isDay: typeof value === 'string' && DAY.test(value), isWorded }];
    });
