// The gate's judgement about feeds: one learner before all recipients at once, decided and appended like any answer (invariant 5).
import type { Agency } from '#agencies';
import { consentsChangeAt } from '#consent';
import { type Instant, londonDate, type Revision } from '#kernel';
import { disclosureStream, LINK_ADVISERS, learnerStream, missingFile, requireFile } from '#learner-file';
import { Draft, type Missing } from '#unit-of-work';
import { localIdOf } from '#learners';
import { hasContributed, type RecordItem } from '#learner-record';
import {
  type Asked,
  decideAnswer,
  type DecidedAnswer,
  identityFor,
  knownIn,
  type LearnerAtMoment,
  outcomeOf,
  type PermittedItem,
  type AccessContext,
} from './decide-answer.ts';
import { MERGED_IDENTITY_REVISION } from './answer.ts';
import { recordDecision } from './moment.ts';
import type { DisclosureDecided } from './decision-record.ts';
import { dutiesFor, type DutiesSeen, overdueAt } from './feed-duties.ts';
import {
  type FeedQuestion,
  type FeedReadSet,
  type FeedSketch,
  type FeedSnapshot,
  itemsSinceSnapshot,
  sketchOf,
  withItems,
} from './feed-snapshot.ts';
import { changesNothing, changesOf, type FeedChange, feedChange } from './feed-change.ts';
import { type FeedTokens, givenIn, groupPermitted, groupRefused, recipientOf } from './disclosure-log.ts';
import type { GateParts } from './gate-parts.ts';
import type { InForce } from './in-force.ts';

/** What a decision about a feed takes of a learner's record: everything. */
export const FEED = 'feed';
const EVERYTHING: Asked = { purposes: 'any', route: 'feed', wants: () => true, page: { after: 0, limit: Number.MAX_SAFE_INTEGER } };

export interface ChangeDecided {
  readonly context: AccessContext;
  readonly change: FeedChange;
  /** The recipient's own id for the learner, where it linked one. */
  readonly localId: string | undefined;
}

export interface FeedDecided {
  readonly draft: Draft;
  readonly readSet: FeedReadSet;
  readonly changes: readonly ChangeDecided[];
  /** Of each change. */
  readonly outcomes: readonly DisclosureDecided['outcome'][];
  /** When time alone may next change something; undefined: never. */
  readonly due: Instant | undefined;
  /** For the next decision, once all of this one is on the feeds; undefined: that one is to be of the whole file. */
  readonly snapshot: FeedSnapshot | undefined;
  readonly sketch: FeedSketch;
}

type FeedParts = Pick<GateParts, 'streams' | 'registers' | 'clock' | 'observer'> & { readonly tokens: FeedTokens };

/** A moment's view of one learner. */
interface View {
  readonly draft: Draft;
  readonly inForce: InForce;
  readonly at: Instant;
  readonly moment: LearnerAtMoment;
  readonly linkAdvisersAt: Revision;
  readonly question: FeedQuestion;
}

/** What judging looks at and is not in memory. */
export const lookForFeeds = ({ streams }: Pick<GateParts, 'streams'>, question: FeedQuestion): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...missingFile(streams, question.learner),
  ...streams.heads.missing(disclosureStream(question.learner)),
  ...(question.snapshot ? [] : question.missing),
];

