// The gate's judgement about feeds: one learner before all recipients at once, decided and appended like any answer (invariant 5).
import type { Agency } from '#agencies';
import { consentsChangeAt } from '#consent';
import { type AgencySlug, type Instant, type IsoDate, londonDate, type LearnerId, type Revision } from '#kernel';
import { disclosureStream, LINK_ADVISERS, learnerStream } from '#learner-file';
import { Draft, type Missing } from '#unit-of-work';
import { localIdOf } from '#learners';
import { hasContributed } from '#learner-record';
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
import { type DecisionIds, recordDecision } from './moment.ts';
import type { DisclosureDecided } from './decision-record.ts';
import { changesNothing, changesOf, type FeedChange, feedChange, type SentFeed } from './feed-change.ts';
import { type FeedTokens, groupPermitted, groupRefused, recipientOf } from './disclosure-log.ts';
import type { GateParts } from './gate-parts.ts';
import type { InForce, Versions } from './in-force.ts';

/** What a decision about a feed takes of a learner's record: everything. */
export const FEED = 'feed';
const EVERYTHING: Asked = { purposes: 'any', route: 'feed', wants: () => true, page: { after: 0, limit: Number.MAX_SAFE_INTEGER } };

export interface FeedInquiry {
  readonly learner: LearnerId;
  /** Agencies to which something can be encrypted now. */
  readonly reachable: ReadonlySet<AgencySlug>;
  /** Agencies whose feed is left as it is. */
  readonly passedOver?: ReadonlySet<AgencySlug>;
  /** By recipient. */
  readonly sent: ReadonlyMap<AgencySlug, SentFeed>;
}

/** Where everything stood on which a decision rests. */
export interface FeedReadSet {
  readonly learner: LearnerId;
  readonly revision: Revision;
  readonly linkAdvisers: Revision;
  readonly versions: Versions;
  readonly today: IsoDate;
}

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
}

type FeedParts = Pick<GateParts, 'streams' | 'vault' | 'registers' | 'clock' | 'observer'> & { readonly tokens: FeedTokens };

/** A moment's view of one learner. */
interface View {
  readonly draft: Draft;
  readonly inForce: InForce;
  readonly at: Instant;
  readonly base: LearnerAtMoment;
  readonly linkAdvisersAt: Revision;
}

/** What judging looks at and is not in memory. */
export const lookForFeeds = ({ streams }: Pick<GateParts, 'streams'>, learner: LearnerId): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...streams.files.missing(learnerStream(learner)),
  ...streams.heads.missing(disclosureStream(learner)),
];

/** Must not wait. Without a difference it records nothing, but stands only if what it looked at does. */
export const judgeFeeds = (parts: FeedParts, inquiry: FeedInquiry, ids: DecisionIds): FeedDecided => {
  const view = viewOf(parts, inquiry.learner);
  const { draft, inForce, base } = view;
  const toRecord = inForce.agencies.flatMap((agency) => decideFor(parts, view, agency, inquiry) ?? []);
  for (const one of toRecord) record(parts, view, ids, one);
  draft.require(parts.streams.files, learnerStream(base.file.id));
  draft.require(parts.streams.linkAdvisers, LINK_ADVISERS);
  parts.registers.require(draft, inForce);
  const readSet = {
    learner: base.file.id,
    revision: base.revision,
    linkAdvisers: view.linkAdvisersAt,
    versions: inForce.versions,
    today: inForce.today,
  };
  const outcomes = toRecord.map(({ outcome }) => outcome);
  return { draft, readSet, changes: toRecord.map(({ decided }) => decided), outcomes, due: dueOf(view) };
};

/** Whether everything is still where it was: looked at in the same turn in which what was decided leaves. */
export const stillStands = (
  { streams, registers, clock }: Pick<GateParts, 'streams' | 'registers' | 'clock'>,
  readSet: FeedReadSet,
): boolean => {
  const { versions, today } = registers.inForce(londonDate(clock.now()));
  return (
    streams.files.peek(learnerStream(readSet.learner))?.revision === readSet.revision &&
    streams.linkAdvisers.peek(LINK_ADVISERS)?.revision === readSet.linkAdvisers &&
    versions.agencies === readSet.versions.agencies &&
    versions.protocols === readSet.versions.protocols &&
    today === readSet.today
  );
};

