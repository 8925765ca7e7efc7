// The event catalogue: every type that agencies may send, read from protocols/catalogue and protocols/codes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Instant } from '#kernel';
import { readJsonFile } from '#strict-text';
import type { CodeTables } from './codes.ts';
import { loadCodes } from './codes.ts';
import type { ShortType } from './data/index.ts';
import { isDate } from './dates.ts';
import type { EnvelopeResult } from './envelope.ts';
import { parseEnvelope } from './envelope.ts';
import type { EventType } from './event-type.ts';
import { eventType } from './event-type.ts';
import { findProtocols } from './package-root.ts';
import type { Schema } from './schema-inlining.ts';
import { schemaInliner } from './schema-inlining.ts';

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

const readJson = (...path: readonly string[]): Schema => readJsonFile(join(...path)) as Schema;

const schemaValidator = (): Ajv2020 =>
  new Ajv2020({ allErrors: false, verbose: true, strict: true, strictTypes: false, strictRequired: false })
    .addFormat('date', isDate)
    .addKeyword('x-concordat');

const newestFirst = (a: EventType, b: EventType): number => b.version - a.version;

/** Reads the catalogue under a `protocols` directory: by default the one that ships with this code. Throws where a file is faulty. */
export const loadCatalogue = (protocols: string = findProtocols()): Catalogue => {
  const directory = join(protocols, 'catalogue');
  const codes = loadCodes(protocols);
  const terms = readJson(directory, 'definitions', 'terms.v1.json')['$defs'] as Schema;
  const inline = schemaInliner(terms, codes);
  const ajv = schemaValidator();
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort();
  const types = files.map((file) => eventType(inline(readJson(directory, file)), ajv));
  const byName = new Map(types.map((type) => [type.name, type]));
  const typeNamed = (name: string): EventType | undefined => byName.get(name);
  return Object.freeze({
    codes,
    types,
    type: typeNamed,
    byShort: (short: ShortType): EventType => {
      const [newest] = types.filter((type) => type.short === short).sort(newestFirst);
      if (newest === undefined) throw new Error(`The catalogue has no type ${short}.`);
      return newest;
    },
    parseEnvelope: (value: unknown, now: Instant) => parseEnvelope(value, { now, subjectRuleOf: (name) => typeNamed(name)?.subject }),
  });
};
