// Every combination of basis, consent, category, relationship, purpose and terms for one clause,
// against the rule written as plain conditions.
import type { Category } from '#catalogue';
import { decideDisclosure } from '../decide-disclosure.ts';
import { type ConsentTerms, type LearnerTerms, type Question, relationshipBit, RELATIONSHIPS } from '../decision.ts';
import { type DecisionTable, compileDecisionTable } from '../decision-table.ts';
import type { Basis, Flow } from '../language.ts';
import { flowWith, itemWith, partiesOf, protocolWith, questionWith } from './protocol-fixture.ts';

const BASES: readonly Basis['article6'][] = ['a', 'b', 'c', 'd', 'e', 'ea', 'f', 'none'];
const CONSENT_NEEDS: readonly Flow['consent'][] = [undefined, 'required', 'explicit'];
const SHARED: readonly Category[] = ['assessment', 'offence', 'circumstance-special'];
const CATEGORIES: readonly Category[] = [...SHARED, 'apir', 'identity', 'programme', 'review', 'leaving', 'destination', 'vacancy'];
const SERVED = ['plan-learning', 'safeguard'];
const PURPOSES: readonly Question['purposes'][] = [
  ['plan-learning'],
  ['safeguard'],
  ['plan-provision'],
  ['plan-provision', 'safeguard'],
  'any',
];
const ADMITTED = ['enrolled-with', 'adviser-for'] as const;

interface Bits {
  readonly bits: number;
  readonly admitted: boolean;
}

const NO_RELATIONSHIP: Bits = { bits: 0, admitted: false };

const RELATIONS: readonly Bits[] = [
  NO_RELATIONSHIP,
  ...RELATIONSHIPS.map((name) => ({ bits: relationshipBit(name), admitted: (ADMITTED as readonly string[]).includes(name) })),
];

const TODAY = '2026-03-01';

const given: ConsentTerms = {
  id: 'c-1',
  revision: 4,
  live: true,
  explicit: false,
  source: 'north',
  others: true,
  own: 'none',
  protocol: 'passport',
  purposes: SERVED,
  categories: SHARED,
  recipients: ['provider'],
  validFrom: '2026-01-01',
};

/** `holds`: for purposes served and categories shared; `explicit`: also where that is asked for. */
interface ConsentState {
  readonly name: string;
  readonly consents: readonly ConsentTerms[];
  readonly holds: boolean;
  readonly explicit: boolean;
  /** Not for special-category and criminal-offence data. */
  readonly personalOnly?: true;
}

const holding = (name: string, parts: Partial<ConsentTerms>, explicit = false): ConsentState => ({
  name,
  consents: [{ ...given, ...parts }],
  holds: true,
  explicit,
});

const failing = (name: string, ...parts: readonly Partial<ConsentTerms>[]): ConsentState => ({
  name,
  consents: parts.map((part) => ({ ...given, explicit: true, ...part })),
  holds: false,
  explicit: false,
});

const CONSENT_STATES: readonly ConsentState[] = [
  failing('none'),
  failing('refused, paused, withdrawn', { live: false }),
  failing('not yet begun', { validFrom: '2026-03-02' }),
  failing('expired yesterday', { expires: '2026-02-28' }),
  failing('for another protocol', { protocol: 'passport-two' }),
  failing('for its version', { protocol: 'passport@1' }),
  failing('for another purpose', { purposes: ['plan-provision', 'any'] }),
  failing('for another category', { categories: ['apir', '*'] }),
  failing('for another agency', { recipients: ['heath'] }),
  failing('for a role that the clause does not admit', { recipients: ['funder'] }),
  failing('halves of two', { purposes: [] }, { categories: [] }),
  failing('by whom does not stand', { others: false, own: 'any' }),
  failing('its own alone', { source: 'forge', own: 'none' }),
  failing("its entity's alone", { kin: ['forge'], own: 'none' }),
  { ...holding('its own with evidence', { source: 'forge', own: 'personal', others: false, explicit: true }, true), personalOnly: true },
  holding('its own, confirmed', { source: 'forge', own: 'any', others: false }),
  holding("its entity's, confirmed", { kin: ['forge', 'heath'], own: 'any', others: false }),
  holding('given', {}),
  holding('given on a signed form', { explicit: true }, true),
  holding('begins today', { validFrom: TODAY }),
  holding('expires today', { expires: TODAY, explicit: true }, true),
  holding('for the agency by name', { recipients: ['forge'] }),
];

