// Who has to do with whom, and where each learner may live: from it those are proposed who may wait for a voucher. It proposes alone:
// what stands and counts, the learner's own file says.
import { placeOf } from '#agencies';
import { type AgencySlug, DATA_MANAGER } from '#kernel';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
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

/** Have no tie of their own with anybody. */
const OTHERS: readonly string[] = ['broker', DATA_MANAGER];
const IDENTITY = 'identity';
const REFERRED = 'uk.concordat.referral.made.v1';
const STARTED = 'uk.concordat.programme.started.v1';
const APPLIED = 'uk.concordat.application.submitted.v1';

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
  if (category === IDENTITY) addPlace(event, rows, learner);
};

const addPlace = (event: ProjectedEvent, rows: RowWriter, learner: string): void => {
  const { postcode } = dataOf(event);
  const outward = typeof postcode === 'string' ? placeOf(postcode)?.outward : undefined;
  if (outward !== undefined) rows.put(places, { learner, outward });
};

const dataOf = (event: ProjectedEvent): Data => event.open()?.event?.data ?? {};

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const erasure = erasureIn(event.recorded);
  if (!erasure) return;
  rows.remove(parties, erasure);
  if ((erasure.category ?? IDENTITY) === IDENTITY) rows.remove(places, { learner: erasure.learner });
};

export const tiesView: Projector = {
  name: 'ties',
  version: 2,
  tables: [parties, places],
  types: 'every',
  apply: (event, rows) => {
    const { stream, type, meta } = event.recorded;
    if (type === ERASED) return removeErased(event, rows);
    const learner = learnerOfStream(stream);
    if (learner === undefined || meta.category === undefined || OTHERS.includes(meta.actor)) return;
    told(event, rows, { learner, category: meta.category });
  },
};
