// Questions that nearly hit a way of a flow: each part is mostly what the way asks for, so that every rule decides some cases (tests only).
import fc from 'fast-check';
import type { Role } from '#catalogue';
import type { Route } from '../decision.ts';
import { type TableAgency, officeRecipient } from '../decision-table.ts';
import type { Delivery } from '../language.ts';
import type { NamedQuestion } from './cedar-oracle.ts';
import { type WayId, translate } from './cedar-translation.ts';
import { type Vocabulary, type World, questionIn } from './worlds.ts';

interface Aim {
  readonly way: WayId;
  /** Which of the fitting agencies and items to take. */
  readonly choice: number;
  /** Parts left as they were drawn. */
  readonly missed: readonly ('item' | 'source' | 'recipient' | 'relationships' | 'purposes' | 'route')[];
}

const pick = <T>(values: readonly T[], choice: number): T | undefined => values[choice % Math.max(values.length, 1)];

const agencyIn = (agencies: readonly TableAgency[], roles: 'any' | readonly Role[], choice: number): string | undefined =>
  pick(agencies.filter((agency) => roles === 'any' || agency.roles.some((role) => roles.includes(role))), choice)?.slug;

const ROUTE: Readonly<Record<Delivery, Route>> = { 'on-request': 'learner', feed: 'feed', 'monthly-list': 'list', aggregate: 'aggregate' };

const routeOf = ({ flow, to }: WayId, choice: number): Route => {
  const route = ROUTE[pick(flow.delivery, choice) ?? 'on-request'];
  return to.relationship === undefined && route === 'learner' ? 'list' : route;
};

const itemOf = ({ share, to }: WayId, vocabulary: Vocabulary, { choice, recipient }: { choice: number; recipient: string }) => {
  const fitting = vocabulary.items.filter(
    ({ type, category }) => (share.type ?? type) === type && (share.category ?? category) === category,
  );
  const item = pick(fitting, choice) ?? vocabulary.items[0];
  if (item === undefined) throw new Error('A vocabulary needs items.');
  const facts = Object.entries(item.facts).map(([field, values]) => [field, pick(share.when?.[field] ?? values, choice) ?? ''] as const);
  return {
    type: item.type,
    category: item.category,
    facts: { ...Object.fromEntries(facts), ...(to.namedIn === undefined ? {} : { [to.namedIn]: recipient }) },
  };
};

/** The first consent is about the protocol of the way; whether it covers the rest is left to chance. */
const learnerOf = ({ learner }: NamedQuestion, { document }: WayId): NamedQuestion['learner'] => {
  const [first, ...rest] = learner.consents;
  return first === undefined ? learner : { ...learner, consents: [{ ...first, protocol: document.id }, ...rest] };
};

/** All parts as the way asks for them. */
const hit = (drawn: NamedQuestion, { way, choice }: Aim, { agencies }: World, vocabulary: Vocabulary): NamedQuestion => {
  const { share, flow, to } = way;
  const recipient = (to.office && officeRecipient(to.office)) ?? agencyIn(agencies, to.roles, choice) ?? drawn.recipient;
  const others = agencies.filter(({ slug }) => slug !== recipient);
  return {
    ...drawn,
    recipient,
    item: { ...itemOf(way, vocabulary, { choice, recipient }), source: agencyIn(others, share.from ?? flow.from, choice) ?? drawn.item.source },
    relationships: [...new Set([...drawn.relationships, ...(to.relationship ?? []).slice(0, 1)])],
    purposes: [way.purpose],
    route: routeOf(way, choice),
    learner: learnerOf(drawn, way),
  };
};

const mixed = (drawn: NamedQuestion, aimed: NamedQuestion, missed: Aim['missed']): NamedQuestion => {
  const item = missed.includes('item') ? drawn.item : aimed.item;
  const source = (missed.includes('source') ? drawn : aimed).item.source;
  const kept = Object.fromEntries(missed.filter((part) => part in drawn && part !== 'item').map((part) => [part, drawn[part as keyof NamedQuestion]]));
  return { ...aimed, ...kept, item: { ...item, source } };
};

const PARTS: readonly Aim['missed'][number][] = ['item', 'source', 'recipient', 'relationships', 'purposes', 'route'];

/** Three in four aimed at a way of the world, missing it in at most two parts; the rest drawn freely. */
export const questions = (world: World, vocabulary: Vocabulary): fc.Arbitrary<NamedQuestion> => {
  const free = questionIn(vocabulary, world.agencies);
  const aim = fc.record({
    way: fc.constantFrom(...translate(world.inForce).ways.values()),
    choice: fc.nat(1000),
    missed: fc.oneof(fc.constant([]), fc.subarray([...PARTS], { maxLength: 2 })),
  });
  const aimed = fc.tuple(free, aim).map(([drawn, one]) => mixed(drawn, hit(drawn, one, world, vocabulary), one.missed));
  return fc.oneof({ weight: 1, arbitrary: free }, { weight: 3, arbitrary: aimed });
};
