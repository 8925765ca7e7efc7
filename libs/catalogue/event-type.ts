// One catalogued event type: what its schema file says about it, and the compiled judgement of its data.
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import { type Category, isCategory } from './vocabulary.ts';
import type { ShortType } from './data/index.ts';
import { faultsOf, type SchemaFault } from './schema-faults.ts';
import type { Schema } from './schema-inlining.ts';

// Which category of data an event belongs to: fixed for its type, or told by one property of its data.

export type EventDataValue = Readonly<Record<string, unknown>>;

interface RuleByProperty {
  readonly by: string;
  readonly map: Readonly<Record<string, string>>;
  readonly default: string;
}

type CategoryRule = string | RuleByProperty;

const checked = (name: string): Category => {
  if (!isCategory(name)) throw new Error(`${name} is no category of protocols/codes/categories.json.`);
  return name;
};

/** Throws where the rule names an unknown category. */
const categoryFinder = (rule: CategoryRule): ((data: EventDataValue) => Category) => {
  if (typeof rule === 'string') {
    const category = checked(rule);
    return () => category;
  }
  const otherwise = checked(rule.default);
  const byValue = new Map<unknown, Category>(Object.entries(rule.map).map(([value, name]) => [value, checked(name)]));
  return (data) => byValue.get(data[rule.by]) ?? otherwise;
};

export type SubjectRule = 'required' | 'optional' | 'none';

export interface BorrowedFacts {
  readonly from: string;
  readonly facts: readonly string[];
}

export interface EventType {
  /** As on the wire: `uk.concordat.assessment.recorded.v1`. */
  readonly name: string;
  readonly short: ShortType;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** Whether the event is about a learner. */
  readonly subject: SubjectRule;
  /** By which protocols may tell events of this type apart: top-level properties, and what it borrows. */
  readonly facts: readonly string[];
  /** Those facts that it takes from the thing which one of its properties names. */
  readonly borrows: BorrowedFacts | undefined;
  /** The property that holds the id which the event introduces. */
  readonly identifies: string | undefined;
  /** Properties that, where present, name something already recorded about the learner. */
  readonly refersTo: readonly string[];
  /** Properties that, with the learner, say when two events are about the same thing. */
  readonly naturalKey: readonly string[];
  /** The property that holds the day on which it happened; else the envelope's `time` tells. */
  readonly on: string | undefined;
  /** The property that names the record whose category this event takes; `categoryOf` then gives only the default. */
  readonly categoryFollows: string | undefined;
  /**
   * The property that holds the id of an event of the sender's own, whose category this one takes;
   * `categoryOf` then gives only the default.
   */
  readonly namesOwn: string | undefined;
  /** Self-contained JSON Schema 2020-12 of `data`. */
  readonly schema: Schema;
  categoryOf(data: EventDataValue): Category;
  /** No faults: the data conforms. Stops at the first fault. */
  validate(data: unknown): readonly SchemaFault[];
}

interface Annotations {
  readonly type: string;
  readonly category: CategoryRule;
  readonly noSubject?: true | 'optional';
  readonly facts?: readonly string[];
  readonly identifies?: string;
  readonly refersTo?: readonly string[];
  readonly naturalKey?: readonly string[];
  readonly on?: string;
  readonly categoryOf?: string;
  readonly namesOwn?: string;
  readonly borrows?: BorrowedFacts;
}

const NAME = /^uk\.concordat\.([a-z-]+\.[a-z-]+)\.v([1-9][0-9]*)$/;

const subjectRule = (noSubject: Annotations['noSubject']): SubjectRule => {
  if (noSubject === undefined) return 'required';
  return noSubject === 'optional' ? 'optional' : 'none';
};

const nameParts = (name: string): { readonly short: ShortType; readonly version: number } => {
  const parts = NAME.exec(name);
  if (parts === null) throw new Error(`${name} is no name of an event type.`);
  return { short: parts[1] as ShortType, version: Number(parts[2]) };
};

const CONFORMS: readonly SchemaFault[] = Object.freeze([]);

/** Compiles on first use: most processes meet few of the types. */
const validator = (ajv: () => Ajv2020, schema: Schema): ((data: unknown) => readonly SchemaFault[]) => {
  let compiled: ValidateFunction | undefined;
  return (data) => {
    compiled ??= ajv().compile(schema);
    return compiled(data) ? CONFORMS : faultsOf(compiled.errors ?? []);
  };
};

/** From a self-contained schema of protocols/catalogue. Throws where its annotations make no sense. `ajv` is made with the first data. */
export const eventType = (schema: Schema, ajv: () => Ajv2020): EventType => {
  const about = schema['x-concordat'] as Annotations;
  return Object.freeze({
    name: about.type,
    ...nameParts(about.type),
    title: String(schema['title']),
    description: String(schema['description']),
    subject: subjectRule(about.noSubject),
    facts: [...(about.facts ?? []), ...(about.borrows?.facts ?? [])],
    borrows: about.borrows,
    identifies: about.identifies,
    refersTo: about.refersTo ?? [],
    naturalKey: about.naturalKey ?? [],
    on: about.on,
    categoryFollows: about.categoryOf,
    namesOwn: about.namesOwn,
    schema,
    categoryOf: categoryFinder(about.category),
    validate: validator(ajv, schema),
  });
};
