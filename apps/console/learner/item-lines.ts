// What an item says, line by line, for whoever it is about: the names of its fields in words, lists and groups laid out, ids left out.

export interface Line {
  readonly name: string;
  readonly value: string;
  /** Whether the value is a day, which the page writes out. */
  readonly isDay: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NOT_TOLD = /(?:Id|^of)$/;

const inWords = (name: string): string => {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).join(', ');
  if (typeof value === 'boolean') return value ? '✓' : '–';
  return String(value);
};

export const linesOf = (data: Readonly<Record<string, unknown>>): readonly Line[] =>
  Object.entries(data)
    .filter(([name, value]) => !NOT_TOLD.test(name) && value !== null && value !== undefined && value !== '')
    .flatMap(([name, value]): readonly Line[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? linesOf(value as Readonly<Record<string, unknown>>)
        : [{ name: inWords(name), value: textOf(value), isDay: typeof value === 'string' && DAY.test(value) }],
    );