/** Must not wait. Without a difference it records nothing, but stands only if what it looked at does. */
export const judgeFeeds = (parts: FeedParts, question: FeedQuestion, correlation: string): FeedDecided => {
  const view = viewOf(parts, question);
  const { draft, moment, inForce } = view;
  const readSet = readSetOf(view);
  const recent = question.snapshot && itemsSinceSnapshot(question.snapshot, { moment, readSet, ...question.among });
  if (recent === undefined) draft.lack(question.missing);
  const judged = draft.isComplete ? inForce.agencies.flatMap((agency) => decideFor(parts, view, agency, recent) ?? []) : [];
  const toRecord = judged.filter(({ change }) => !changesNothing(change));
  for (const one of toRecord) record(parts, view, correlation, one);
  const sketch = sketchIn(view, recent);
  requireFile(parts.streams, draft, question.learner);
  draft.require(parts.streams.linkAdvisers, LINK_ADVISERS);
  parts.registers.require(draft, inForce);
  return {
    draft,
    readSet,
    changes: toRecord,
    outcomes: toRecord.map(({ outcome }) => outcome),
    due: dueOf(view, judged),
    snapshot: snapshotOf(view, readSet, { isWhole: recent === undefined, judged, sketch }),
    sketch,
  };
};

const viewOf = ({ streams, registers, clock }: FeedParts, question: FeedQuestion): View => {
  const draft = new Draft();
  const at = clock.now();
  const inForce = registers.inForce(londonDate(at));
  const { state: file, revision } = draft.get(streams.files, learnerStream(question.learner));
  const { state: linkAdvisers, revision: linkAdvisersAt } = draft.get(streams.linkAdvisers, LINK_ADVISERS);
  return { draft, inForce, at, moment: { file, revision, inForce, linkAdvisers, at }, linkAdvisersAt, question };
};

const readSetOf = ({ moment: { file, revision, inForce }, linkAdvisersAt: linkAdvisers }: View): FeedReadSet => ({
  learner: file.id,
  revision,
  streams: [
    { learner: file.id, revision },
    ...(file.united?.members ?? []).map(({ learner, revision: at }) => ({ learner, revision: at })),
  ],
  linkAdvisers,
  versions: inForce.versions,
  today: inForce.today,
});

const dueOf = ({ moment, question }: View, judged: readonly Judged[]): Instant | undefined => {
  const duties = judged.map(({ change, duties: { next } }) => (question.reachable.has(change.recipient) ? overdueAt(next) : Infinity));
  const due = [knownIn(moment).changesAt, consentsChangeAt(moment.file.consent, londonDate(moment.at)) ?? Infinity, ...duties];
  return due.every((instant) => instant === Infinity) ? undefined : Math.min(...due);
};

interface Found {
  /** Everything was decided. */
  readonly isWhole: boolean;
  readonly judged: readonly Judged[];
  readonly sketch: FeedSketch;
}

const sketchIn = ({ draft, moment, question: { snapshot, sent } }: View, recent: Recent): FeedSketch => {
  if (recent !== undefined && snapshot) return withItems(snapshot.sketch, recent);
  return draft.isComplete ? sketchOf(moment, (agency) => sent?.has(agency) === true) : NOT_LOOKED_AT;
};

/** A judgement that lacks something counts for nothing. */
const NOT_LOOKED_AT: FeedSketch = { recipients: [], sources: [], categories: [] };

/** Where a recipient's feed is left as it is, nothing is known of it. */
const snapshotOf = ({ moment, question }: View, readSet: FeedReadSet, { isWhole, judged, sketch }: Found): FeedSnapshot | undefined => {
  const { reachable, passedOver, snapshot } = question;
  if (passedOver.size > 0) return undefined;
  const recorded = new Set(judged.flatMap(({ change }) => (changesNothing(change) ? [] : [change.recipient])));
  const before = isWhole
    ? judged.filter(({ answer }) => answer.permitted.length > 0).map(({ change }) => change.recipient)
    : snapshot?.unrecorded;
  const unrecorded = new Set([...(before ?? [])].filter((recipient) => !recorded.has(recipient)));
  const duties = new Map(judged.flatMap((one) => (one.duties.items.length === 0 ? [] : [[one.change.recipient, one.duties] as const])));
  return { readSet, file: moment.file, at: moment.at, reachable, changesAt: knownIn(moment).changesAt, unrecorded, sketch, duties };
};

