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

const TOKEN = '_csrf';
const BETWEEN = '~';

/** What a form has to bring: the token of its session, and whose form it is, for when the session is over by then. */
export const tokenWith = (token: string, mark: string | undefined): string => (mark === undefined ? token : `${token}${BETWEEN}${mark}`);

const broughtIn = (body: unknown): readonly string[] =>
  textOf((typeof body === 'object' && body !== null ? (body as Entered) : {})[TOKEN]).split(BETWEEN);

export const tokenIn = (body: unknown): string | undefined => broughtIn(body)[0] || undefined;

export const markIn = (body: unknown): string | undefined => broughtIn(body)[1];

/** Without its token. */
export const enteredIn = (body: unknown): Entered => {
  const { [TOKEN]: _token, ...entered } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return entered;
};

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** As they were sent, each value of a name a field of its own; without the token. */
export const fieldsIn = (body: unknown): readonly Field[] =>
  Object.entries(enteredIn(body)).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: textOf(one) })));
