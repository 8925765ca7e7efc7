// An index of the disclosure log for DPOs: who saw what, why and when (invariant 5). The decisions themselves stay in the log.
import {
  DISCLOSURE_CATEGORY,
  DISCLOSURE_DECIDED,
  DISCLOSURE_REFUSED,
  type DisclosureDecided,
  LOOK_DECIDED,
  type LookDecided,
  type PermittedItems,
} from '#disclosure';
import { ERASED, erasureIn } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowOf, type RowWriter, table } from '../engine/index.ts';

const STREAM = 'disclosure-';
/** Of a look that is about no one learner. */
const ABOUT_NOBODY = '';

export const decisions = table({
  name: 'decisions',
  columns: {
    position: 'integer',
    learner: 'text',
    /** The agency or office that asked. */
    recipient: 'text',
    decided_at: 'integer',
    /** `erased` where the decision cannot be opened any more. */
    outcome: 'text',
    /** As `passport`; `ties` where it was told whose tie waits for a voucher. */
    asked: 'text?',
    route: 'text?',
    /** Numbers of items; on a feed, of those that were sent; of ties, those told. */
    permitted: 'integer',
    refused: 'integer',
    /** Of items that the recipient was told to delete: on a feed alone. */
    withdrawn: 'integer',
    /** JSON lists, sorted: purposes asked for (on a feed: those that permitted what was sent), clauses that permitted, what was lacking. */
    purposes: 'text',
    clauses: 'text',
    lacks: 'text',
  },
  key: ['position'],
  indexes: [
    ['learner', 'position'],
    ['recipient', 'position'],
  ],
});

/** Questions about nobody whom the agency may know. */
export const aboutNobody = table({
  name: 'about_nobody',
  columns: { agency: 'text', refused: 'integer', last_position: 'integer' },
  key: ['agency'],
  merge: { refused: 'sum', last_position: 'max' },
});

type Terms = Omit<RowOf<typeof decisions>, 'position' | 'learner' | 'recipient' | 'decided_at'>;

const ERASED_DECISION: Terms = {
  outcome: 'erased',
  asked: null,
  route: null,
  permitted: 0,
  refused: 0,
  withdrawn: 0,
  purposes: '[]',
  clauses: '[]',
  lacks: '[]',
};

const listOf = (words: readonly string[]): string => JSON.stringify([...new Set(words)].sort());

const itemsIn = (groups: readonly { readonly items: readonly unknown[] }[]): number =>
  groups.reduce((total, { items }) => total + items.length, 0);

/** What left by this decision: on a feed, of all that is permitted, what was not there before. */
const shownIn = ({ permitted, changes }: DisclosureDecided): readonly PermittedItems[] => {
  if (!changes) return permitted;
  const sent = new Set(changes.sent);
  return permitted
    .map((group) => ({ ...group, items: group.items.filter((item) => sent.has(item)) }))
    .filter(({ items }) => items.length > 0);
};

const termsOf = (decided: DisclosureDecided): Terms => {
  const { outcome, asked, route, purposes, refused, waiting = [], changes } = decided;
  const shown = shownIn(decided);
  return {
    outcome,
    asked,
    route,
    permitted: itemsIn(shown) + waiting.length,
    refused: itemsIn(refused),
    withdrawn: changes?.withdrawn.length ?? 0,
    purposes: listOf(purposes === 'any' ? shown.flatMap(({ purpose }) => purpose ?? []) : purposes),
    clauses: listOf(shown.map(({ clause }) => clause)),
    lacks: listOf(refused.map(({ lacks }) => lacks)),
  };
};

/** A look at what lies beside the records: a duty of the asker's, or a clause. */
const lookTermsOf = ({ outcome, asked, ground }: LookDecided): Terms => ({
  ...ERASED_DECISION,
  outcome,
  asked,
  route: 'look',
  clauses: listOf(ground === undefined ? [] : [ground.clause ?? ground.basis]),
});

const add = ({ recorded }: ProjectedEvent, rows: RowWriter, terms: Terms | undefined): void => {
  const { stream, position, meta, recordedAt } = recorded;
  rows.put(decisions, {
    position,
    learner: stream.startsWith(STREAM) ? stream.slice(STREAM.length) : ABOUT_NOBODY,
    recipient: meta.actor,
    decided_at: recordedAt,
    ...(terms ?? ERASED_DECISION),
  });
};

const addDecision = (event: ProjectedEvent, rows: RowWriter): void => {
  const decided = event.content<DisclosureDecided>();
  add(event, rows, decided && termsOf(decided));
};

const addLook = (event: ProjectedEvent, rows: RowWriter): void => {
  const looked = event.content<LookDecided>();
  add(event, rows, looked && lookTermsOf(looked));
};

const addRefusal = ({ recorded }: ProjectedEvent, rows: RowWriter): void =>
  rows.merge(aboutNobody, { agency: recorded.meta.actor, refused: 1, last_position: recorded.position });

const closeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = DISCLOSURE_CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner !== undefined && category === DISCLOSURE_CATEGORY) rows.change(decisions, { learner }, ERASED_DECISION);
};

const handlers: ReadonlyMap<string, (event: ProjectedEvent, rows: RowWriter) => void> = new Map([
  [DISCLOSURE_DECIDED, addDecision],
  [LOOK_DECIDED, addLook],
  [DISCLOSURE_REFUSED, addRefusal],
  [ERASED, closeErased],
]);

export const disclosures: Projector = {
  name: 'disclosures',
  version: 5,
  tables: [decisions, aboutNobody],
  types: new Set(handlers.keys()),
  apply: (event, rows) => handlers.get(event.recorded.type)?.(event, rows),
};