/** What was decided for one recipient. */
interface Judged extends ChangeDecided {
  readonly answer: DecidedAnswer;
  readonly outcome: DisclosureDecided['outcome'];
  readonly duties: DutiesSeen;
  /** What was recorded after this revision alone was decided; undefined: everything. */
  readonly since: Revision | undefined;
}

/** `recent`: all else is as it was decided before. */
type Recent = readonly RecordItem[] | undefined;

/** Undefined where the recipient has nothing to do with the learner. Most agencies have not with most learners, which is quickly told. */
const decideFor = (parts: FeedParts, view: View, agency: Agency, recent: Recent): Judged | undefined => {
  const context = contextFor(view, agency);
  if (context === undefined) return undefined;
  const judged = compare(parts, view, context, recent);
  const { question, draft } = view;
  if (recent === undefined || changesNothing(judged.change) || question.snapshot?.unrecorded.has(agency.slug) !== true) return judged;
  // What is recorded of this recipient is to say on which ground it holds all the rest.
  draft.lack(question.missing);
  return compare(parts, view, context, undefined);
};

const contextFor = ({ question, moment }: View, agency: Agency): AccessContext | undefined => {
  const isHeld = question.sent?.has(agency.slug) === true;
  if (question.passedOver.has(agency.slug) || (!isHeld && !question.reachable.has(agency.slug))) return undefined;
  const context: AccessContext = { ...moment, reader: agency };
  return isHeld || knownIn(context).isRelated(agency.slug) || isKnownTo(context) ? context : undefined;
};

/** Without a relationship, an agency knows a learner by what it contributed, or by a notice that it was sent. */
const isKnownTo = ({ reader, file }: AccessContext): boolean => file.consent.notices.length > 0 || hasContributed(file.record, reader.slug);

/** What the merged identity is made of: another statement that counts makes it another item. */
const contentOf = (context: AccessContext, { item }: PermittedItem): string =>
  item.revision === MERGED_IDENTITY_REVISION
    ? [...identityFor(context)].map(([field, { revision }]) => `${field} ${revision}`).join('\n')
    : '';

/** What the decision before was made on, where this one goes on from there. */
const goneOn = ({ snapshot }: FeedQuestion, recent: Recent): FeedSnapshot | undefined => (recent === undefined ? undefined : snapshot);

const compare = ({ tokens }: FeedParts, { question }: View, context: AccessContext, recent: Recent): Judged => {
  const { reader, file } = context;
  const answer = decideAnswer(context, recent === undefined ? EVERYTHING : { ...EVERYTHING, among: recent });
  const outcome = outcomeOf(context, answer);
  const recipient = recipientOf(file.learner, reader.slug);
  const permitted = outcome === 'answered' ? answer.permitted : [];
  const snapshot = goneOn(question, recent);
  const before = snapshot?.duties.get(reader.slug);
  const duties = dutiesFor(context, permitted, before);
  const change = feedChange({
    ...{ context, permitted, overdue: duties.overdue, overdueBefore: before?.overdue },
    reachable: question.reachable.has(reader.slug),
    sent: question.sent?.get(reader.slug),
    isAddition: recent !== undefined,
    tokenOf: (item) => tokens.of(item, recipient, contentOf(context, item)),
  });
  const localId = localIdOf(file.learner, reader.slug);
  return { context, change, localId, answer, outcome, duties, since: snapshot?.readSet.revision };
};

const record = ({ streams }: FeedParts, view: View, correlation: string, judged: Judged): void => {
  const { context, change, answer, outcome, since } = judged;
  const recipient = context.reader.slug;
  const id = view.question.decisionId(recipient);
  const changes = changesOf(change);
  recordDecision(streams, { ...view, correlation, id }, context, {
    recipient,
    purposes: 'any',
    route: 'feed',
    asked: FEED,
    page: EVERYTHING.page,
    ...(since !== undefined && { since }),
    outcome,
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
    ...givenIn(context, answer.permitted, changes.sent),
    changes,
  });
};
