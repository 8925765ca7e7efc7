// No row is forgotten: what the schemas have of days, agencies, years and numbers is held against the table of rules.
import { RULES } from './field-rules.ts';
import { shippedCatalogue, type ShortType } from './index.ts';

interface Node {
  readonly type?: unknown;
  readonly format?: string;
  readonly title?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}
/** Where the schema of each type has what a rule is to be about. */
const placesOf = (node: Node, is: (node: Node) => boolean, at = ''): readonly string[] => {
  const own = is(node) ? [at] : [];
  const items = node.items === undefined ? [] : placesOf(node.items, is, `${at}[]`);
  const members = Object.entries(node.properties ?? {}).flatMap(([name, child]) => placesOf(child, is, at === '' ? name : `${at}.${name}`));
  return [...own, ...items, ...members];
};
const ofEveryType = (is: (node: Node) => boolean): readonly (readonly [ShortType, readonly string[]])[] =>
  shippedCatalogue().types.map(({ short, schema }) => [short, placesOf(schema, is)]);

describe('the table of rules', () => {
  it.each(ofEveryType(({ format }) => format === 'date'))('%s: has a row for every day', (short, places) => {
    expect(Object.keys(RULES[short]?.days ?? {}).sort()).toEqual([...places].sort());
  });

  const agency = "an agency's slug: lowercase letters, digits and hyphens";
  it.each(ofEveryType(({ title }) => title === agency))('%s: has a row for every agency but the one whose id is named', (short, places) => {
    expect([...(RULES[short]?.agencies ?? [])].sort()).toEqual(places.filter((place) => place !== 'of').sort());
  });

  it.each(shippedCatalogue().types)('$short: has a row for its year', ({ short, schema }) => {
    const [year] = Object.keys((schema as Node).properties ?? {}).filter((name) => name === 'year' || name === 'cohort');
    expect(RULES[short]?.year).toBe(year);
  });

  it('leaves to the sender what its scores, figures and targets may be; all other numbers have limits', () => {
    const isFree = ({ type, minimum, maximum, enum: codes }: Node): boolean =>
      [type].flat().some((name) => name === 'number' || name === 'integer') &&
      codes === undefined &&
      (minimum === undefined || minimum < 0 || maximum === undefined);
    const free = ofEveryType(isFree).flatMap(([short, places]) => places.map((place) => `${short} ${place}`));
    expect(free).toEqual([
      'assessment.recorded outcome.score',
      'assessment.rectified outcome.score',
      'benchmark.published value',
      'target.set value',
    ]);
  });
});