interface TermState {
  readonly name: string;
  readonly terms: Pick<LearnerTerms, 'objections' | 'restrictions'>;
  readonly restricts: boolean;
  readonly objects: boolean;
}

const TERM_STATES: readonly TermState[] = [
  { name: 'nothing', terms: { objections: [], restrictions: [] }, restricts: false, objects: false },
  { name: 'all restricted', terms: { objections: [], restrictions: [{}] }, restricts: true, objects: false },
  {
    name: 'restricted to a role of it',
    terms: { objections: [], restrictions: [{ recipients: ['funder'] }] },
    restricts: true,
    objects: false,
  },
  {
    name: 'restricted elsewhere',
    terms: { objections: [], restrictions: [{ recipients: ['heath'] }, { categories: [] }] },
    restricts: false,
    objects: false,
  },
  { name: 'objected', terms: { objections: [{ purposes: SERVED }], restrictions: [] }, restricts: false, objects: true },
];

const tableFor = (article6: Basis['article6'], consent: Flow['consent']): DecisionTable => {
  const flow = flowWith({
    id: 'F1',
    share: SHARED.map((category) => ({ category })),
    to: [{ roles: ['provider'], relationship: ADMITTED }],
    for: SERVED,
    basis: { article6 },
    ...(consent === undefined ? {} : { consent }),
  });
  const document = protocolWith({ id: 'passport', parties: partiesOf('provider', 'funder', 'connexions'), flows: [flow] });
  return compileDecisionTable(
    [{ document, parties: ['forge', 'north'] }],
    [
      { slug: 'forge', roles: ['provider', 'funder'] },
      { slug: 'north', roles: ['connexions'] },
    ],
  );
};

interface Case {
  readonly article6: Basis['article6'];
  readonly need: Flow['consent'];
  readonly consent: ConsentState;
  readonly category: Category;
  readonly relation: Bits;
  readonly purposes: Question['purposes'];
  readonly terms: TermState;
}

const consentSuffices = ({ need, consent, category }: Case): boolean => {
  if (need === undefined) return true;
  if (consent.personalOnly === true && category !== 'assessment') return false;
  return need === 'required' ? consent.holds : consent.holds && consent.explicit;
};

const spared = (purpose: string, { terms, article6 }: Case): boolean =>
  (!terms.restricts || purpose === 'safeguard' || article6 === 'c') && (!terms.objects || article6 !== 'e');

/** The rule, condition by condition. */
const mustPermit = (one: Case): boolean =>
  SHARED.includes(one.category) &&
  one.relation.admitted &&
  consentSuffices(one) &&
  SERVED.some((purpose) => (one.purposes === 'any' || one.purposes.includes(purpose)) && spared(purpose, one));

const asked = ({ consent, category, relation, purposes, terms }: Case): Question =>
  questionWith({
    recipient: 'forge',
    item: itemWith({ type: 'thing.noted', category, source: 'north' }),
    relationships: relation.bits,
    purposes,
    learner: { consents: consent.consents, ...terms.terms },
    today: TODAY,
  });

type Part = Pick<Case, 'article6' | 'need'>;

const product = (part: Part): readonly Case[] =>
  CONSENT_STATES.flatMap((consent) =>
    CATEGORIES.flatMap((category) =>
      RELATIONS.flatMap((relation) =>
        PURPOSES.flatMap((purposes) => TERM_STATES.map((terms) => ({ ...part, consent, category, relation, purposes, terms }))),
      ),
    ),
  );

const told = ({ consent, category, relation, purposes, terms }: Case): string =>
  `${category}, relationships ${relation.bits}, for ${String(purposes)}, consent ${consent.name}, ${terms.name}`;

describe.each(BASES)('every combination on basis 6(1)(%s)', (article6) => {
  it.each(CONSENT_NEEDS)('with consent %s is as the rule says', (need) => {
    const table = tableFor(article6, need);
    const cases = product({ article6, need });
    const wrong = cases.filter((one) => decideDisclosure(table, asked(one)).permit !== mustPermit(one));
    expect(wrong.map(told)).toEqual([]);
    expect(cases.some(mustPermit)).toBe(true);
  });
});
