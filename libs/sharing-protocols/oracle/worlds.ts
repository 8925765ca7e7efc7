// Generated protocols, agencies and questions (tests only): a small vocabulary, so that rules meet often.
import fc from 'fast-check';
import type { Category, Role } from '#catalogue';
import { type ConsentTerms, type LearnerTerms, RELATIONSHIPS, type Route, type Scope } from '../decision.ts';
import { type ProtocolInForce, type TableAgency, officeRecipient } from '../decision-table.ts';
import type { Basis, Delivery, Fields, Flow, Prohibition, ProtocolDocument, RelationshipName, Share, To } from '../language.ts';
import { compact, most, optional, rarely, seldom, some, TRUE } from './arbitraries.ts';
import { NO_SOURCE, type NamedQuestion, POSTS, UNKNOWN_AGENCY } from './cedar-oracle.ts';
import { SLOTS } from './cedar-translation.ts';
import { partiesOf, protocolWith } from './protocol-fixture.ts';

export interface World {
  readonly inForce: readonly ProtocolInForce[];
  readonly agencies: readonly TableAgency[];
}

/** What a world's questions are made of. */
export interface Vocabulary {
  readonly items: readonly {
    readonly type: string;
    readonly category: Category;
    readonly facts: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly purposes: readonly string[];
  readonly protocols: readonly string[];
}

const ROLES: readonly Role[] = ['connexions', 'provider', 'college', 'yot', 'funder'];
const SLUGS = ['north', 'forge', 'heath', 'wulfrun', 'city'] as const;
const IDS = ['alpha', 'beta', 'gamma'];
/** Six fields: `only` names at most three of them and `except` at most two, so that the number shown tells clauses apart. */
const FIELDS = ['a', 'b', 'c', 'd', 'e', 'f'];

export const SMALL: Vocabulary = {
  items: [
    { type: 'assessment.recorded', category: 'assessment', facts: { framework: ['initial', 'screening'] } },
    { type: 'assessment.recorded', category: 'apir', facts: { framework: ['apir'] } },
    { type: 'referral.made', category: 'referral', facts: { to: [...SLUGS] } },
    { type: 'offence.noted', category: 'offence', facts: { order: ['issp', 'none'] } },
    { type: 'learner.registered', category: 'identity', facts: {} },
    { type: 'learner.identity', category: 'identity', facts: {} },
  ],
  purposes: ['plan-learning', 'support-learner', 'safeguard'],
  protocols: IDS,
};

const from: fc.Arbitrary<'any' | Role[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('any' as const) },
  { weight: 1, arbitrary: some(ROLES, 3) },
);

const fields: fc.Arbitrary<Fields> = fc.oneof(
  fc.constant({}),
  fc.record({ only: some(FIELDS, 3) }),
  fc.record({ except: some(FIELDS, 2) }),
  fc.constant({ coarsen: { a: 'reason-groups' as const } }),
  fc.constant({ only: ['a', 'b'], entries: { b: { by: 'code', except: ['x'] } } }),
);

const level = fc.constantFrom('full' as const, 'summary' as const, 'existence' as const);

const shareOf = ({ category, type, facts }: Vocabulary['items'][number]): fc.Arbitrary<Share> => {
  const [field, values] = Object.entries(facts)[0] ?? ['none', []];
  return fc
    .record({
      subject: fc.constantFrom({ category }, { type }, { category, type }),
      when: (values.length === 0 ? fc.constant(undefined) : seldom(some(values), 3)).map((one) =>
        one === undefined ? undefined : { [field]: one },
      ),
      level: optional(level),
      fields: optional(fields),
      from: fc.constantFrom(undefined, undefined, 'any' as const, ['provider' as const]),
      relationship: seldom(some(RELATIONSHIPS, 3), 6),
      consent: seldom(fc.constantFrom('required' as const, 'explicit' as const), 6),
      sensitive: seldom(TRUE, 6),
    })
    .map(({ subject, ...rest }) => compact({ ...subject, ...rest }) as Share);
};

