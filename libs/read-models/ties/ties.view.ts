// Who has to do with whom, and where each learner may live: from it those are proposed who may wait for a voucher. It proposes alone:
// what stands and counts, the learner's own file says.
import { placeOf } from '#agencies';
import { type AgencySlug, DATA_MANAGER } from '#kernel';
import { ERASED, erasureIn, isMergeEvent, LEARNER_MERGED, learnerOfStream, type Merged, readClear, type TieKind } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

/** Agencies that said something about a learner, or that somebody named. */
export const parties = table({
  name: 'tie_parties',
  columns: {
    learner: 'text',
    agency: 'text',
    /** Of what makes the row; erased with it. */
    category: 'text',
    /** When the first of it was recorded. */
    since: 'integer',
  },
  key: ['learner', 'agency', 'category'],
  merge: { since: 'min' },
  indexes: [['agency', 'learner']],
});

/** Outward codes that anybody stated, whether it moved the learner or not. */
export const places = table({
  name: 'tie_places',
  columns: { learner: 'text', outward: 'text' },
  key: ['learner', 'outward'],
  indexes: [['outward', 'learner']],
});

/**
 * What an agency said of itself: that a learner lives in its area, or that it advises one. Those alone are proposed to whoever looks for
 * claims that nobody vouched for; a claim of which its learner's stream notes that it had a ground is none.
 */
export const claims = table({
  name: 'tie_claims',
  columns: {
    kind: 'text',
    /** Of the event. */
    position: 'integer',
    learner: 'text',
    agency: 'text',
    category: 'text',
    /** Of the event, in the learner's stream. */
    revision: 'integer',
    /** Of where the learner lives by it; empty of others. */
    outward: 'text',
    since: 'integer',
  },
  // What was claimed of a learner before is looked for with each statement: by the learner, since there are as many claims of a kind as
  // learners.
  key: ['learner', 'kind', 'position'],
  indexes: [['kind', 'position']],
});

/** Records that are one person's, each by the record that goes on, as the data manager's merges tell (ADR 45). */
export const persons = table({
  name: 'tie_persons',
  columns: {
    learner: 'text',
    /** By whose merge: that learner's record rests. */
    merged: 'text',
    person: 'text',
  },
  key: ['learner', 'merged'],
  indexes: [['person', 'learner']],
});

/** Have no tie of their own with anybody. */
const OTHERS: readonly string[] = ['broker', DATA_MANAGER];
const IDENTITY = 'identity';
const REFERRED = 'uk.concordat.referral.made.v1';
const STARTED = 'uk.concordat.programme.started.v1';
const APPLIED = 'uk.concordat.application.submitted.v1';
/** The one thing that the data manager says of a learner as agencies do. */
const CONFIRMED = 'uk.concordat.tie.confirmed.v1';
const ASSIGNED = 'uk.concordat.learner.adviser-assigned.v1';
const ADVISES: TieKind = 'adviser-unconfirmed';
const LIVES_THERE: TieKind = 'residence-unconfirmed';

type Data = Readonly<Record<string, unknown>>;

/** The agencies that an event brings to the learner. */
const NAMED: ReadonlyMap<string, (data: Data) => readonly unknown[]> = new Map([
  [REFERRED, ({ to }: Data) => [to]],
  [STARTED, ({ deliveredAt }: Data) => [deliveredAt]],
  [APPLIED, ({ choices }: Data) => (Array.isArray(choices) ? choices.map((choice: { readonly agency?: unknown }) => choice.agency) : [])],
]);

interface Spoken {
  readonly learner: string;
  readonly category: string;
}

const told = (event: ProjectedEvent, rows: RowWriter, { learner, category }: Spoken): void => {
  const { type, meta, recordedAt: since } = event.recorded;
  const add = (agency: AgencySlug): void => rows.merge(parties, { learner, agency, category, since });
  add(meta.actor);
  for (const agency of NAMED.get(type)?.(dataOf(event)) ?? []) if (typeof agency === 'string') add(agency);
  if (category === IDENTITY) addPlace(event, rows, { learner, category });
  if (type === ASSIGNED) addClaim(event, rows, { learner, category, kind: ADVISES });
};

/** Whose claim to advise had a ground is noted with the event that found it. */
const dropGrounded = (event: ProjectedEvent, rows: RowWriter, learner: string): void => {
  for (const revision of event.open()?.header.notes?.effects?.advisers ?? []) rows.remove(claims, { learner, kind: ADVISES, revision });
};

const addPlace = (event: ProjectedEvent, rows: RowWriter, { learner, category }: Spoken): void => {
  const { postcode } = dataOf(event);
  const outward = typeof postcode === 'string' ? placeOf(postcode)?.outward : undefined;
  if (outward === undefined) return;
  rows.put(places, { learner, outward });
  // What it said before of where the learner lives is over.
  rows.remove(claims, { learner, kind: LIVES_THERE, agency: event.recorded.meta.actor });
  addClaim(event, rows, { learner, category, kind: LIVES_THERE, outward });
};

interface Claimed extends Spoken {
  readonly kind: TieKind;
  readonly outward?: string;
}

const addClaim = ({ recorded }: ProjectedEvent, rows: RowWriter, { outward = '', ...claimed }: Claimed): void => {
  const { position, revision, meta, recordedAt: since } = recorded;
  rows.put(claims, { ...claimed, outward, position, agency: meta.actor, revision, since });
};

const dataOf = (event: ProjectedEvent): Data => event.open()?.event?.data ?? {};

/** Told in the streams of both; once they are two again, nothing of it is left. */
const unite = ({ recorded: { type, payload } }: ProjectedEvent, rows: RowWriter, learner: string): void => {
  const { into: person, merged } = readClear<Merged>(payload);
  if (type === LEARNER_MERGED) rows.put(persons, { learner, merged, person });
  else rows.remove(persons, { learner, merged });
};

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const erasure = erasureIn(event.recorded);
  if (!erasure) return;
  rows.remove(parties, erasure);
  rows.remove(claims, erasure);
  if ((erasure.category ?? IDENTITY) === IDENTITY) rows.remove(places, { learner: erasure.learner });
  if (erasure.category === undefined) rows.remove(persons, { learner: erasure.learner });
};

export const tiesView: Projector = {
  name: 'ties',
  version: 5,
  tables: [parties, places, claims, persons],
  types: 'every',
  apply: (event, rows) => {
    const { stream, type, meta } = event.recorded;
    if (type === ERASED) return removeErased(event, rows);
    const learner = learnerOfStream(stream);
    if (learner === undefined) return;
    if (isMergeEvent(event.recorded)) return unite(event, rows, learner);
    if (meta.category === undefined) return;
    const isOthers = OTHERS.includes(meta.actor);
    if (!isOthers) told(event, rows, { learner, category: meta.category });
    if (!isOthers || type === CONFIRMED) dropGrounded(event, rows, learner);
  },
};
