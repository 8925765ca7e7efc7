import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EventType, SchemaFault } from './index.ts';
import { CATEGORIES, findProtocols, loadCatalogue, shippedCatalogue } from './index.ts';

type Json = Record<string, unknown>;
interface Node {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}
interface Place {
  readonly pointer: string;
  readonly node: Node;
}

const directory = join(findProtocols(), 'catalogue');
const catalogue = shippedCatalogue();
const types = catalogue.types.map((type) => [type.short, type] as const);
const exampleOf = (type: EventType): Json => JSON.parse(readFileSync(join(directory, 'examples', `${type.short}.v1.json`), 'utf8')) as Json;

const FORMS: readonly (readonly [begins: string, text: string])[] = [
  ['^[0-9]{10}$', '9276308686'],
  ['^[A-Z]', 'WV1'],
  ['^([A-Za-z]', 'WV1'],
  ['^[a-z]{2,3}', 'cy'],
];
const fullText = ({ format, pattern = '' }: Node): string =>
  format === 'date' ? '2026-03-02' : (FORMS.find(([begins]) => pattern.startsWith(begins))?.[1] ?? 'housing');
const SCALARS: Readonly<Record<string, unknown>> = { integer: 3, number: 3, boolean: true };
// A value with every property that a schema allows.
const full = (node: Node): unknown => {
  if (node.enum !== undefined) return node.enum[0];
  if (node.type === 'object') return Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, child]) => [name, full(child)]));
  if (node.type === 'array') return [full(node.items ?? {})];
  return SCALARS[String(node.type)] ?? fullText(node);
};
const fullData = (type: EventType): Json => full(type.schema) as Json;

const childrenOf = ({ pointer, node }: Place): readonly Place[] => {
  if (node.items !== undefined) return [{ pointer: `${pointer}/0`, node: node.items }];
  return Object.entries(node.properties ?? {}).map(([name, child]) => ({ pointer: `${pointer}/${name}`, node: child }));
};
const placesFrom = (place: Place): readonly Place[] => [place, ...childrenOf(place).flatMap(placesFrom)];
const placesIn = (type: EventType): readonly Place[] => placesFrom({ pointer: '', node: type.schema });

