// A learner asks about the own record: decided and recorded as any question about a learner, and told with what no item says (ADR 54).
import type { LearnerAsker } from '#access';
import { standingConsents } from '#consent';
import { type AgencySlug, type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import { hiddenFromLearner, type RecordItem } from '#learner-record';
import type { AnswerItem, NotKnown, NotPermitted } from './answer.ts';
import { askedIn, decideAboutLearner, pseudonymIn, wouldHave } from './ask-about-learner.ts';
import type { DocumentAsked } from './decision-record.ts';
import { type AccessContext, knownIn } from './decide-answer.ts';
import { type DocumentFacts, factsFor } from './document-facts.ts';
import { isOfOthers } from './disclosure-log.ts';
import type { GateParts } from './gate-parts.ts';
import { WHOLE_ROW } from './lists/page-rows.ts';
import { look } from './looks/index.ts';
import { decisionsOf } from './notices/received.ts';
import { type KnownTo, knownTo, type OwnFacts, ownFactsFor, type SharingFacts, sharingFactsFor, type Stop, stopsIn } from './own/index.ts';

export interface OwnInquiry {
  readonly asker: LearnerAsker;
  /** Name of the page, which its decision keeps. */
  readonly asked: string;
  readonly document: DocumentAsked;
}

export interface OwnAnswer {
  readonly outcome: 'answered';
  /** As the learner's own page names the learner. */
  readonly learner: string;
  /** By revision in the learner's stream, which is not to be told. */
  readonly items: ReadonlyMap<Revision, AnswerItem>;
  readonly facts: DocumentFacts & OwnFacts;
  /** Of the decision in the log. */
  readonly position: Position;
}

export type OwnDisclosure = OwnAnswer | NotPermitted | NotKnown;

/** What recorded decisions say of sharing. */
interface SharingPast {
  readonly stops: readonly Stop[];
  readonly knownTo: readonly KnownTo[];
}

export type SharingDisclosure = (OwnAnswer & SharingFacts & SharingPast) | NotPermitted | NotKnown;

const PURPOSES = ['know-own-record'];

type Decided = { readonly told: OwnAnswer; readonly context: AccessContext } | { readonly told: NotPermitted | NotKnown };

const decideOwn = async (parts: GateParts, { asker, asked, document }: OwnInquiry): Promise<Decided> => {
  const inquiry = { asker, ref: 'me', purposes: PURPOSES, asked, document, page: WHOLE_ROW };
  const { outcome, position, ...decided } = await decideAboutLearner(parts, inquiry);
  if (outcome === 'not-known' || decided.context === undefined) return { told: { outcome: 'not-known', position } };
  const { context, answer } = decided;
  const learner = pseudonymIn(parts, context);
  if (outcome === 'not-permitted') return { told: { outcome, position, learner, clauses: wouldHave(context, inquiry) } };
  const [read = []] = await parts.reader.readTogether([{ context, permitted: answer.permitted }]);
  const items = new Map(
    answer.permitted.flatMap(({ item: { revision } }, place) => {
      const item = read[place];
      return item ? [[revision, item] as const] : [];
    }),
  );
  const facts = { ...factsFor(context, askedIn(inquiry), answer, []), ...ownFactsFor(context, answer) };
  return { told: { outcome, learner, items, facts, position }, context };
};

/** Rejects with `EventStoreError` where the decision cannot be recorded: then nothing is disclosed. */
export const askForOwn = async (parts: GateParts, inquiry: OwnInquiry): Promise<OwnDisclosure> => (await decideOwn(parts, inquiry)).told;

/**
 * The same, with how consents stand, what is shared without any, what came of those that were stopped, and who knows what: that is told of
 * who saw what, so it is a look besides. Rejects likewise.
 */
export const askForOwnSharing = async (parts: GateParts, inquiry: OwnInquiry): Promise<SharingDisclosure> => {
  const decided = await decideOwn(parts, inquiry);
  if (!('context' in decided)) return decided.told;
  const { told, context } = decided;
  const visible = visibleIn(context);
  const seen = await look(parts, lookFor(inquiry, context.file.id), () => pastOf(parts, context, visible));
  const past = seen.outcome === 'answered' ? seen.told : NOTHING;
  return { ...told, ...sharingFactsFor(context, visible), ...past };
};

const lookFor = ({ asker, asked }: OwnInquiry, about: LearnerId): Parameters<typeof look>[1] => ({
  asker,
  asked: 'disclosures',
  parameters: { asked },
  about,
});

const visibleIn = (context: AccessContext): readonly RecordItem[] => {
  const hidden = hiddenFromLearner(context.file.record, londonDate(context.at));
  return knownIn(context).items.filter(({ revision }) => !hidden.has(revision));
};

const NOTHING: SharingPast = { stops: [], knownTo: [] };

const pastOf = async (parts: GateParts, context: AccessContext, visible: readonly RecordItem[]): Promise<SharingPast> => {
  const { file, grounds, circumstances } = knownIn(context);
  const categories = new Map(visible.map(({ revision, category }) => [revision, category]));
  const decisions = (await decisionsOf(parts, file, isOfOthers)).toSorted((one, other) => one.at - other.at);
  const consents = standingConsents(file.consent, grounds);
  const rolesOf = (agency: AgencySlug): readonly string[] => circumstances.areas.rolesOf(agency);
  const isAgency = (recipient: string): boolean => rolesOf(recipient).some((role) => role !== OWN_PAGE);
  return {
    stops: stopsIn(consents, { decisions, notices: file.consent.notices, rolesOf, categoryOf: (item) => categories.get(item) }),
    knownTo: knownTo({ decisions, visible, consents, isAgency }),
  };
};

/** What the learner says there is the learner's. */
const OWN_PAGE = 'self-service';