const mergedShare: fc.Arbitrary<Share> = fc
  .record({ level: optional(level), fields: optional(fields), relationship: seldom(some(RELATIONSHIPS, 3), 6) })
  .map((parts) => compact({ category: 'identity', merged: true, ...parts }) as Share);

const share = fc.constantFrom(...SMALL.items).chain((item) => (item.type === 'learner.identity' ? mergedShare : shareOf(item)));

const toAgencies: fc.Arbitrary<To> = fc
  .record({
    roles: most(ROLES),
    relationship: optional(some(RELATIONSHIPS), 2),
    namedIn: seldom(fc.constant('to'), 7),
    namedInWherePresent: seldom(fc.constant('to'), 7),
    answers: seldom(fc.constant('own'), 8),
    since: seldom(fc.constant('referral'), 8),
    notFrom: seldom(some(ROLES, 2), 6),
    except: seldom(some(FIELDS, 1), 6),
    disguise: seldom(fc.constant<Role[]>(['yot']), 6),
    ownChoice: seldom(TRUE, 6),
    withoutIdentity: optional(fc.constant(true)),
  })
  .map((value) => compact(value) as To);

const to: fc.Arbitrary<To> = fc.oneof(
  { weight: 12, arbitrary: toAgencies },
  { weight: 1, arbitrary: fc.constantFrom(...POSTS).map((office): To => ({ roles: [], office })) },
);

const basis: fc.Arbitrary<Basis> = fc.constantFrom('a', 'c', 'e', 'e', 'e', 'none').map((article6) => ({ article6 }));

const delivery = most<Delivery>(['on-request', 'feed', 'monthly-list', 'aggregate']);

const flow = (id: string): fc.Arbitrary<Flow> =>
  fc
    .record({
      share: fc.array(share, { minLength: 1, maxLength: 3 }),
      level,
      fields: optional(fields),
      from,
      to: fc.array(to, { minLength: 1, maxLength: 2 }),
      for: fc.subarray([...SMALL.purposes], { minLength: 1, maxLength: 2 }),
      basis,
      consent: fc.constantFrom(undefined, undefined, 'required' as const, 'required' as const, 'explicit' as const),
      unconfirmed: seldom(TRUE, 4),
      delivery,
    })
    .map((parts) => compact({ id, says: id, retention: 'P1Y', ...parts }) as Flow);

const prohibition: fc.Arbitrary<Prohibition> = fc
  .record({ share: fc.array(share, { minLength: 1, maxLength: 2 }), from, to: some(ROLES, 1), aggregates: optional(fc.constant(true)) })
  .map((parts) => compact({ id: 'NEVER', says: 'Never.', ...parts }) as Prohibition);

const document = (id: string): fc.Arbitrary<ProtocolDocument> =>
  fc
    .record({
      flows: fc.tuple(flow('F1'), flow('F2'), flow('F3')),
      prohibitions: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: prohibition.map((one) => [one]) }),
      parties: fc.oneof(
        { weight: 9, arbitrary: fc.constant(partiesOf(...ROLES)) },
        { weight: 1, arbitrary: some(ROLES).map((roles) => partiesOf(...roles)) },
      ),
    })
    .map((parts) => protocolWith({ id, ...parts }));

const parties = fc.oneof(
  { weight: 9, arbitrary: fc.constant<string[]>([...SLUGS]) },
  { weight: 1, arbitrary: fc.subarray<string>([...SLUGS]) },
);

const inForce = fc
  .shuffledSubarray(IDS, { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.record({ document: document(id), parties }))));

const agencies: fc.Arbitrary<TableAgency[]> = fc.tuple(...SLUGS.map((slug) => some(ROLES, 2).map((roles) => ({ slug, roles }))));

/** One to three protocols of three flows among five agencies, some with two roles, some no party. */
export const world: fc.Arbitrary<World> = fc.record({ inForce, agencies });

const date = fc.constantFrom('2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02');