// The data with the value at a pointer replaced, or removed where it becomes undefined.
const withAt = (data: unknown, pointer: string, value: unknown): unknown => {
  if (pointer === '') return value;
  const copy = structuredClone(data) as Json;
  const path = pointer.split('/').slice(1);
  const last = path.pop() as string;
  const parent = path.reduce<Json>((at, name) => at[name] as Json, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
};
// What breaks each keyword that a property may have.
const BREAKS: readonly (readonly [applies: (node: Node) => boolean, values: (node: Node) => readonly unknown[]])[] = [
  [({ format }) => format === 'date', () => ['yesterday', '2026-02-30', '02/03/2026', '2026-03-02T00:00:00Z', '']],
  [(node) => node.enum !== undefined, () => ['red', '', 5]],
  [({ maxLength }) => maxLength !== undefined, ({ maxLength = 0 }) => ['', ' ', 'x'.repeat(maxLength + 1)]],
  [({ maxLength = 4000 }) => maxLength <= 200, () => ['a\nb', 'a\u0000b']],
  [({ maximum }) => maximum !== undefined, ({ minimum = 0, maximum = 0 }) => [minimum - 1, maximum + 1, 1.5]],
  [({ minItems }) => minItems !== undefined, () => [[]]],
];
const wrong = ({ node }: Place): readonly unknown[] => BREAKS.flatMap(([applies, values]) => (applies(node) ? values(node) : []));

const faultAt = (pointer: string): unknown => [expect.objectContaining({ pointer, says: expect.stringMatching(/^[A-Z].*\.$/) as string })];

describe('the catalogue', () => {
  it('has the 84 types of contracts.md, each in a file of its name with an example', () => {
    const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
    expect(files).toHaveLength(84);
    expect(readdirSync(join(directory, 'examples'))).toEqual(files);
    for (const file of files) {
      const type = catalogue.type(`uk.concordat.${file.replace('.json', '')}`);
      expect(type?.schema['$id']).toBe(`urn:concordat:schema:${file.replace('.json', '')}`);
      expect(catalogue.byShort(type?.short as EventType['short'])).toBe(type);
    }
  });

  it('knows no other type', () => {
    for (const name of [
      'uk.concordat.learner.teleported.v1',
      'learner.registered',
      'uk.concordat.learner.registered.v2',
      '__proto__',
      'toString',
    ])
      expect(catalogue.type(name)).toBeUndefined();
    expect(() => catalogue.byShort('learner.teleported' as 'learner.registered')).toThrow('no type');
  });

  it('says which types are about no learner', () => {
    const bySubject = (rule: EventType['subject']): readonly string[] =>
      catalogue.types.filter((type) => type.subject === rule).map((type) => type.short);
    expect(bySubject('optional')).toEqual(['feedback.given', 'notice.acknowledged']);
    expect(bySubject('none')).toEqual([
      'benchmark.published',
      'feedback.answered',
      'labour-need.published',
      'link-adviser.assigned',
      'link-adviser.confirmed',
      'office.declared',
      'partnership.declared',
      'provision.gap-answered',
      'provision.gap-raised',
      'provision.listed',
      'quality.finding-closed',
      'quality.finding-recorded',
      'quality.procedure-published',
      'quota.agreed',
      'target.set',
      'undertaking.discharged',
      'vacancy.filled',
      'vacancy.listed',
      'workplace.risk-assessed',
    ]);
  });

  it('covers every category', () => {
    const told = catalogue.types.flatMap((type) =>
      placesIn(type).flatMap(({ pointer, node }) => (node.enum ?? ['']).map((value) => type.categoryOf({ [pointer.slice(1)]: value }))),
    );
    expect([...new Set(told)].sort()).toEqual([...CATEGORIES].sort());
  });

  it('annotates properties that the schemas have', () => {
    for (const {
      schema,
      facts,
      borrows,
      identifies = [],
      refersTo,
      naturalKey,
      on = [],
      categoryFollows = [],
      namesOwn = [],
    } of catalogue.types) {
      const own = facts.filter((fact) => borrows?.facts.includes(fact) !== true);
      const named = [own, borrows?.from ?? [], identifies, refersTo, naturalKey, on, categoryFollows, namesOwn].flat();
      expect(Object.keys(schema['properties'] as Json)).toEqual(expect.arrayContaining(named));
    }
  });

  it('lends facts only from types that have them', () => {
    for (const { borrows } of catalogue.types) {
      const lender = catalogue.types.find(({ identifies }) => identifies === borrows?.from);
      expect(lender?.facts ?? []).toEqual(expect.arrayContaining([...(borrows?.facts ?? [])]));
    }
    expect(catalogue.byShort('programme.left-early')).toMatchObject({
      facts: ['reason', 'fundedBy'],
      borrows: { from: 'programmeId', facts: ['fundedBy'] },
    });
  });

  it('tells events apart by few values, so that alike ones share their place in memory', () => {
    const facts = new Set(catalogue.types.flatMap((type) => type.facts));
    for (const { identifies, refersTo, namesOwn } of catalogue.types)
      for (const id of [identifies, ...refersTo, namesOwn]) expect(facts).not.toContain(id);
  });

  it('gives self-contained schemas', () => expect(JSON.stringify(catalogue.types.map((type) => type.schema))).not.toContain('$ref'));

  it('can be loaded from another directory, and says where that lacks a file', () => {
    expect(loadCatalogue(findProtocols()).types).toHaveLength(84);
    expect(() => loadCatalogue('/nowhere')).toThrow('ENOENT');
  });
});

describe.each(types)('%s', (_, type) => {
  it('accepts its example and data with every property', () => {
    expect(type.validate(exampleOf(type))).toEqual([]);
    expect(type.validate(fullData(type))).toEqual([]);
  });

  it('wants every required property, and only those', () => {
    const data = fullData(type);
    for (const { pointer, node } of placesIn(type))
      for (const name of Object.keys(node.properties ?? {})) {
        const child = `${pointer}/${name}`;
        expect(type.validate(withAt(data, child, undefined))).toEqual(node.required?.includes(name) ? faultAt(child) : []);
      }
  });

  it('refuses properties that it does not have, at every level', () => {
    for (const { pointer } of placesIn(type).filter((place) => place.node.properties))
      expect(type.validate(withAt(fullData(type), `${pointer}/colour`, 'red'))).toEqual(faultAt(pointer));
  });

  it('refuses values of another kind', () => {
    for (const { pointer, node } of placesIn(type))
      for (const value of [null, node.type === 'boolean' ? 'yes' : true])
        expect(type.validate(withAt(fullData(type), pointer, value))).toEqual(faultAt(pointer));
  });

  it('refuses what is no date, no code, too long, too large or blank', () => {
    for (const place of placesIn(type))
      for (const value of wrong(place)) expect(type.validate(withAt(fullData(type), place.pointer, value))).toEqual(faultAt(place.pointer));
  });

  it('accepts every code of its closed sets', () => {
    for (const { pointer, node } of placesIn(type))
      for (const code of node.enum ?? []) expect(type.validate(withAt({ ...fullData(type) }, pointer, code))).toEqual([]);
  });

  it('never repeats in a fault what was sent', () => {
    const secret = 'Zephaniah7';
    const value = fc.constantFrom<unknown>(secret, [secret], { [secret]: secret }, secret.repeat(500), 7.25);
    const place = fc.constantFrom(...placesIn(type).map(({ pointer }) => pointer));
    const faults = fc
      .tuple(place, value)
      .map(([pointer, sent]): readonly SchemaFault[] => type.validate(withAt(fullData(type), pointer, sent)));
    fc.assert(
      fc.property(faults, (found) => expect(JSON.stringify(found)).not.toMatch(/Zephaniah|7\.25/)),
      { numRuns: 60 },
    );
  });
});
