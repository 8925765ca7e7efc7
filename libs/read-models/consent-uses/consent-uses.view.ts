// What left relying on which consent, and what feeds hold and gave back of it: so that how a withdrawal bit can be told of many without
// reading the decisions about each learner (ADR 66). A row for each set of items, however often it was shown; consents by digest.
import { consentDigest, DISCLOSURE_CATEGORY, DISCLOSURE_DECIDED, type DisclosureDecided, type PermittedItems } from '#disclosure';
import type { LearnerId, Position, Revision } from '#kernel';
import { ERASED, erasureIn, learnerOfDisclosures } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

export const relied = table({
  name: 'relied',
  columns: {
    learner: 'text',
    consent: 'text',
    /** An agency, or an office as `operator:data-manager`. */
    recipient: 'text',
    /** By their places in the learner's stream, as JSON. */
    items: 'text',
    /** Of the last decision that named them under the consent. */
    named: 'integer',
    /** Of the last by which they left, and when that was. On a feed most decisions name more than they send. */
    shown: 'integer?',
    shown_at: 'integer?',
  },
  key: ['learner', 'consent', 'recipient', 'items'],
  merge: { named: 'max', shown: 'max', shown_at: 'max' },
});

/** What stands on a feed, or stood there, on the ground of a consent: of which, by the last decision; none: of no consent any more. */
export const fed = table({
  name: 'fed',
  // Places are texts: that of an event of a merged record is no whole number (ADR 45).
  columns: { learner: 'text', recipient: 'text', item: 'text', consent: 'text' },
  key: ['learner', 'recipient', 'item'],
});

/** What a feed's recipient was told to delete. */
export const taken = table({
  name: 'taken',
  columns: { learner: 'text', position: 'integer', item: 'text', recipient: 'text', at: 'integer' },
  key: ['learner', 'position', 'item'],
});

const NO_CONSENT = '';

interface Decided {
  readonly learner: LearnerId;
  readonly position: Position;
  readonly decided: DisclosureDecided;
}

type Use = Pick<PermittedItems, 'items'> & { readonly consent: string };

const usesIn = ({ permitted }: DisclosureDecided): readonly Use[] =>
  permitted.flatMap(({ consent, items }) => (consent === undefined ? [] : [{ consent: consentDigest(consent.id), items }]));

const addUse = (rows: RowWriter, { learner, position, decided }: Decided, { consent, items }: Use): void => {
  const { recipient, at, changes } = decided;
  const sent = changes && new Set(changes.sent);
  const put = (some: readonly Revision[], isShown: boolean): void => {
    if (some.length === 0) return;
    const shown = isShown ? { shown: position, shown_at: at } : { shown: null, shown_at: null };
    rows.merge(relied, { learner, consent, recipient, items: JSON.stringify(some), named: position, ...shown });
  };
  put(sent ? items.filter((item) => sent.has(item)) : items, true);
  put(sent ? items.filter((item) => !sent.has(item)) : [], false);
};

const addFed = (rows: RowWriter, { learner, position, decided }: Decided, uses: readonly Use[]): void => {
  const { recipient, at, permitted, changes } = decided;
  if (changes === undefined) return;
  const resting = new Map(uses.flatMap(({ consent, items }) => items.map((item) => [item, consent] as const)));
  const named = [...permitted.flatMap(({ items }) => items), ...changes.withdrawn].filter((item) => !resting.has(item));
  for (const item of named) rows.change(fed, { learner, recipient, item: String(item) }, { consent: NO_CONSENT });
  for (const [item, consent] of resting) rows.put(fed, { learner, recipient, item: String(item), consent });
  for (const item of changes.withdrawn) rows.put(taken, { learner, position, item: String(item), recipient, at });
};

const add = (event: ProjectedEvent, rows: RowWriter): void => {
  const decided = event.content<DisclosureDecided>();
  const { stream, position } = event.recorded;
  const learner = learnerOfDisclosures(stream);
  if (decided === undefined || learner === undefined) return;
  const uses = usesIn(decided);
  for (const use of uses) addUse(rows, { learner, position, decided }, use);
  addFed(rows, { learner, position, decided }, uses);
};

const leaveOut = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = DISCLOSURE_CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner === undefined || category !== DISCLOSURE_CATEGORY) return;
  for (const each of [relied, fed, taken]) rows.remove(each, { learner });
};

export const consentUsesView: Projector = {
  name: 'consent-uses',
  version: 1,
  tables: [relied, fed, taken],
  types: new Set([DISCLOSURE_DECIDED, ERASED]),
  apply: (event, rows) => (event.recorded.type === ERASED ? leaveOut(event, rows) : add(event, rows)),
};
