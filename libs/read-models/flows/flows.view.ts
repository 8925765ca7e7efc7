// What decisions let through, in three ways, all of them gone with the decisions: who gives what to whom, counted by month (console.md, 4.1
// and picture 2); on which days an agency's data were looked at, and by its staff (picture 6); what rested on which consent (ADR 66).
import { consentDigest, DISCLOSURE_CATEGORY, DISCLOSURE_DECIDED, type DisclosureDecided, type Given } from '#disclosure';
import { type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import { ERASED, erasureIn, learnerOfDisclosures } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

/** A row for each learner, so that an erased one counts no more; what are asked for are their totals. */
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

/** Of an agency: somebody was shown what it told, or its own staff asked. */
export const looked = table({
  name: 'looked',
  // The day is London's; `refused` 1: nothing was shown.
  columns: { agency: 'text', day: 'text', position: 'integer', learner: 'text', refused: 'integer' },
  key: ['agency', 'day', 'position'],
  indexes: [['learner'], ['position']],
});

export const lookedDays = table({
  name: 'looked_days',
  columns: { agency: 'text', day: 'text', looks: 'integer', refused: 'integer' },
  key: ['agency', 'day'],
  totals: { of: 'looked', rows: 'looks' },
});

/** Consents stand here by digest; what relied on one as `Used`, in JSON. */
export const relied = table({
  name: 'relied',
  columns: {
    learner: 'text',
    consent: 'text',
    recipient: 'text',
    used: 'text',
    /** Of the last decision that named this under the consent. */
    named: 'integer',
    /** Of the last by which it left, and when that was: on a feed most decisions name more than they send. */
    shown: 'integer?',
    shown_at: 'integer?',
    /** Decisions by which it left. */
    times: 'integer',
  },
  // A row for whatever one decision used, however often it was shown.
  key: ['learner', 'consent', 'recipient', 'used'],
  merge: { named: 'max', shown: 'max', shown_at: 'max', times: 'sum' },
});

/** What one decision used of a consent: for which purpose (null: none is named) which items, by their places in the learner's stream. */
export type Used = readonly (readonly [purpose: string | null, items: readonly Revision[]])[];

export const itemsOf = (used: Used): readonly Revision[] => used.flatMap(([, items]) => items);

/** What a decision about a feed said of items: which rest on which consent, and which it sent otherwise, or took back. */
export const fed = table({
  name: 'fed',
  // `resting`: pairs of a consent and items, as JSON; `others` and `taken`: items.
  columns: { learner: 'text', position: 'integer', recipient: 'text', at: 'integer', resting: 'text', others: 'text', taken: 'text' },
  key: ['learner', 'position'],
});

/** Stands for all sources together: an agency's officer is told what its agency was shown, and not whose it was. */
export const ANYBODY = '';

/** `flow`: source, category, recipient, basis, and whether it relied on a consent; `clause`: one that permitted something, and to whom. */
export type Shared =
  | readonly ['flow', source: string, category: string, recipient: string, basis: string, relied: 'consent' | '']
  | readonly ['clause', clause: string, recipient: string];

interface Decided {
  readonly learner: LearnerId;
  readonly position: Position;
  readonly recipient: string;
  readonly decided: DisclosureDecided;
}

const isAgency = (recipient: string): boolean => !recipient.includes(':');

const flowsOf = (recipient: string, given: readonly Given[]): readonly Shared[] =>
  given.flatMap(([source, category, basis, rests]): Shared[] => {
    const ground = [category, recipient, basis, rests ?? ''] as const;
    return [['flow', source, ...ground], ...(isAgency(recipient) ? [['flow', ANYBODY, ...ground] as const] : [])];
  });

/** On a feed, of all that is permitted, what was sent. */
const clausesOf = (recipient: string, { permitted, changes }: DisclosureDecided): readonly Shared[] => {
  const sent = changes && new Set(changes.sent);
  const shown = permitted.filter(({ clause, items }) => clause !== 'own' && items.some((item) => sent?.has(item) !== false));
  return shown.map(({ clause }) => ['clause', clause, recipient]);
};

const addFlows = (rows: RowWriter, { learner, recipient, decided }: Decided, month: string): void => {
  if (decided.given === undefined) return;
  const all = [...flowsOf(recipient, decided.given), ...clausesOf(recipient, decided)];
  for (const what of new Set(all.map((each) => JSON.stringify(each)))) rows.merge(shared, { month, what, learner, decisions: 1 });
};

const OWN = 'operator:learner';

/**
 * What feeds send by themselves, what a receipt tells its sender, and what learners look at of their own is no look. Of whom an agency has
 * nothing to do with nothing counts: else a number that is somebody's would show beside one that is nobody's.
 */
const isLook = ({ route, asked, outcome }: DisclosureDecided, recipient: string): boolean =>
  route !== 'feed' && !asked.startsWith('existing:') && recipient !== OWN && outcome !== 'not-known';

const addLooks = (rows: RowWriter, { learner, position, recipient, decided }: Decided, day: string): void => {
  if (!isLook(decided, recipient)) return;
  const sources = (decided.given ?? []).map(([source]) => source);
  const refused = Number(decided.outcome !== 'answered');
  for (const agency of new Set([...(isAgency(recipient) ? [recipient] : []), ...sources]))
    rows.put(looked, { agency, day, position, learner, refused });
};

/** The part of it of which something is left. */
const usedOf = (used: Used, isOf: (item: Revision) => boolean): Used =>
  used.map(([purpose, items]) => [purpose, items.filter(isOf)] as const).filter(([, items]) => items.length > 0);

const addUse = (rows: RowWriter, { learner, position, recipient, decided }: Decided, consent: string, used: Used): void => {
  const { at, changes } = decided;
  const sent = changes && new Set(changes.sent);
  const put = (part: Used, isShown: boolean): void => {
    if (part.length === 0) return;
    const shown = isShown ? { shown: position, shown_at: at, times: 1 } : { shown: null, shown_at: null, times: 0 };
    rows.merge(relied, { learner, consent, recipient, used: JSON.stringify(part), named: position, ...shown });
  };
  put(
    usedOf(used, (item) => sent?.has(item) !== false),
    true,
  );
  put(
    usedOf(used, (item) => sent?.has(item) === false),
    false,
  );
};

/** By digest of the consent's name. */
const usesIn = ({ permitted }: DisclosureDecided): ReadonlyMap<string, Used> => {
  const uses = new Map<string, Used>();
  for (const { consent, purpose = null, items } of permitted) {
    if (consent === undefined) continue;
    const digest = consentDigest(consent.id);
    uses.set(digest, [...(uses.get(digest) ?? []), [purpose, items]]);
  }
  return uses;
};

const addUses = (rows: RowWriter, one: Decided): void => {
  const { learner, position, recipient } = one;
  const { permitted, changes, at } = one.decided;
  const uses = usesIn(one.decided);
  for (const [consent, used] of uses) addUse(rows, one, consent, used);
  if (changes === undefined) return;
  const others = permitted.flatMap(({ consent, items }) => (consent === undefined ? items : []));
  if (uses.size + others.length + changes.withdrawn.length === 0) return;
  const restingOn = [...uses].map(([consent, used]) => [consent, itemsOf(used)] as const);
  const [resting, named, taken] = [restingOn, others, changes.withdrawn].map((each) => JSON.stringify(each)) as [string, string, string];
  rows.put(fed, { learner, position, recipient, at, resting, others: named, taken });
};

const add = (event: ProjectedEvent, rows: RowWriter): void => {
  const decided = event.content<DisclosureDecided>();
  const { stream, position, meta, recordedAt } = event.recorded;
  const learner = learnerOfDisclosures(stream);
  if (decided === undefined || learner === undefined) return;
  const one = { learner, position, recipient: meta.actor, decided };
  const day = londonDate(recordedAt);
  addFlows(rows, one, day.slice(0, 7));
  addLooks(rows, one, day);
  addUses(rows, one);
};

const leaveOut = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = DISCLOSURE_CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner === undefined || category !== DISCLOSURE_CATEGORY) return;
  for (const each of [shared, looked, relied, fed]) rows.remove(each, { learner });
};

export const flowsView: Projector = {
  name: 'flows',
  version: 4,
  tables: [shared, totals, looked, lookedDays, relied, fed],
  types: new Set([DISCLOSURE_DECIDED, ERASED]),
  apply: (event, rows) => (event.recorded.type === ERASED ? leaveOut(event, rows) : add(event, rows)),
};
