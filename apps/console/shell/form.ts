// What a form sends, as text: whatever it does not hold, or holds otherwise, counts as not entered.

export type Entered = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Of checkboxes: none, one or several of the same name. */
export const listOf = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string' && one !== '');

/** Of a date input, `YYYY-MM-DD`; undefined where its parts are no day. */
export const dayOf = (entered: Entered, name: string): string | undefined => {
  const parts = ['year', 'month', 'day'].map((part) => textOf(entered[`${name}-${part}`]));
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const day = parts.map((part) => part.padStart(2, '0')).join('-');
  const read = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(read.getTime()) || !read.toISOString().startsWith(day) ? undefined : day;
};
