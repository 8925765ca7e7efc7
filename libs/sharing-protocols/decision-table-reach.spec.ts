// What follows from agencies and protocols alone is never less than what is decided of any item.
import * as fc from 'fast-check';
import { shippedCatalogue } from '#catalogue';
import { decideDisclosure } from './decide-disclosure.ts';
import { compileDecisionTable, isBarred, reachOf, type TableAgency } from './decision-table.ts';
import { shippedProtocols } from './shipped.ts';

const AGENCIES: readonly TableAgency[] = [
  { slug: 'careers', roles: ['connexions'] },
  { slug: 'bct', roles: ['provider'] },
  { slug: 'lsc', roles: ['funder', 'provider'] },
  { slug: 'funder', roles: ['funder'] },
  { slug: 'ebp', roles: ['ebp'] },
  { slug: 'jobcentre', roles: ['jobcentre'] },
  { slug: 'partnership', roles: ['learning-partnership'] },
  { slug: 'college', roles: ['college'] },
  { slug: 'school', roles: ['school', 'employer'] },
  { slug: 'yot', roles: ['yot'] },
];
const slugs = AGENCIES.map(({ slug }) => slug);
const table = compileDecisionTable(
  shippedProtocols().map((document) => ({
    document,
    parties: slugs.filter((slug) => slug !== 'jobcentre' || document.id !== 'planning-intelligence'),
  })),
  AGENCIES,
);
const TYPES = shippedCatalogue().types.filter(({ subject }) => subject !== 'required');
const PURPOSES = ['match-placement', 'plan-provision', 'improve-provision', 'account-for-funding'];
const NAMES = ['confidentialTo', 'agency', 'about'];

const question = fc.record({
  recipient: fc.constantFrom(...slugs),
  source: fc.constantFrom(...slugs),
  type: fc.constantFrom(...TYPES),
  purposes: fc.subarray(PURPOSES, { minLength: 1 }),
  named: fc.option(fc.constantFrom(...slugs), { nil: undefined }),
});

it('whatever is permitted lies within reach: of nobody barred, and of who is named where only those are', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(question, ({ recipient, source, type, purposes, named }) => {
      const category = type.categoryOf({});
      const facts = named === undefined ? {} : Object.fromEntries(NAMES.map((name) => [name, named]));
      const decided = decideDisclosure(table, {
        recipient,
        relationships: 0,
        purposes,
        route: 'list',
        today: '2026-10-01',
        learner: { consents: [], restrictions: [], objections: [] },
        item: { type: type.short, category, source, facts },
      });
      const reach = reachOf(table, { recipient, source, purposes, kinds: [[type.short, category]] });
      seen.add(`${reach} ${decided.permit}`);
      return !decided.permit || reach === 'any' || (reach === 'named' && (named === undefined || named === recipient));
    }),
    { numRuns: 5000 },
  );
  expect([...seen].sort()).toEqual(['any true', 'named false', 'named true', 'nothing false']);
});

it.each([
  ['bct', true],
  ['lsc', true],
  ['college', true],
  ['school', true],
  ['funder', false],
  ['careers', false],
  ['nobody', false],
])('%s is barred from vacancies of some: %s', (recipient, expected) => {
  expect(isBarred(table, recipient, [['vacancy.listed', 'vacancy']])).toBe(expected);
});