const viewOf = ({ streams, registers, clock }: FeedParts, learner: LearnerId): View => {
  const draft = new Draft();
  const at = clock.now();
  const inForce = registers.inForce(londonDate(at));
  const { state: file, revision } = draft.get(streams.files, learnerStream(learner));
  const linkAdvisers = draft.get(streams.linkAdvisers, LINK_ADVISERS);
  const base = { file, revision, inForce, linkAdvisers: linkAdvisers.state, at };
  return { draft, inForce, at, base, linkAdvisersAt: linkAdvisers.revision };
};

const dueOf = ({ base, at }: View): Instant | undefined => {
  const due = [knownIn(base).changesAt, consentsChangeAt(base.file.consent, londonDate(at))].filter((instant) => instant !== undefined);
  return due.length === 0 ? undefined : Math.min(...due);
};

interface ToRecord {
  readonly decided: ChangeDecided;
  readonly answer: DecidedAnswer;
  readonly outcome: DisclosureDecided['outcome'];
}

/** What an agency was sent, and whether it can be sent anything. */
interface Line {
  readonly held: SentFeed | undefined;
  readonly reachable: boolean;
}

/** Undefined: nothing changes. Most agencies have nothing to do with most learners, which is quickly told. */
const decideFor = (parts: FeedParts, view: View, agency: Agency, { reachable, passedOver, sent }: FeedInquiry): ToRecord | undefined => {
  const line = { held: sent.get(agency.slug), reachable: reachable.has(agency.slug) };
  if (passedOver?.has(agency.slug) || (!line.held && !line.reachable)) return undefined;
  const context: AccessContext = { ...view.base, reader: agency };
  const isRelated = knownIn(context).isRelated(agency.slug);
  return line.held || isRelated || isKnownTo(context) ? compare(parts, context, line) : undefined;
};

/** Without a relationship, an agency knows a learner by what it contributed, or by a notice that it was sent. */
const isKnownTo = ({ reader, file }: AccessContext): boolean => file.consent.notices.length > 0 || hasContributed(file.record, reader.slug);

/** What the merged identity is made of: another statement that counts makes it another item. */
const contentOf = (context: AccessContext, { item }: PermittedItem): string =>
  item.revision === MERGED_IDENTITY_REVISION
    ? [...identityFor(context)].map(([field, { revision }]) => `${field} ${revision}`).join('\n')
    : '';

const compare = ({ tokens }: FeedParts, context: AccessContext, { held, reachable }: Line): ToRecord | undefined => {
  const { reader, file } = context;
  const answer = decideAnswer(context, EVERYTHING);
  const outcome = outcomeOf(context, answer);
  const recipient = recipientOf(file.learner, reader.slug);
  const change = feedChange({
    context,
    permitted: outcome === 'answered' ? answer.permitted : [],
    reachable,
    sent: held,
    tokenOf: (item) => tokens.of(item, recipient, contentOf(context, item)),
  });
  return changesNothing(change)
    ? undefined
    : { decided: { context, change, localId: localIdOf(file.learner, reader.slug) }, answer, outcome };
};

const record = (
  { streams, vault }: FeedParts,
  view: View,
  { correlation, decision }: DecisionIds,
  { decided, answer, outcome }: ToRecord,
): void => {
  const { context, change } = decided;
  const recipient = context.reader.slug;
  const id = vault.blindId('feed decision', `${decision}\n${recipient}`);
  recordDecision(streams, { ...view, correlation, id }, context, {
    recipient,
    purposes: 'any',
    route: 'feed',
    asked: FEED,
    page: EVERYTHING.page,
    outcome,
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
    changes: changesOf(change),
  });
};
