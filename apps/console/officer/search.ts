// What a filter's form sends: texts that are entered, and nothing else.

export type Search = Readonly<Record<string, string>>;

/** Of these names alone, those that are not empty. */
export const textsIn = (search: Search, names: readonly string[]): Search =>
  Object.fromEntries(names.flatMap((name) => (search[name]?.trim() ? [[name, search[name].trim()]] : [])));

export const searchWithout = (search: Search, ...left: readonly string[]): string =>
  new URLSearchParams(Object.entries(search).filter(([name]) => !left.includes(name))).toString();

export const withSearch = (path: string, search: string): string => (search === '' ? path : `${path}?${search}`);
