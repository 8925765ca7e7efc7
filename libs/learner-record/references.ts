// Ids in data: a new one must be new to its agency, any other must name a thing that the sender may know of.
// Ids are each agency's own, and nothing here tells apart what does not exist and what the sender may not know of.
import { accepted, ambiguous, type Contribution, type Notes, type Outcome, type Rejected, rejected } from '#contribution';
import type { AgencySlug, Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { beginningOf, idPropertyOf, type Kind, type RecordState, type Thing, thingsNamed } from './entries.ts';

/** What the sender may know of others' contributions, whatever its purpose; asked of no item recorded apart. */
export interface Knowledge {
  /** That it exists. */
  readonly mayKnow: (item: KnownItem) => boolean;
  /** Its content. */
  readonly maySee: (item: KnownItem) => boolean;
}

export interface KnownItem extends ItemFacts {
  readonly revision: Revision;
}

/** Whether what was said has effect on anybody else (W2). */
export type Counts = (said: { readonly source: AgencySlug; readonly revision: Revision }) => boolean;

/** The learner's record as the sender stands before it. */
export interface View extends Knowledge {
  readonly state: RecordState;
  readonly counts: Counts;
  /** False: nothing that others said is looked up, and what the sender is told depends on its own words alone (W2). */
  readonly mayLookUp: boolean;
}

/** What the thing that an id means has to be like. */
export type Asks = (thing: Thing) => boolean;

export const unknown = (kind: Kind): Rejected =>
  rejected(
    'unknown-reference',
    `The learner has no ${kind} with this ${idPropertyOf(kind)} that you may refer to. ` +
      `Send ${beginningOf(kind)} first, or correct the ${idPropertyOf(kind)}.`,
  );

export const taken = (kind: Kind): Rejected =>
  rejected('reference-taken', `You used this ${idPropertyOf(kind)} for another ${kind} of the learner. Give the new one an id of its own.`);

/** A day that cannot be, by what the sender itself told of the thing or may read of it. */
export const before = (field: string, first: string): Rejected => rejected('schema', `/${field}: Give a day that is not before ${first}.`);

export const asItem = ({ item, revision }: Pick<Thing, 'item' | 'revision'>): KnownItem => ({ ...item, revision });

interface Named {
  readonly id: string;
  readonly source: AgencySlug;
  readonly revision: Revision;
  readonly apart: boolean;
}

/** Which things an id may mean, and who says so. */
export interface Naming {
  readonly kind: Kind;
  readonly id: string;
  readonly sender: AgencySlug;
  /** The agency whose id it is, where the sender says so. */
  readonly of?: AgencySlug | undefined;
}

export const namingIn = (kind: Kind, id: string, { source, data }: Contribution): Naming => ({
  kind,
  id,
  sender: source,
  ...('of' in data && typeof data.of === 'string' ? { of: data.of } : {}),
});

/** Those of others that the sender may know of; what has no effect comes in only where nothing else is meant. */
const knownOthers = <One extends Named>(named: readonly One[], view: View, mayKnow: (thing: One) => boolean): readonly One[] => {
  const known = named.filter((thing) => !thing.apart && mayKnow(thing));
  const counting = known.filter((thing) => view.counts(thing));
  return counting.length > 0 ? counting : known;
};

/**
 * The thing of the agency that the sender names; else the sender's own of that id, else the only one of others that it may know of.
 * Where there are several it has to say whose: whichever were taken, an agency could draw to its own thing what was meant for another's.
 */
export const meant = <One extends Named>(
  things: readonly One[],
  naming: Naming,
  view: View,
  mayKnow: (thing: One) => boolean,
): One | Rejected => {
  const { id, sender, of = sender, kind } = naming;
  const named = things.filter((thing) => thing.id === id);
  const outright = named.find(({ source, apart }) => source === of && (!apart || of === sender));
  if (outright) return outright;
  if (naming.of !== undefined && naming.of !== sender) return unknown(kind);
  const [only, ...others] = knownOthers(named, view, mayKnow);
  if (only === undefined) return unknown(kind);
  return others.length === 0
    ? only
    : ambiguous(
        kind,
        [only, ...others].map(({ source }) => source),
      );
};

export const isRejected = (found: object): found is Rejected => 'outcome' in found;

export const noteOwner = ({ source }: Pick<Named, 'source'>, sender: AgencySlug): Notes | undefined =>
  source === sender ? undefined : { of: source };

/**
 * Accepts where the id names a thing of the sender's own, or one that it may know of. Whoever is told nothing of others is accepted in any
 * case; whose thing it meant is noted all the same, so that a careers service that is the first to stand signs off what it means to.
 */
export const refersTo = (kind: Kind, id: string, contribution: Contribution, view: View): Outcome => {
  const thing = meant(thingsNamed(view.state, kind, id), namingIn(kind, id, contribution), view, (one) => view.mayKnow(asItem(one)));
  if (!isRejected(thing)) return accepted(noteOwner(thing, contribution.source));
  return view.mayLookUp ? thing : accepted();
};

/** Rejects where any does; else the first one's acceptance, with its notes. */
export const all = (first: Outcome, ...others: readonly Outcome[]): Outcome =>
  [first, ...others].find(({ outcome }) => outcome === 'rejected') ?? first;

/** The same for an id that need not be given. */
export const mayReferTo = (kind: Kind, id: string | undefined, contribution: Contribution, view: View): Outcome =>
  id === undefined ? accepted() : refersTo(kind, id, contribution, view);

/** The same for a list of ids, each on its own. */
export const refersToAll = (kind: Kind, ids: readonly string[], contribution: Contribution, view: View): Outcome =>
  all(accepted(), ...ids.map((id) => refersTo(kind, id, contribution, view)));

/** The sender's own thing of that id; undefined: it has none. */
export const ownThing = (kind: Kind, id: string, { source }: Contribution, { state }: View): Thing | undefined =>
  thingsNamed(state, kind, id).find((thing) => thing.source === source);

/** Accepts an id that the sender has not used for such a thing of the learner. */
export const begins = (kind: Kind, id: string, contribution: Contribution, view: View): Outcome =>
  ownThing(kind, id, contribution, view) ? taken(kind) : accepted();

/** Accepts where the learner asked the sender itself: nobody answers for another. */
export const answersAsked = (kind: 'question' | 'complaint', id: string, { source }: Contribution, { state }: View): Outcome => {
  const asked = thingsNamed(state, kind, id).find((thing) => thing.item.facts['about'] === source);
  return asked ? accepted(noteOwner(asked, source)) : unknown(kind);
};
