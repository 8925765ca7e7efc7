// What may be asked about one learner, by the name that its decision keeps: which items each question takes, and in which order.
import type { AgencyAsker } from '#access';
import type { LearnerId, Revision } from '#kernel';
import { learnerStream, LINK_ADVISERS, membersOf } from '#learner-file';
import type { RecordItem } from '#learner-record';
import type { StreamCache } from '#unit-of-work';
import { decideAnswer, outcomeOf } from './decide-answer.ts';
import type { GateParts } from './gate-parts.ts';
import { givenIn, groupPermitted, groupRefused } from './disclosure-log.ts';
import { learnerAt, type Moment, recordDecision, staffOf } from './moment.ts';
import type { PageOrder } from './answer.ts';
import type { DecisionInputs, DocumentAsked, RowAsked } from './decision-record.ts';
import { FEED } from './feed-gate.ts';

// What a receipt tells of an assessment that exists already: a question like any other, asked while the message is judged that met it,
// and recorded in the same append.

const ASKED = 'existing:';

/** How such a decision says what was asked for. */
export const existingAsked = (revision: Revision): string => `${ASKED}${revision}`;

/** Which items a recorded `asked` of this kind took; undefined for other kinds. */
const wantedAsExisting = (asked: string): ((item: RecordItem) => boolean) | undefined => {
  if (!asked.startsWith(ASKED)) return undefined;
  const revision = Number(asked.slice(ASKED.length));
  return (item) => item.revision === revision;
};

export interface ExistingInquiry {
  /** The sender. */
  readonly asker: AgencyAsker;
  readonly learner: LearnerId;
  /** Of the decision, drawn before: judged again, it is the same. */
  readonly decision: string;
  /** Of the assessment that exists, in the learner's stream. */
  readonly existing: Revision;
}

export interface ExistingVisibility {
  /** Whether the sender may know that it exists, and whether it may read what it says. */
  readonly mayKnow: boolean;
  readonly mayRead: boolean;
}

const PAGE = { after: 0, limit: 1 };
const NOTHING: ExistingVisibility = { mayKnow: false, mayRead: false };

/** Must not wait. The decision is in the moment's draft: what is told counts once that is durable. */
export const askForExisting = (
  parts: Pick<GateParts, 'streams'>,
  { asker, learner, decision, existing }: ExistingInquiry,
  moment: Moment,
): ExistingVisibility => {
  const known = learnerAt(parts, moment, learner);
  const agency = moment.inForce.agency(asker.agency);
  if (known === undefined || agency === undefined) return NOTHING;
  const context = { ...known, reader: agency };
  const asked = existingAsked(existing);
  const why = { purposes: 'any', route: 'learner' } as const;
  const answer = decideAnswer(context, { ...why, wants: ({ revision }) => revision === existing, page: PAGE });
  recordDecision(parts.streams, { ...moment, id: decision }, known, {
    recipient: agency.slug,
    ...staffOf(asker),
    ...why,
    asked,
    page: PAGE,
    outcome: outcomeOf(context, answer),
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
    ...givenIn(known, answer.permitted),
  });
  for (const one of [learner, known.file.id, ...membersOf(known.file)]) requireUnmoved(moment, parts.streams.files, learnerStream(one));
  requireUnmoved(moment, parts.streams.linkAdvisers, LINK_ADVISERS);
  const [told] = answer.permitted;
  return { mayKnow: told !== undefined, mayRead: told !== undefined && told.permit.level !== 'existence' };
};

/** What this draft itself moves on is conditional already, and may be taken back in it: then a condition on it could not hold. */
const requireUnmoved = <State>({ draft }: Moment, cache: StreamCache<State>, stream: string): void => {
  if (cache.peek(stream)?.revision === draft.get(cache, stream).revision) draft.require(cache, stream);
};

// What may be asked about one learner, by the name that its decision keeps: which items each question takes, and in which order they are
// told.

export const LEARNER_QUERIES = ['passport', 'assessments', 'timeline'] as const;
export type LearnerQueryName = (typeof LEARNER_QUERIES)[number];

/** Asks for nothing but the asker's own name for the learner. */
export const LOOKUP = 'lookup';

/** All that may be asked about a learner. */
export type LearnerQuestion = LearnerQueryName | typeof LOOKUP;

const ASSESSMENT_CATEGORIES: ReadonlySet<string> = new Set(['assessment', 'apir', 'risk-of-failing', 'risk-of-reoffending']);

type Wants = (item: RecordItem) => boolean;

const WANTED: Readonly<Record<LearnerQuestion | typeof FEED, Wants>> = {
  passport: () => true,
  timeline: () => true,
  [FEED]: () => true,
  assessments: ({ category }) => ASSESSMENT_CATEGORIES.has(category),
  lookup: () => false,
};

const isQuestion = (asked: string): asked is keyof typeof WANTED => Object.hasOwn(WANTED, asked);

/** Which items a recorded question took. Throws where nobody could have asked it: what is asked has to have a meaning to be recorded. */
export const wantedBy = (asked: string): Wants => {
  const wants = wantedAsExisting(asked) ?? (isQuestion(asked) ? WANTED[asked] : undefined);
  if (wants === undefined) throw new Error('The log records a question that this release does not know: it was written by a later one.');
  return wants;
};

/** Which items a row takes; the merged identity stands at no revision. */
export const wantedInRow = ({ anchor, beside, only, making }: RowAsked): Wants => {
  const types = new Set([...anchor, ...beside]);
  const [revisions, makers] = [only && new Set(only), making && new Set(making)];
  const mayMake: Wants = ({ type, revision }) => makers === undefined || makers.has(revision) || !anchor.includes(type);
  return (item) => types.has(item.type) && (revisions === undefined || item.revision < 0 || revisions.has(item.revision)) && mayMake(item);
};

const wantedInDocument = (document: DocumentAsked): Wants => {
  const types = document.types && new Set(document.types);
  const categories = document.categories && new Set<string>(document.categories);
  const only = document.only && new Set(document.only);
  return ({ type, category, revision }) =>
    types?.has(type) !== false && categories?.has(category) !== false && only?.has(revision) !== false;
};

/** Which items a recorded decision took. */
export const wantedThen = ({ asked, row, document, since }: Pick<DecisionInputs, 'asked' | 'row' | 'document' | 'since'>): Wants => {
  if (document !== undefined) return wantedInDocument(document);
  if (row !== undefined) return wantedInRow(row);
  return since === undefined ? wantedBy(asked) : ({ revision }) => revision > since;
};

/** A timeline is told by time; all else as it was recorded, so that nothing that comes later stands before it. */
export const orderOf = (query: LearnerQuestion): { readonly order?: PageOrder } => (query === 'timeline' ? { order: 'told' } : {});
