// How the records of a file become events: a table, published beside the protocols so that anybody can check it (protocols/mappings).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, type EventType, findProtocols, type ShortType } from '#catalogue';
import { readJsonFile } from '#strict-text';

import { fieldsOfType } from './type-fields.ts';
import { Complaint } from '../complaint.ts';

export interface ChosenSource {
  /** Several are joined by `-`. */
  readonly column: string | readonly string[];
  /** In place of what the column says; what is not listed has no place in an event, unless `otherwise` is given. */
  readonly codes?: Readonly<Record<string, string>>;
  readonly otherwise?: string;
  /** Stand for nothing, such as a number that means that none is known. */
  readonly none?: readonly string[];
}

/** What fills a field: a column, a column read as said, or the same for all. */
export type CellSource = string | ChosenSource | { readonly always: string };

export interface EventMapping {
  /** Of XML: the element. */
  readonly record?: string;
  readonly type: ShortType;
  /** Only of rows whose columns say one of these; an empty text: the column says nothing. */
  readonly when?: Readonly<Record<string, readonly string[]>>;
  /** Only of rows where each of these columns says something. */
  readonly needs?: readonly string[];
  /** Columns, the first of which that says something names the learner. Both absent: about no learner. */
  readonly subject: { readonly local?: string; readonly uln?: string };
  /** The column with the day on which it was told, where the type has no day of its own. */
  readonly told?: string;
  /** By flattened field, such as `assessor_name`. */
  readonly data: Readonly<Record<string, CellSource>>;
}

export interface Mapping {
  readonly id: string;
  readonly title: string;
  /** What it was written after, and what it leaves out. */
  readonly says: string;
  readonly form: 'table' | 'xml';
  /** Of XML: elements that are records. */
  readonly records?: readonly string[];
  readonly events: readonly EventMapping[];
}

/** Columns of any table, beside those that its mapping names. */
export const COMMON_COLUMNS: readonly string[] = ['subject', 'time'];

/** A table whose columns are the fields of one type. */
export const mappingOfType = (type: EventType): Mapping => {
  const data = Object.fromEntries([...fieldsOfType(type).keys()].map((name) => [name, name]));
  return {
    id: type.short,
    title: type.title,
    says: type.description,
    form: 'table',
    events: [{ type: type.short, subject: type.subject === 'none' ? {} : { local: 'localId', uln: 'uln' }, told: 'time', data }],
  };
};

const faultIn = (id: string, says: string): Complaint => new Complaint(`Mapping ${id}: ${says}`);

const checkEvent = (id: string, { type, data }: EventMapping, catalogue: Catalogue): void => {
  if (!catalogue.types.some(({ short }) => short === type)) throw faultIn(id, `${type} is no event type of the catalogue.`);
  const fields = fieldsOfType(catalogue.byShort(type));
  const unknown = Object.keys(data).find((name) => !fields.has(name));
  if (unknown !== undefined) throw faultIn(id, `${type} has no field ${unknown}.`);
};

const isMapping = ({ id, form, events }: Partial<Mapping>): boolean =>
  typeof id === 'string' && (form === 'table' || form === 'xml') && Array.isArray(events);

/** Throws `Complaint` where it names what the catalogue has not, and `UnreadableText`. */
export const readMapping = (file: string, catalogue: Catalogue): Mapping => {
  const mapping = readJsonFile(file) as Mapping;
  if (!isMapping(mapping)) throw new Complaint(`${file} is no mapping: it has no id, form or events.`);
  for (const event of mapping.events) checkEvent(mapping.id, event, catalogue);
  return mapping;
};

const folder = (): string => join(findProtocols(), 'mappings');

/** Names of the mappings that ship. */
export const shippedMappings = (): readonly string[] =>
  readdirSync(folder())
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

export const shippedMapping = (name: string, catalogue: Catalogue): Mapping => readMapping(join(folder(), `${name}.json`), catalogue);
