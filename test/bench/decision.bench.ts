// Goal P3: a decision against a bare Map look-up with a bit test on the same questions in the same run, and its independence of size.
import {
  type ConsentTerms,
  type DecisionTable,
  type Flow,
  type ProtocolDocument,
  type ProtocolInForce,
  type Question,
  type Share,
  type TableAgency,
  RELATIONSHIPS,
  applyFields,
  compileDecisionTable,
  decideDisclosure,
  relationshipBit,
  relationshipBits,
  shippedProtocols,
} from '#sharing-protocols';
import { Chance } from './chance.ts';

export interface Row {
  readonly goal: 'P3';
  readonly name: string;
  readonly limit: number;
  readonly ours: number;
  readonly ratio: number;
  /** Least ratio that reaches the goal. */
  readonly target: number;
  readonly unit: string;
}

const QUESTIONS = 100_000;
const ROUNDS = 11;
const TODAY = '2026-03-01';

const AGENCIES: readonly TableAgency[] = [
  { slug: 'connexions-north', roles: ['connexions'] },
  { slug: 'black-country-training', roles: ['provider'] },
  { slug: 'heath-town-skills', roles: ['provider'] },
  { slug: 'st-chads-school', roles: ['school'] },
  { slug: 'wulfrun-college', roles: ['college'] },
  { slug: 'city-yot', roles: ['yot'] },
  { slug: 'jobcentre-wv', roles: ['jobcentre'] },
  { slug: 'lsc-black-country', roles: ['funder'] },
  { slug: 'wolverhampton-council', roles: ['local-authority'] },
  { slug: 'ebp-black-country', roles: ['ebp'] },
  { slug: 'childrens-services', roles: ['social-services'] },
];

type Kind = Omit<Question['item'], 'source'>;

const kind = (type: string, category: Kind['category'], facts: Kind['facts'] = {}): Kind => ({ type, category, facts });

const KINDS: readonly Kind[] = [
  kind('learner.registered', 'identity'),
  kind('referral.made', 'referral', { to: 'black-country-training', route: 'connexions' }),
  kind('assessment.recorded', 'assessment', { framework: 'initial' }),
  kind('assessment.recorded', 'apir', { framework: 'apir' }),
  kind('circumstance.noted', 'circumstance', { kind: 'housing' }),
  kind('offence.noted', 'offence'),
  kind('programme.started', 'programme', { kind: 'e2e' }),
  kind('review.held', 'review'),
  kind('achievement.recorded', 'achievement'),
  kind('programme.left-early', 'leaving', { reason: 'personal' }),
  kind('offer.made', 'offer'),
];

const consentsOf = (chance: Chance, n: number): readonly ConsentTerms[] =>
  chance.bool(0.3)
    ? []
    : [
        {
          id: `c-${n}`,
          revision: 3,
          live: chance.bool(0.85),
          explicit: chance.bool(0.5),
          ...{ source: 'connexions-north', others: true, own: 'personal' as const },
          protocol: 'e2e-passport',
          purposes: ['plan-learning', 'support-learner'],
          categories: ['assessment', 'programme', 'review', 'achievement'],
          recipients: ['connexions', 'provider', 'college'],
          validFrom: '2026-01-01',
          ...(chance.bool(0.5) ? { expires: '2026-12-31' } : {}),
        },
      ];

/** One in a hundred asked for a restriction. */
const learnersOf = (chance: Chance, count: number): readonly Question['learner'][] =>
  Array.from({ length: count }, (_, n) => ({
    consents: consentsOf(chance, n),
    objections: [],
    restrictions: chance.bool(0.01) ? [{ categories: ['review'] }] : [],
  }));

const holders = (roles: 'any' | readonly string[]): readonly TableAgency[] =>
  roles === 'any' ? AGENCIES : AGENCIES.filter((agency) => agency.roles.some((role) => roles.includes(role)));

const covers = (share: Share, { type, category }: Kind): boolean =>
  (share.category ?? category) === category && (share.type ?? type) === type;

interface Aim {
  readonly flow: Flow;
  readonly to: Flow['to'][number];
  readonly share: Share;
  readonly item: Kind;
}

/** The ways in which shipped clauses disclose something of a learner. */
const aimsOf = (documents: readonly ProtocolDocument[]): readonly Aim[] =>
  documents
    .flatMap(({ flows }) => flows.flatMap((flow) => flow.share.flatMap((share) => flow.to.map((to) => ({ flow, share, to })))))
    .flatMap((way) => KINDS.filter((item) => covers(way.share, item)).map((item) => ({ ...way, item })))
    .filter(({ to, flow, share }) => to.relationship && holders(to.roles).length > 0 && holders(share.from ?? flow.from).length > 0);

