// Ids in data: a new one must be new to its agency, any other must name a thing that the sender may know of.
// Ids are each agency's own, and nothing here tells apart what does not exist and what the sender may not know of.
import { accepted, type Contribution, type Notes, type Outcome, type Rejected, rejected } from '#contribution';
import type { AgencySlug, Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import type { RecordState } from './entries.ts';
import { beginningOf, idPropertyOf, type Kind, type Thing, thingsOf } from './things.ts';

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

/** The learner's record as the sender stands before it. */
export interface View extends Knowledge {
  readonly state: RecordState;
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
  rejected(
    'reference-taken',
    `You used this ${idPropertyOf(kind)} for another ${kind} of the learner. Give the new one an id of its own.`,
  );

export const asItem = ({ item, revision }: Pick<Thing, 'item' | 'revision'>): KnownItem => ({ ...item, revision });

interface Named {
  readonly id: string;
  readonly source: AgencySlug;
  readonly apart: boolean;
}

/**
 * The sender's own thing of that id, else the one thing of others that it may know of. Where several others use the id
 * there is none: whichever were taken, an agency could draw to its own thing what was meant for another's.
 */
export const meant = <One extends Named>(
  things: readonly One[],
  id: string,
  sender: AgencySlug,
  mayKnow: (thing: One) => boolean,
): One | undefined => {
  const named = things.filter((thing) => thing.id === id);
  const own = named.find(({ source }) => source === sender);
  if (own) return own;
  const [only, ...others] = named.filter((thing) => !thing.apart && mayKnow(thing));
  return others.length === 0 ? only : undefined;
};

export const noteOwner = ({ source }: Named, sender: AgencySlug): Notes | undefined =>
  source === sender ? undefined : { of: source };

/** Accepts where the id names a thing of the sender's own, or one that it may know of. */
export const refersTo = (kind: Kind, id: string, { source }: Contribution, view: View): Outcome => {
  const thing = meant(thingsOf(view.state, kind), id, source, (one) => view.mayKnow(asItem(one)));
  return thing ? accepted(noteOwner(thing, source)) : unknown(kind);
};

/** Rejects where any does; else the first one's acceptance, with its notes. */
export const all = (first: Outcome, ...others: readonly Outcome[]): Outcome =>
  [first, ...others].find(({ outcome }) => outcome === 'rejected') ?? first;

/** The same for an id that need not be given. */
export const mayReferTo = (kind: Kind, id: string | undefined, contribution: Contribution, view: View): Outcome =>
  id === undefined ? accepted() : refersTo(kind, id, contribution, view);

/** The same for a list of ids, each on its own. */
export const refersToAll = (kind: Kind, ids: readonly string[], contribution: Contribution, view: View): Outcome =>
  ids.every((id) => refersTo(kind, id, contribution, view).outcome === 'accepted') ? accepted() : unknown(kind);

/** The sender's own thing of that id; undefined: it has none. */
export const ownThing = (kind: Kind, id: string, { source }: Contribution, { state }: View): Thing | undefined =>
  thingsOf(state, kind).find((thing) => thing.id === id && thing.source === source);

/** Accepts an id that the sender has not used for such a thing of the learner. */
export const begins = (kind: Kind, id: string, contribution: Contribution, view: View): Outcome =>
  ownThing(kind, id, contribution, view) ? taken(kind) : accepted();
