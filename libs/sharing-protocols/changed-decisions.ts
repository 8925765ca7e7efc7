// Which decisions about one learner a change of terms can touch: told by two tables alone, without a look at any item (ADR 44). Pure.
import type { Category } from '#catalogue';
import type { AgencySlug } from '#kernel';
import { admits, comesFrom, type Membership, names } from './decision-table-parties.ts';
import { type Bar, fitsRoute, type Permission } from './decision-table-permissions.ts';
import { type DecisionTable, membershipOf } from './decision-table-cells.ts';
import type { Share } from './language.ts';

/** What somebody holds of a learner, as far as a change of terms asks for it. */
export interface ItemsAtHand {
  readonly sources: ReadonlySet<AgencySlug>;
  readonly categories: ReadonlySet<Category>;
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

  /** Whether what one recipient is shown of such items may change. What it contributed itself it is always shown. */
  touches(recipient: AgencySlug, { sources, categories }: ItemsAtHand): boolean {
    const meets = (changed: Sources): boolean =>
      changed === 'anybody' || [...changed].some((source) => source !== recipient && sources.has(source));
    return [...(this.#sources.get(recipient) ?? [])].some(
      ([kind, changed]) => (kind === 'every' || categories.has(kind)) && meets(changed),
    );
  }
}

/** Never less than what `decideDisclosure` decides otherwise by the routes `learner` and `feed`. */
export const changedDecisions = (before: DecisionTable, after: DecisionTable): ChangedDecisions => {
  const changed = new ChangedDecisions();
  const all = alikeIn(before, after);
  for (const { slugs } of all.filter(holdsOtherRoles)) for (const slug of slugs) changed.add(slug, 'every', 'anybody');
  const [old, now] = [clausesOf(before), clausesOf(after)];
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
const clausesOf = ({ permissions, bars }: DecisionTable): ReadonlyMap<string, Clause> =>
  new Map([...permissions.filter(isAboutOne).map(ofPermission), ...bars.map(ofBar)]);

const isAboutOne = (permission: Permission): boolean => fitsRoute(permission, 'feed') || fitsRoute(permission, 'learner');

const ofPermission = (permission: Permission): [string, Clause] => {
  const { permit, flow, purpose, share, to, protocol } = permission;
  return [
    JSON.stringify([permit.clause, purpose, share, to, flow]),
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

const ofBar = ({ clause, prohibition, share, from }: Bar): [string, Clause] => [
  JSON.stringify([clause, share, prohibition]),
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
