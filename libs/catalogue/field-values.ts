// The values that a rule looks at: `on` of the data itself, `choices[].startsOn` of each item of a list.
import type { EventDataValue } from './category-rule.ts';

export interface FieldValue {
  /** RFC 6901. */
  readonly pointer: string;
  readonly value: unknown;
}

const LIST = '[]';

const inList = (list: readonly unknown[], name: string, field: string | undefined): readonly FieldValue[] =>
  list.map((item, place) => ({
    pointer: `/${name}/${place}${field === undefined ? '' : `/${field}`}`,
    value: field === undefined ? item : (item as EventDataValue)[field],
  }));

/** Those that are there. Needs data that the schema of the type has judged. */
export const valuesAt = (data: EventDataValue, path: string): readonly FieldValue[] => {
  if (!path.includes(LIST)) return data[path] === undefined ? [] : [{ pointer: `/${path}`, value: data[path] }];
  const [name = '', field] = path.split(/\[\]\.?/);
  const list = (data[name] ?? []) as readonly unknown[];
  return inList(list, name, field || undefined).filter(({ value }) => value !== undefined);
};
