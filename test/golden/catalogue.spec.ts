// Golden data of every type that agencies send, with every property: once stored, it must be understood for ever,
// as the same category and facts.
import { readdirSync, readFileSync } from 'node:fs';
import { type EventDataValue, type EventType, fieldFaults, isCategory, type Schema, shippedCatalogue } from '#catalogue';

interface Golden {
  readonly type: string;
  readonly category: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly data: EventDataValue;
}

const directory = new URL('./catalogue/', import.meta.url);
const golden = ({ short, version }: EventType): Golden =>
  JSON.parse(readFileSync(new URL(`${short}.v${version}.json`, directory), 'utf8')) as Golden;
const { types } = shippedCatalogue();
const words = {
  purposes: new Set(['plan-learning']),
  protocols: new Set(['e2e-passport']),
  agencies: new Set([
    'connexions-north',
    'ebp-black-country',
    'forge-apprenticeships',
    'heath-town-skills',
    'lsc-black-country',
    'st-chads-school',
    'wulfrun-college',
  ]),
};

const isObject = (value: unknown): value is EventDataValue => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of all properties, of which a schema has as many as data that leaves nothing out. */
const pathsIn = (value: EventDataValue, at = ''): readonly string[] =>
  Object.entries(value).flatMap(([name, child]) => {
    const members = isObject(child) ? pathsIn(child, `${at}/${name}`) : [];
    return [`${at}/${name}`, ...members];
  });
const propertiesOf = (schema: Schema): Schema => (schema['properties'] ?? {}) as Schema;
const pathsOf = (schema: Schema, at = ''): readonly string[] =>
  Object.entries(propertiesOf(schema)).flatMap(([name, child]) => [`${at}/${name}`, ...pathsOf(child as Schema, `${at}/${name}`)]);

it('there is one of every type, and none besides', () => {
  expect(readdirSync(directory).sort()).toEqual(types.map(({ short, version }) => `${short}.v${version}.json`).sort());
});

describe.each(types.map((type) => [type.name, type] as const))('%s', (name, type) => {
  const { data, ...told } = golden(type);

  it('holds every property, and is accepted', () => {
    expect([...pathsIn(data)].sort()).toEqual([...pathsOf(type.schema)].sort());
    expect(type.validate(data)).toEqual([]);
    expect(fieldFaults(type.short, data, { today: '2026-03-02', toldOn: '2026-03-02', words })).toEqual([]);
  });

  it('is told apart as it was', () => {
    const facts = Object.fromEntries(type.facts.flatMap((fact) => (typeof data[fact] === 'string' ? [[fact, data[fact]]] : [])));
    expect(told).toEqual({ type: name, category: type.categoryOf(data), facts });
    expect(isCategory(told.category)).toBe(true);
  });
});
