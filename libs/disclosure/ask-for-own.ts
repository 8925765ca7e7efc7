// A learner asks about the own record: decided and recorded as any question about a learner, and told with what no item says (ADR 54).
import type { LearnerAsker } from '#access';
import { standingConsents } from '#consent';
import { type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import { hiddenFromLearner, type RecordItem } from '#learner-record';
import type { AnswerItem, NotKnown, NotPermitted } from './answer.ts';
import { askedIn, decideAboutLearner, pseudonymIn, wouldHave } from './ask-about-learner.ts';
import type { DocumentAsked } from './decision-record.ts';
import { type AccessContext, knownIn } from './decide-answer.ts';
import { type DocumentFacts, factsFor } from './document-facts.ts';
import type { GateParts } from './gate-parts.ts';
import { WHOLE_ROW } from './lists/page-rows.ts';
import { look } from './looks/index.ts';
import { decisionsOf } from './notices/received.ts';
import { type OwnFacts, ownFactsFor, type SharingFacts, sharingFactsFor, type Stop, stopsIn } from './own/index.ts';

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

export type SharingDisclosure = (OwnAnswer & SharingFacts & { readonly stops: readonly Stop[] }) | NotPermitted | NotKnown;

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
 * The same, with how consents stand, what is shared without any, and what came of those that were stopped: that is told of who saw what, so
 * it is a look besides. Rejects likewise.
 */
export const askForOwnSharing = async (parts: GateParts, inquiry: OwnInquiry): Promise<SharingDisclosure> => {
  const decided = await decideOwn(parts, inquiry);
  if (!('context' in decided)) return decided.told;
  const { told, context } = decided;
  const visible = visibleIn(context);
  const seen = await look(parts, lookFor(inquiry, context.file.id), () => stopsOf(parts, context, visible));
  const stops = seen.outcome === 'answered' ? seen.told : [];
  return { ...told, ...sharingFactsFor(context, visible), stops };
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

const stopsOf = async (parts: GateParts, context: AccessContext, visible: readonly RecordItem[]): Promise<readonly Stop[]> => {
  const { file, grounds, circumstances } = knownIn(context);
  const categories = new Map(visible.map(({ revision, category }) => [revision, category]));
  return stopsIn(standingConsents(file.consent, grounds), {
    decisions: (await decisionsOf(parts, file)).toSorted((one, other) => one.at - other.at),
    notices: file.consent.notices,
    rolesOf: (agency) => circumstances.areas.rolesOf(agency),
    categoryOf: (item) => categories.get(item),
  });
};
