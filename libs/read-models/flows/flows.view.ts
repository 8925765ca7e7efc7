// Who gives what to whom, counted from recorded decisions: how many let something through, and about how many learners, by month. A row for
// each learner, so that an erased one counts no more; what is asked for are their totals (console.md, 4.1 and picture 2).
import { DISCLOSURE_CATEGORY, DISCLOSURE_DECIDED, type DisclosureDecided, type Given } from '#disclosure';
import { londonDate } from '#kernel';
import { ERASED, erasureIn, learnerOfDisclosures } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

export const shared = table({
  name: 'shared',
  columns: {
    learner: 'text',
    /** `YYYY-MM` in London, when it was recorded. */
    month: 'text',
    /** A `Shared`, as JSON. */
    what: 'text',
    decisions: 'integer',
  },
  // What one decision makes lies together, and so does what an erasure takes.
  key: ['learner', 'month', 'what'],
  merge: { decisions: 'sum' },
});

export const totals = table({
  name: 'totals',
  columns: { month: 'text', what: 'text', learners: 'integer', decisions: 'integer' },
  key: ['month', 'what'],
  totals: { of: 'shared', rows: 'learners' },
});

/** Stands for all sources together: an agency's officer is told what its agency was shown, and not whose it was. */
export const ANYBODY = '';

/** `flow`: source, category, recipient, basis, and whether it relied on a consent; `clause`: one that permitted something, and to whom. */
export type Shared =
  | readonly ['flow', source: string, category: string, recipient: string, basis: string, relied: 'consent' | '']
  | readonly ['clause', clause: string, recipient: string];

const flowsOf = (recipient: string, given: readonly Given[]): readonly Shared[] =>
  given.flatMap(([source, category, basis, relied]): Shared[] => {
    const ground = [category, recipient, basis, relied ?? ''] as const;
    return [['flow', source, ...ground], ...(recipient.includes(':') ? [] : [['flow', ANYBODY, ...ground] as const])];
  });

/** On a feed, of all that is permitted, what was sent. */
const clausesOf = (recipient: string, { permitted, changes }: DisclosureDecided): readonly Shared[] => {
  const sent = changes && new Set(changes.sent);
  const shown = permitted.filter(({ clause, items }) => clause !== 'own' && items.some((item) => sent?.has(item) !== false));
  return shown.map(({ clause }) => ['clause', clause, recipient]);
};

const add = (event: ProjectedEvent, rows: RowWriter): void => {
  const decided = event.content<DisclosureDecided>();
  const { stream, meta, recordedAt } = event.recorded;
  const learner = learnerOfDisclosures(stream);
  if (decided?.given === undefined || learner === undefined) return;
  const month = londonDate(recordedAt).slice(0, 7);
  const all = [...flowsOf(meta.actor, decided.given), ...clausesOf(meta.actor, decided)];
  for (const what of new Set(all.map((each) => JSON.stringify(each)))) rows.merge(shared, { month, what, learner, decisions: 1 });
};

const leaveOut = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = DISCLOSURE_CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner !== undefined && category === DISCLOSURE_CATEGORY) rows.remove(shared, { learner });
};

export const flowsView: Projector = {
  name: 'flows',
  version: 1,
  tables: [shared, totals],
  types: new Set([DISCLOSURE_DECIDED, ERASED]),
  apply: (event, rows) => (event.recorded.type === ERASED ? leaveOut(event, rows) : add(event, rows)),
};
