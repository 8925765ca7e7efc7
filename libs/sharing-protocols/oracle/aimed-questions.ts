// Questions that nearly hit a permission of a flow: each part is mostly what the permission asks for,
// so that every rule decides some cases (tests only).
import fc from 'fast-check';
import type { Role } from '#catalogue';
import type { Route } from '../decision.ts';
import { type TableAgency, officeRecipient } from '../decision-table.ts';
import type { Delivery, RelationshipName } from '../language.ts';
import { NO_SOURCE, type NamedQuestion } from './cedar-oracle.ts';
import { type WayId, translate } from './cedar-translation.ts';
import { type Vocabulary, type World, questionIn } from './worlds.ts';

interface Aim {
  readonly permission: WayId;
  /** Which of the fitting agencies and items to take. */
  readonly choice: number;
  /** Parts left as they were drawn. */
  readonly missed: readonly ('item' | 'source' | 'recipient' | 'relationships' | 'purposes' | 'route')[];
}

const pick = <T>(values: readonly T[], choice: number): T | undefined => values[choice % Math.max(values.length, 1)];

const agencyIn = (agencies: readonly TableAgency[], roles: 'any' | readonly Role[], choice: number): string | undefined =>
  pick(
    agencies.filter((agency) => roles === 'any' || agency.roles.some((role) => roles.includes(role))),
    choice,
  )?.slug;

const ROUTE: Readonly<Record<Delivery, Route>> = { 'on-request': 'learner', feed: 'feed', 'monthly-list': 'list', aggregate: 'aggregate' };

const tiesOf = (share: WayId['share'], to: WayId['to']): readonly RelationshipName[] => share.relationship ?? to.relationship ?? [];

const routeOf = ({ flow, share, to }: WayId, choice: number): Route => {
  const route = ROUTE[pick(flow.delivery, choice) ?? 'on-request'];
  return tiesOf(share, to).length === 0 && route === 'learner' ? 'list' : route;
};

const namingIn = (field: string | undefined, recipient: string) => (field === undefined ? {} : { [field]: recipient });

const tiedAs = ({ answers, since }: WayId['to'], recipient: string, choice: number) => ({
  ...(answers === undefined ? {} : { answers: recipient }),
  ...(since === undefined ? {} : { begun: choice % 3 ? '2026-03-01' : '2026-02-27' }),
});

const itemOf = ({ flow, share, to }: WayId, vocabulary: Vocabulary, { choice, recipient }: { choice: number; recipient: string }) => {
  const fitting = vocabulary.items.filter(
    ({ type, category }) =>
      (share.type ?? type) === type &&
      (share.category ?? category) === category &&
      (share.merged === true) === (type === 'learner.identity'),
  );
  const item = pick(fitting, choice) ?? vocabulary.items[0];
  if (item === undefined) throw new Error('A vocabulary needs items.');
  const facts = Object.entries(item.facts).map(([field, values]) => [field, pick(share.when?.[field] ?? values, choice) ?? ''] as const);
  return {
    type: item.type,
    category: item.category,
    facts: {
      ...Object.fromEntries(facts),
      ...namingIn(to.namedIn, recipient),
      ...namingIn(choice % 2 ? to.namedInWherePresent : undefined, recipient),
    },
    ...tiedAs(to, recipient, choice),
    ...(flow.unconfirmed === true && choice % 2 ? { confirmed: false } : {}),
  };
};

/**
 * The first consent is about the protocol of the permission; whether it covers the rest is left to chance, or every other time it is not.
 */
const learnerOf = (
  { learner }: NamedQuestion,
  { document, purpose }: WayId,
  choice: number,
  category: string,
): NamedQuestion['learner'] => {
  const [first, ...rest] = learner.consents;
  if (first === undefined) return learner;
  const covering = choice % 2 ? { purposes: [purpose], categories: [category] } : {};
  return { ...learner, consents: [{ ...first, ...covering, protocol: document.id }, ...rest] };
};

/** All parts as the permission asks for them. */
const hit = (drawn: NamedQuestion, { permission, choice }: Aim, { agencies }: World, vocabulary: Vocabulary): NamedQuestion => {
  const { share, flow, to } = permission;
  const recipient = (to.office && officeRecipient(to.office)) ?? agencyIn(agencies, to.roles, choice) ?? drawn.recipient;
  const others = agencies.filter(({ slug, roles }) => slug !== recipient && !roles.some((role) => to.notFrom?.includes(role)));
  const source = share.merged === true ? NO_SOURCE : (agencyIn(others, share.from ?? flow.from, choice) ?? drawn.item.source);
  const item = { ...itemOf(permission, vocabulary, { choice, recipient }), source };
  return {
    ...drawn,
    recipient,
    item,
    ...(to.since === undefined ? {} : { referred: new Map([[source, '2026-02-28']]) }),
    relationships: [...new Set([...drawn.relationships, ...tiesOf(share, to).slice(0, 1)])],
    purposes: [permission.purpose],
    route: routeOf(permission, choice),
    learner: learnerOf(drawn, permission, choice, item.category),
  };
};

const mixed = (drawn: NamedQuestion, aimed: NamedQuestion, missed: Aim['missed']): NamedQuestion => {
  const item = missed.includes('item') ? drawn.item : aimed.item;
  const source = (missed.includes('source') ? drawn : aimed).item.source;
  const kept = Object.fromEntries(
    missed.filter((part) => part in drawn && part !== 'item').map((part) => [part, drawn[part as keyof NamedQuestion]]),
  );
  return { ...aimed, ...kept, item: { ...item, source } };
};

const PARTS: readonly Aim['missed'][number][] = ['item', 'source', 'recipient', 'relationships', 'purposes', 'route'];

/** Permissions by clause, so that a clause of many shares is aimed at no more often than others. */
const clausesOf = ({ inForce }: World): readonly (readonly WayId[])[] => [
  ...Map.groupBy(translate(inForce).permissions.values(), ({ flow }) => flow).values(),
];

/** Three in four aimed at a permission of the world, missing it in at most two parts; the rest drawn freely. */
export const questions = (world: World, vocabulary: Vocabulary): fc.Arbitrary<NamedQuestion> => {
  const free = questionIn(vocabulary, world.agencies);
  const aim = fc.record({
    permission: fc.constantFrom(...clausesOf(world)).chain((permissions) => fc.constantFrom(...permissions)),
    choice: fc.nat(1000),
    missed: fc.oneof(fc.constant([]), fc.subarray([...PARTS], { maxLength: 2 })),
  });
  const aimed = fc.tuple(free, aim).map(([drawn, one]) => mixed(drawn, hit(drawn, one, world, vocabulary), one.missed));
  return fc.oneof({ weight: 1, arbitrary: free }, { weight: 3, arbitrary: aimed });
};
