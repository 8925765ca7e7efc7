// The fields of an event type as columns: names joined by `_`, as lists give them out (views.md, V7).
import type { EventType, Schema } from '#catalogue';
import type { CellKind } from './cells.ts';

export interface TypeField {
  /** From the outside: of `assessor_name` `assessor`, `name`. */
  readonly path: readonly string[];
  readonly kind: CellKind;
  /** `values`: a cell holds several texts; `records`: a part of several objects. Both are joined by `;`. */
  readonly list?: 'values' | 'records';
}

const ID_TITLES = /identifier|learner id|Learner Number/;

const NUMBERS: readonly unknown[] = ['number', 'integer'];

const isNumber = ({ type, enum: values }: Schema): boolean =>
  NUMBERS.includes(type) || (Array.isArray(values) && values.every((value) => typeof value === 'number'));

const kindOf = (schema: Schema): CellKind => {
  if (schema['format'] === 'date') return 'date';
  if (schema['type'] === 'boolean') return 'flag';
  if (isNumber(schema)) return 'number';
  return ID_TITLES.test(String(schema['title'])) ? 'id' : 'text';
};

const propertiesOf = (schema: Schema): Readonly<Record<string, Schema>> | undefined =>
  schema['properties'] as Readonly<Record<string, Schema>> | undefined;

const fieldsIn = (schema: Schema, path: readonly string[], list?: TypeField['list']): readonly TypeField[] => {
  const parts = propertiesOf(schema);
  if (parts) return Object.entries(parts).flatMap(([name, part]) => fieldsIn(part, [...path, name], list));
  if (schema['type'] !== 'array') return [{ path, kind: kindOf(schema), ...(list && { list }) }];
  const items = schema['items'] as Schema;
  return fieldsIn(items, path, propertiesOf(items) ? 'records' : 'values');
};

/** By the name of their column. */
export const fieldsOfType = ({ schema }: Pick<EventType, 'schema'>): ReadonlyMap<string, TypeField> =>
  new Map(fieldsIn(schema, []).map((field) => [field.path.join('_'), field]));
