// The event catalogue: every type that agencies may send, read from protocols/catalogue and protocols/codes.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Instant } from '#kernel';
import { readJsonFile } from '#strict-text';
import {
  type ActivityCode,
  type CategoryCode,
  type CodeTables,
  type FrameworkCode,
  groupByCode,
  loadCodes,
  type RoleCode,
} from './codes.ts';
import type { ShortType } from './data/index.ts';
import { isDate } from './plain-values.ts';
import { type EnvelopeResult, parseEnvelope } from './envelope.ts';
import { type EventType, eventType } from './event-type.ts';
import { type Schema, schemaInliner } from './schema-inlining.ts';
import type { Category, Framework, Nature, Role } from './vocabulary.ts';

// Finds the catalogue's data files from wherever this module runs: libs/catalogue/*.ts or dist/libs/catalogue/*.js.

/** The nearest `protocols` directory, above `from`, that holds a catalogue. Throws where there is none. */
export const findProtocols = (from: string = fileURLToPath(new URL('.', import.meta.url))): string => {
  const candidate = join(from, 'protocols');
  if (existsSync(join(candidate, 'catalogue'))) return candidate;
  const parent = dirname(from);
  if (parent === from) throw new Error('No directory above the catalogue module holds protocols/catalogue: give its place explicitly.');
  return findProtocols(parent);
};

export interface Catalogue {
  readonly codes: CodeTables;
  /** In the order of their names. */
  readonly types: readonly EventType[];
  /** By the name on the wire; undefined: an unknown type. */
  type(name: string): EventType | undefined;
  /** The current version of a type, by short name. */
  byShort(short: ShortType): EventType;
  /** Judges the CloudEvents envelope, and whether the type wants a subject; neither whether the type is known nor its data. */
  parseEnvelope(value: unknown, now: Instant): EnvelopeResult;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

const readJson = (...path: readonly string[]): Schema => readJsonFile(join(...path)) as Schema;

const schemaValidator = (): Ajv2020 =>
  new Ajv2020({ allErrors: false, verbose: true, strict: true, strictTypes: false, strictRequired: false })
    .addFormat('date', isDate)
    .addVocabulary(['x-concordat', 'x-labels']);

const oldestFirst = (a: EventType, b: EventType): number => a.version - b.version;

/** Reads the catalogue under a `protocols` directory: by default the one that ships with this code. Throws where a file is faulty. */
export const loadCatalogue = (protocols: string = findProtocols()): Catalogue => {
  const directory = join(protocols, 'catalogue');
  const codes = loadCodes(protocols);
  const terms = readJson(directory, 'definitions', 'terms.v1.json')['$defs'] as Schema;
  const inline = schemaInliner(terms, codes);
  const ajv = once(schemaValidator);
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort();
  const types = files.map((file) => eventType(inline(readJson(directory, file)), ajv));
  const byName = new Map(types.map((type) => [type.name, type]));
  const newestByShort = new Map(types.toSorted(oldestFirst).map((type) => [type.short, type]));
  const typeNamed = (name: string): EventType | undefined => byName.get(name);
  return Object.freeze({
    codes,
    types,
    type: typeNamed,
    byShort: (short: ShortType): EventType => {
      const newest = newestByShort.get(short);
      if (newest === undefined) throw new Error(`The catalogue has no type ${short}.`);
      return newest;
    },
    parseEnvelope: (value: unknown, now: Instant) => parseEnvelope(value, { now, subjectRuleOf: (name) => typeNamed(name)?.subject }),
  });
};

// The catalogue and code tables that ship with this code, read once on first use.

export const shippedCatalogue: () => Catalogue = once(loadCatalogue);
export const shippedCodes: () => CodeTables = once(() => loadCodes(findProtocols()));

/** Judges a CloudEvents envelope by the shipped catalogue; see `Catalogue.parseEnvelope`. */
export const parseShippedEnvelope = (value: unknown, now: Instant): EnvelopeResult => shippedCatalogue().parseEnvelope(value, now);

const byCode = <Row extends { readonly code: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.code, row]));

const activities = once(() => byCode<ActivityCode>(shippedCodes()['ccis-activity'].codes));
const categories = once(() => byCode<CategoryCode>(shippedCodes().categories.codes));
const frameworks = once(() => byCode<FrameworkCode>(shippedCodes().frameworks.codes));
const activityGroups = once(() => groupByCode(shippedCodes()['activity-groups']));
const reasonGroups = once(() => groupByCode(shippedCodes()['reason-groups']));
const roles = once(() => byCode<RoleCode>(shippedCodes().roles.codes));

const found = <Row>(row: Row | undefined, table: string): Row => {
  if (row === undefined) throw new Error(`protocols/codes/${table}.json lacks a code that the vocabulary has.`);
  return row;
};

/** A CCIS activity code; undefined where it is none. */
export const activityCode = (code: string): ActivityCode | undefined => activities().get(code);
/** Not in education, employment or training: 540 and 610–680. */
export const isNeet = (code: string): boolean => activityCode(code)?.neet ?? false;
/** 810–830. */
export const isNotKnown = (code: string): boolean => activityCode(code)?.notKnown ?? false;

/** The coarser code that is told in place of a CCIS activity code; undefined where it is none. */
export const activityGroup = (code: string): string | undefined => activityGroups().get(code);
/** The coarser code that is told in place of a leaving reason; undefined where it is none. */
export const reasonGroup = (code: string): string | undefined => reasonGroups().get(code);

export const categoryCode = (name: Category): CategoryCode => found(categories().get(name), 'categories');
export const natureOf = (name: Category): Nature => categoryCode(name).nature;
export const frameworkCode = (name: Framework): FrameworkCode => found(frameworks().get(name), 'frameworks');
export const roleCode = (name: Role): RoleCode => found(roles().get(name), 'roles');