/** Learner routes, aimed at a clause; each part misses it now and then. */
const questionsOf = (documents: readonly ProtocolDocument[], learners: readonly Question['learner'][]): readonly Question[] => {
  const chance = new Chance(7);
  const aims = aimsOf(documents);
  const mostly = <T>(aimed: readonly T[], all: readonly T[]): T => chance.pick(chance.bool(0.9) ? aimed : all);
  return Array.from({ length: QUESTIONS }, () => {
    const { flow, share, to, item } = chance.pick(aims);
    return {
      recipient: mostly(holders(to.roles), AGENCIES).slug,
      relationships: relationshipBits([mostly(to.relationship ?? [], RELATIONSHIPS), chance.pick(RELATIONSHIPS)]),
      item: { ...item, source: mostly(holders(share.from ?? flow.from), AGENCIES).slug },
      purposes: [mostly(flow.for, ['plan-learning', 'support-learner'])],
      route: 'learner' as const,
      learner: chance.pick(learners),
      today: TODAY,
    };
  });
};

const tableOf = (documents: readonly ProtocolDocument[], agencies: readonly TableAgency[] = AGENCIES): DecisionTable => {
  const parties = agencies.map(({ slug }) => slug);
  return compileDecisionTable(
    documents.map((document): ProtocolInForce => ({ document, parties })),
    agencies,
  );
};

const DATA = { assessmentId: 'a-1', framework: 'initial', domain: 'literacy', localId: 'x-1', uln: '9276308686', note: 'Text.' };

type Work = () => number;

const decisions =
  (table: DecisionTable, questions: readonly Question[]): Work =>
  () =>
    questions.reduce((permits, question) => permits + Number(decideDisclosure(table, question).permit), 0);

const decisionsWithFields =
  (table: DecisionTable, questions: readonly Question[]): Work =>
  () => {
    let fields = 0;
    for (const question of questions) {
      const decision = decideDisclosure(table, question);
      if (decision.permit && applyFields(decision.fields, decision.level, DATA, { supplied: [] }).domain) fields++;
    }
    return fields;
  };

/** The limit: one Map, its key made of what every decision must look at, and one bit test. */
const bareLookUps = (questions: readonly Question[]): Work => {
  const masks = new Map<string, number>();
  const keyOf = ({ recipient, item, purposes }: Question): string => `${recipient} ${item.type} ${item.category} ${String(purposes[0])}`;
  for (const question of questions) masks.set(keyOf(question), relationshipBit('enrolled-with') | relationshipBit('adviser-for'));
  return () => {
    let permits = 0;
    for (const question of questions) if (((masks.get(keyOf(question)) ?? 0) & question.relationships) !== 0) permits++;
    return permits;
  };
};

const timed = (work: Work): number => {
  const began = performance.now();
  if (work() < 0) throw new Error('Unreachable: the count keeps the work alive.');
  return QUESTIONS / ((performance.now() - began) / 1000);
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Rates {
  readonly limit: number;
  readonly ours: number;
  readonly ratio: number;
}

/** Rates in turn and the ratio round by round, so that noise of the machine meets both alike; the first round warms up. */
const compare = (limit: Work, ours: Work): Rates => {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({ limit: timed(limit), ours: timed(ours) })).slice(1);
  return {
    limit: median(rounds.map((round) => round.limit)),
    ours: median(rounds.map((round) => round.ours)),
    ratio: median(rounds.map((round) => round.ours / round.limit)),
  };
};

const row = (name: string, target: number, { limit, ours, ratio }: Rates): Row => ({
  goal: 'P3',
  name,
  limit: Math.round(limit),
  ours: Math.round(ours),
  ratio: Number(ratio.toFixed(2)),
  target,
  unit: 'decisions/s',
});

const LEAST_RATE = 500_000;

const copies = (documents: readonly ProtocolDocument[], count: number): readonly ProtocolDocument[] =>
  Array.from({ length: count }, (_, n) =>
    documents.map((document) => (n === 0 ? document : { ...document, id: `${document.id}-copy-${n}` })),
  ).flat();

const manyAgencies = (count: number): readonly TableAgency[] =>
  Array.from({ length: count }, (_, n) => AGENCIES.map(({ slug, roles }) => ({ slug: n === 0 ? slug : `${slug}-${n}`, roles }))).flat();

/** The rows of goal P3. */
export const decisionBench = async (): Promise<readonly Row[]> => {
  const documents = shippedProtocols();
  const table = tableOf(documents);
  const few = questionsOf(documents, learnersOf(new Chance(1), 100));
  const many = questionsOf(documents, learnersOf(new Chance(1), 100_000));
  const ours = decisions(table, few);
  const againstMap = compare(bareLookUps(few), ours);
  return [
    row('decision, of Map + bit test', 0.4, againstMap),
    row('decision, of 500k/s', 1, { limit: LEAST_RATE, ours: againstMap.ours, ratio: againstMap.ours / LEAST_RATE }),
    row('decision and fields, of Map + bit test', 0.4, compare(bareLookUps(few), decisionsWithFields(table, few))),
    row('50 copies of every protocol, of 1', 0.8, compare(ours, decisions(tableOf(copies(documents, 50)), few))),
    row('1,100 agencies, of 11', 0.8, compare(ours, decisions(tableOf(documents, manyAgencies(100)), few))),
    row('100,000 learners, of 100', 0.6, compare(ours, decisions(table, many))),
  ];
};