const consent = (
  { protocols, purposes, items }: Vocabulary,
  slugs: readonly string[],
  roles: readonly string[],
): fc.Arbitrary<ConsentTerms> =>
  fc
    .record({
      id: fc.constantFrom('c1', 'c2', 'c3'),
      revision: fc.nat(5),
      live: fc.constantFrom(true, true, true, false),
      explicit: fc.constantFrom(true, true, false),
      source: fc.constantFrom(...slugs),
      others: fc.constantFrom(true, true, true, false),
      own: fc.constantFrom('none' as const, 'personal' as const, 'any' as const),
      kin: seldom(some(slugs, 2), 4),
      protocol: fc.constantFrom(...protocols),
      purposes: most(purposes),
      categories: most(items.map(({ category }) => category)),
      recipients: most([...slugs, ...roles]),
      validFrom: fc.constantFrom('2026-02-27', '2026-02-28', '2026-03-01'),
      expires: optional(date, 3),
    })
    .map((value) => compact(value) as ConsentTerms);

const scope = ({ purposes, items }: Vocabulary, recipients: readonly string[]): fc.Arbitrary<Scope> =>
  fc
    .record({
      categories: optional(
        some(
          items.map(({ category }) => category),
          2,
        ),
      ),
      purposes: optional(some(purposes, 2)),
      recipients: optional(some(recipients, 3)),
    })
    .map((value) => compact(value) as Scope);

const upToSlots = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: SLOTS });
const learner = (vocabulary: Vocabulary, slugs: readonly string[], roles: readonly string[]): fc.Arbitrary<LearnerTerms> =>
  fc.record({
    consents: upToSlots(consent(vocabulary, slugs, roles)),
    restrictions: rarely(upToSlots(scope(vocabulary, [...slugs, ...roles]))),
    objections: rarely(upToSlots(scope(vocabulary, [...slugs, ...roles]))),
  });

const item = ({ items }: Vocabulary, sources: readonly string[]): fc.Arbitrary<NamedQuestion['item']> =>
  fc.constantFrom(...items).chain(({ type, category, facts }) =>
    fc
      .record({
        type: fc.constant(type),
        category: fc.constant(category),
        source: type === 'learner.identity' ? fc.constant(NO_SOURCE) : fc.constantFrom(...sources),
        facts: fc.record(Object.fromEntries(Object.entries(facts).map(([field, values]) => [field, fc.constantFrom(...values)])), {
          requiredKeys: [],
        }),
        confirmed: seldom(fc.boolean(), 4),
        answers: seldom(fc.constantFrom(...sources), 3),
        begun: optional(date),
      })
      .map((value) => compact(value) as NamedQuestion['item']),
  );

const referred = (slugs: readonly string[]): fc.Arbitrary<ReadonlyMap<string, string> | undefined> =>
  optional(
    fc.array(fc.tuple(fc.constantFrom(...slugs), date), { maxLength: 3 }).map((days) => new Map(days)),
    4,
  );

/** Questions in a world: every route, one or several purposes or any, relationships and terms of all sorts. */
export const questionIn = (vocabulary: Vocabulary, known: readonly TableAgency[]): fc.Arbitrary<NamedQuestion> => {
  const slugs = known.map(({ slug }) => slug);
  const everybody = [...slugs, ...slugs, ...slugs, ...slugs, ...POSTS.slice(0, 2).map(officeRecipient), UNKNOWN_AGENCY];
  const roles = [...new Set(known.flatMap((agency) => agency.roles))];
  const parts = {
    recipient: fc.constantFrom(...everybody),
    relationships: fc.subarray<RelationshipName>([...RELATIONSHIPS], { maxLength: 5 }),
    item: item(vocabulary, everybody),
    purposes: fc.oneof({ weight: 1, arbitrary: fc.constant('any' as const) }, { weight: 5, arbitrary: some(vocabulary.purposes, 3) }),
    route: fc.constantFrom<Route[]>('learner', 'learner', 'feed', 'list', 'aggregate'),
    learner: learner(vocabulary, slugs, roles),
    today: fc.constantFrom('2026-02-28', '2026-03-01'),
  };
  return fc.record({ ...parts, referred: referred(slugs) }).map((value) => compact(value) as NamedQuestion);
};
