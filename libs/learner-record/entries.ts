// What was recorded of a learner, a line an entry, and the things that agencies speak of in it by an id of their own.
import type { AgencySlug, Instant, Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import type { ShortType } from '#catalogue';

// What is recorded about a learner, event by event, kept small: a shared head and a line of text each, read when asked.
// Objects for all that the rules may ask would take several times the memory (docs/adr/0008).

/** What many events have in common, whoever they are about: one object for all of them. */
export interface Head {
  readonly item: ItemFacts;
  /** See `Notes.of`. */
  readonly of: AgencySlug | undefined;
  /** Recorded apart, or about an assessment that was: visible to its source alone (invariant 4). */
  readonly apart: boolean;
}

export interface RecordState {
  readonly heads: readonly Head[];
  /**
   * A line for each head: revision and time, id, related id, day, last day, and what else is kept of its type (`record.ts`); tabs between,
   * empty ones at the end left out.
   */
  readonly lines: string;
  /** Revisions of what their own sources retracted. */
  readonly retracted: readonly Revision[];
}

export const initialRecord: RecordState = { heads: [], lines: '', retracted: [] };

/** One recorded event, as far as later ones may ask. Texts are empty where they do not apply. */
export interface Entry {
  readonly head: Head;
  readonly revision: Revision;
  /** Of the thing that the event begins or changes. */
  readonly id: string;
  /** The assessment that it supersedes, the programme that it is about, or the revision of the event that it withholds. */
  readonly related: string;
  /** `assessedOn` and `validUntil` as stated; of a programme or placement the day on which it started. */
  readonly on: string;
  readonly until: string;
}

/** Where an event stands in the stream, and when it happened as its source says. */
export interface Mark {
  readonly revision: Revision;
  readonly at: Instant;
}

const RADIX = 36;

/** Ids and dates hold neither tab nor line break: their schemas bar control characters. */
const lineOf = ({ revision, at }: Mark, texts: readonly string[]): string => {
  const last = texts.findLastIndex((text) => text !== '');
  return [`${revision}:${at.toString(RADIX)}`, ...texts.slice(0, last + 1)].join('\t') + '\n';
};

const markOf = (line: string): Mark => {
  const [revision = '', at = ''] = (line.split('\t', 1)[0] ?? '').split(':');
  return { revision: Number(revision), at: Number.parseInt(at, RADIX) };
};

export const withEntry = (state: RecordState, head: Head, mark: Mark, texts: readonly string[]): RecordState => ({
  ...state,
  heads: state.heads.concat(head),
  // Joined, a text is in one piece: added to, it holds on to each of its parts.
  lines: [state.lines, lineOf(mark, texts)].join(''),
});

const entryOf = (head: Head, line: string): Entry => {
  const texts = line.split('\t');
  return {
    head,
    revision: Number.parseFloat(line),
    id: texts[1] ?? '',
    related: texts[2] ?? '',
    on: texts[3] ?? '',
    until: texts[4] ?? '',
  };
};

/** Those of some types (short names), in the order in which they were recorded; with `id` those of it alone, and no others are read. */
export const entriesOf = ({ heads, lines }: RecordState, types: readonly string[], id?: string): readonly Entry[] => {
  const entries: Entry[] = [];
  if (id !== undefined && !lines.includes(`\t${id}`)) return entries;
  let begin = 0;
  for (const head of heads) {
    const end = lines.indexOf('\n', begin);
    const isWanted = types.includes(head.item.type) && (id === undefined || isOfId(lines, begin, id));
    if (isWanted) entries.push(entryOf(head, lines.slice(begin, end)));
    begin = end + 1;
  }
  return entries;
};

/** The id is what comes first after the mark; a line without one ends there. */
const isOfId = (lines: string, begin: number, id: string): boolean => {
  const at = lines.indexOf('\t', begin) + 1;
  return lines.startsWith(id, at) && END_OF_TEXT.has(lines[at + id.length]) && !lines.slice(begin, at).includes('\n');
};

const END_OF_TEXT: ReadonlySet<string | undefined> = new Set(['\t', '\n']);

/** How many texts an entry of any type has: what else is kept of one stands behind them. */
export const TEXTS = 4;

/** What is kept of an entry, as of any, and beyond that. */
export interface EntryTexts {
  readonly head: Head;
  readonly mark: Mark;
  readonly kept: readonly string[];
  readonly texts: readonly string[];
}

const textsIn = (head: Head, line: string): EntryTexts => {
  const texts = line.split('\t').slice(1);
  return { head, mark: markOf(line), kept: texts.slice(0, TEXTS), texts: texts.slice(TEXTS) };
};

/** Of those of some types. */
export const textsBeyond = ({ heads, lines }: RecordState, types: ReadonlySet<string>): readonly EntryTexts[] => {
  let begin = 0;
  return heads.flatMap((head) => {
    const end = lines.indexOf('\n', begin);
    const line = lines.slice(begin, end);
    begin = end + 1;
    return types.has(head.item.type) ? [textsIn(head, line)] : [];
  });
};

/** Of those of some types that were recorded at these revisions, the last first: no more is read than back to the first of them. */
export const textsBeyondAt = (
  { heads, lines }: RecordState,
  types: ReadonlySet<string>,
  revisions: ReadonlySet<Revision>,
): readonly EntryTexts[] => {
  const found: EntryTexts[] = [];
  let end = lines.length - 1;
  for (let place = heads.length - 1, left = revisions.size; place >= 0 && left > 0; place--) {
    const begin = end === 0 ? 0 : lines.lastIndexOf('\n', end - 1) + 1;
    const line = lines.slice(begin, end);
    end = begin - 1;
    if (!revisions.has(Number.parseFloat(line))) continue;
    left--;
    const head = heads[place] as Head;
    if (types.has(head.item.type)) found.push(textsIn(head, line));
  }
  return found;
};

/** Of each head, at the same place. */
export const marksOf = ({ heads, lines }: RecordState): readonly Mark[] => {
  let begin = 0;
  return heads.map(() => {
    const end = lines.indexOf('\n', begin);
    const mark = markOf(lines.slice(begin, end));
    begin = end + 1;
    return mark;
  });
};

/** What was recorded since, on its own. Undefined where something was retracted since, or the record does not go on from there. */
export const addedTo = (before: RecordState, { heads, lines, retracted }: RecordState): RecordState | undefined => {
  const goesOn =
    retracted === before.retracted && lines.startsWith(before.lines) && before.heads.every((head, place) => head === heads[place]);
  return goesOn ? { heads: heads.slice(before.heads.length), lines: lines.slice(before.lines.length), retracted: [] } : undefined;
};

// The things that agencies speak of by an id of their own: a referral, a programme, an assessment…

interface KindOfThing {
  /** Property of the data that holds its id. */
  readonly idIn: string;
  readonly begunBy: readonly ShortType[];
  /** Events after which some others are no longer possible. */
  readonly changedBy: readonly ShortType[];
}

const KINDS = {
  referral: { idIn: 'referralId', begunBy: ['referral.made'], changedBy: ['referral.accepted', 'referral.declined', 'referral.withdrawn'] },
  programme: {
    idIn: 'programmeId',
    begunBy: ['programme.started'],
    changedBy: ['programme.left-early', 'programme.moved-on'],
  },
  review: { idIn: 'reviewId', begunBy: ['review.scheduled', 'review.held'], changedBy: [] },
  placement: { idIn: 'placementId', begunBy: ['placement.started'], changedBy: ['placement.ended'] },
  achievement: { idIn: 'achievementId', begunBy: ['achievement.recorded'], changedBy: [] },
  endorsement: { idIn: 'endorsementId', begunBy: ['endorsement.given'], changedBy: [] },
  question: { idIn: 'questionId', begunBy: ['question.asked'], changedBy: [] },
  complaint: { idIn: 'complaintId', begunBy: ['complaint.made'], changedBy: [] },
  offer: { idIn: 'offerId', begunBy: ['offer.made'], changedBy: [] },
  application: { idIn: 'applicationId', begunBy: ['application.submitted'], changedBy: [] },
  assessment: {
    idIn: 'assessmentId',
    begunBy: ['assessment.recorded'],
    changedBy: ['assessment.disputed', 'assessment.rectified'],
  },
} as const satisfies Readonly<Record<string, KindOfThing>>;

export type Kind = keyof typeof KINDS;

const idFields: ReadonlyMap<ShortType, string> = new Map(
  Object.values<KindOfThing>(KINDS).flatMap(({ idIn, begunBy, changedBy }) =>
    [...begunBy, ...changedBy].map((type) => [type, idIn] as const),
  ),
);

/** The property with the id to keep of such an event; undefined: no rule asks for one. */
export const idFieldOf = (type: ShortType): string | undefined => idFields.get(type);

export const idPropertyOf = (kind: Kind): string => KINDS[kind].idIn;
export const beginningOf = (kind: Kind): ShortType => KINDS[kind].begunBy[0];

/** A thing as its agency began it, and the types of what happened to it since. */
export interface Thing {
  readonly id: string;
  readonly source: AgencySlug;
  readonly item: ItemFacts;
  readonly revision: Revision;
  readonly apart: boolean;
  readonly related: string;
  /** The day on which it happened or started; empty where no rule asks for one. */
  readonly on: string;
  readonly since: readonly string[];
}

/** Whose thing such an event changes: as noted, else its source's own. */
export const ownerIn = ({ head }: Entry): AgencySlug => head.of ?? head.item.source;

const thingBegunBy = ({ head, id, revision, related, on }: Entry, changes: readonly Entry[]): Thing => {
  const { item, apart } = head;
  const own = changes.filter((entry) => ownerIn(entry) === item.source);
  return { id, source: item.source, item, revision, apart, related, on, since: own.map((entry) => entry.head.item.type) };
};

/** Of all agencies that use this id, in the order in which they began. */
export const thingsNamed = (state: RecordState, kind: Kind, id: string): readonly Thing[] => {
  const { begunBy, changedBy }: KindOfThing = KINDS[kind];
  const begun = entriesOf(state, begunBy, id);
  const changes = begun.length === 0 || changedBy.length === 0 ? [] : entriesOf(state, changedBy, id);
  return begun.map((begin) => thingBegunBy(begin, changes));
};
