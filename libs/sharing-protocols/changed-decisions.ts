// Which decisions about one learner a change of terms can touch: told by two tables alone, without a look at any item (ADR 44). Pure.
import type { Category } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { ClauseName, ItemFacts, Route } from './decision.ts';
import { admits, comesFrom, type Membership, names } from './decision-table-parties.ts';
import { type Bar, fitsRoute, type Permission } from './decision-table-permissions.ts';
import { type DecisionTable, membershipOf } from './decision-table-cells.ts';
import type { Share } from './language.ts';

/** What somebody holds of a learner, as far as a change of terms asks for it. */
export interface ItemsAtHand {
  readonly sources: ReadonlySet<AgencySlug>;
  readonly categories: ReadonlySet<Category>;
}

/** Which decisions are compared. */
export interface Compared {
  /** Absent: those about one learner, `learner` and `feed`. */
  readonly routes?: readonly Route[];
  /** Absent: whatever is asked for. */
  readonly purpose?: string;
  /** A clause that says the same in another version is the same one: a decision that differs by its name alone does not count. */
  readonly whateverVersion?: true;
}

type Sources = Set<AgencySlug> | 'anybody';
type Kind = Category | 'every';

/** One share of a clause as a table has it, whatever its place there. */
interface Clause {
  readonly share: Share;
  /** In which roles one of such membership is a recipient; undefined: it is none. */
  readonly reaches: (recipient: Membership) => string | undefined;
  readonly takesFrom: (source: Membership) => boolean;
  /** Whoever told it, registered or not. */
  readonly isFromAnybody: boolean;
}

/** Agencies that have one membership in each of both tables. */
interface Alike {
  readonly before: Membership;
  readonly after: Membership;
  readonly slugs: readonly AgencySlug[];
}

/** By whom, of whose items and of which categories something may be decided otherwise on the routes about one learner. */
export class ChangedDecisions {
  readonly #sources = new Map<AgencySlug, Map<Kind, Sources>>();

  /** Whether nobody's are. */
  get isNothing(): boolean {
    return this.#sources.size === 0;
  }

  add(recipient: AgencySlug, kind: Kind, sources: Iterable<AgencySlug> | 'anybody'): void {
    const ofRecipient = this.#sources.get(recipient) ?? new Map<Kind, Sources>();
    this.#sources.set(recipient, ofRecipient);
    const known = ofRecipient.get(kind);
    ofRecipient.set(kind, known === 'anybody' || sources === 'anybody' ? 'anybody' : new Set([...(known ?? []), ...sources]));
  }

  /** The same of one item. */
  touchesItem(recipient: AgencySlug, { source, category }: Pick<ItemFacts, 'source' | 'category'>): boolean {
    const kinds = this.#sources.get(recipient);
    const isAmong = (changed: Sources | undefined): boolean =>
      changed === 'anybody' || (changed !== undefined && source !== recipient && changed.has(source));
    return kinds !== undefined && (isAmong(kinds.get('every')) || isAmong(kinds.get(category)));
  }

  /** Whether what one recipient is shown of such items may change. What it contributed itself it is always shown. */
  touches(recipient: AgencySlug, { sources, categories }: ItemsAtHand): boolean {
    const meets = (changed: Sources): boolean =>
      changed === 'anybody' || [...changed].some((source) => source !== recipient && sources.has(source));
    return [...(this.#sources.get(recipient) ?? [])].some(
      ([kind, changed]) => (kind === 'every' || categories.has(kind)) && meets(changed),
    );
  }
}

const ABOUT_ONE: readonly Route[] = ['learner', 'feed'];

/** Never less than what `decideDisclosure` decides otherwise of what is compared. */
export const changedDecisions = (before: DecisionTable, after: DecisionTable, compared: Compared = {}): ChangedDecisions => {
  const changed = new ChangedDecisions();
  const all = alikeIn(before, after);
  for (const { slugs } of all.filter(holdsOtherRoles)) for (const slug of slugs) changed.add(slug, 'every', 'anybody');
  const [old, now] = [clausesOf(before, compared), clausesOf(after, compared)];
  for (const text of new Set([...old.keys(), ...now.keys()])) noteClause(changed, all, { old: old.get(text), now: now.get(text) });
  return changed;
};

const holdsOtherRoles = ({ before, after }: Alike): boolean => before.roles.join(' ') !== after.roles.join(' ');

const alikeIn = (before: DecisionTable, after: DecisionTable): readonly Alike[] => {
  const slugs = new Set([...before.memberships.keys(), ...after.memberships.keys()]);
  const ofBoth = (slug: AgencySlug): string => `${membershipOf(before, slug).index} ${membershipOf(after, slug).index}`;
  return [...Map.groupBy(slugs, ofBoth).values()].map((alike) => {
    const [one = ''] = alike;
    return { before: membershipOf(before, one), after: membershipOf(after, one), slugs: alike };
  });
};

/** By all that the clause says: one that says anything else is another clause. */
const clausesOf = ({ permissions, bars }: DecisionTable, compared: Compared): ReadonlyMap<string, Clause> => {
  const { routes = ABOUT_ONE, purpose } = compared;
  const isCompared = (permission: Permission): boolean =>
    (purpose ?? permission.purpose) === permission.purpose && routes.some((route) => fitsRoute(permission, route));
  const nameOf = (clause: ClauseName): string => (compared.whateverVersion ? clause.replace(VERSION, '#') : clause);
  return new Map([
    ...permissions.filter(isCompared).map((one) => ofPermission(one, nameOf(one.permit.clause))),
    ...bars.map((one) => ofBar(one, nameOf(one.clause))),
  ]);
};

const VERSION = /@\d+#/;

const ofPermission = (permission: Permission, name: string): [string, Clause] => {
  const { flow, purpose, share, to, protocol } = permission;
  return [
    JSON.stringify([name, purpose, share, to, flow]),
    {
      share,
      reaches: (recipient) =>
        admits(to, recipient, protocol)
          ? (recipient.partyRoles[protocol] ?? []).filter((role) => to.roles.includes(role)).join(' ')
          : undefined,
      takesFrom: (source) => comesFrom(permission, source),
      isFromAnybody: share.merged === true,
    },
  ];
};

const ofBar = ({ prohibition, share, from }: Bar, name: string): [string, Clause] => [
  JSON.stringify([name, share, prohibition]),
  {
    share,
    reaches: ({ roles }) => (names(prohibition.to, roles) ? '' : undefined),
    takesFrom: ({ roles }) => names(from, roles),
    isFromAnybody: from === 'any',
  },
];

/** One clause, as it stands in either table. */
interface Pair {
  readonly old: Clause | undefined;
  readonly now: Clause | undefined;
}

/** A clause of one table alone, or of both with other recipients or sources. */
const noteClause = (changed: ChangedDecisions, all: readonly Alike[], pair: Pair): void => {
  const { share, isFromAnybody } = (pair.now ?? pair.old) as Clause;
  const { others, either } = sourcesOf(all, pair);
  const allSources = isFromAnybody ? 'anybody' : either;
  for (const { then, now, slugs } of recipientsOf(all, pair)) {
    const sources = then === now ? others : allSources;
    if (sources.length > 0) for (const slug of slugs) changed.add(slug, share.category ?? 'every', sources);
  }
};

/** Whom it reaches in either, and in which roles. */
const recipientsOf = (all: readonly Alike[], { old, now }: Pair) =>
  all
    .map(({ before, after, slugs }) => ({ slugs, then: old?.reaches(before), now: now?.reaches(after) }))
    .filter((one) => one.then !== undefined || one.now !== undefined);

/** Of whom one of both takes items and the other does not; of whom either does. */
const sourcesOf = (all: readonly Alike[], { old, now }: Pair) => {
  const taken = all.map(({ before, after, slugs }) => {
    const [then, later] = [old?.takesFrom(before) === true, now?.takesFrom(after) === true];
    return { slugs, differs: then !== later, isTaken: then || later };
  });
  return {
    others: taken.flatMap(({ slugs, differs }) => (differs ? slugs : [])),
    either: taken.flatMap(({ slugs, isTaken }) => (isTaken ? slugs : [])),
  };
};
