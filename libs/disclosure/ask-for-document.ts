// A document about one learner, such as the passport of Entry to Employment: decided and recorded as any question about a learner, and told
// with what it takes to make one thing of its items.
import type { Position, Revision } from '#kernel';
import type { NotKnown, NotPermitted, AnswerItem } from './answer.ts';
import { askedIn, decideAboutLearner, type InquiryAboutLearner, pseudonymIn, wouldHave } from './ask-about-learner.ts';
import type { DocumentAsked } from './decision-record.ts';
import { type DocumentFacts, factsFor, type KindOfItem } from './document-facts.ts';
import type { GateParts } from './gate-parts.ts';
import type { LearnerNamed } from './lists/index.ts';
import { namedFor } from './lists/list-page.ts';
import { WHOLE_ROW } from './lists/page-rows.ts';

export interface DocumentInquiry extends Omit<InquiryAboutLearner, 'page'> {
  readonly document: DocumentAsked;
  /** Kinds of which it is to be known whether the asker would be shown them, were there any. */
  readonly kinds?: readonly KindOfItem[];
}

export interface DocumentAnswer extends LearnerNamed {
  readonly outcome: 'answered';
  /** What the asker may see, by revision in the learner's stream, which is not to be told; the merged identity has -1. */
  readonly items: ReadonlyMap<Revision, AnswerItem>;
  readonly facts: DocumentFacts;
  /** Of the decision in the log. */
  readonly position: Position;
}

export type DocumentDisclosure = DocumentAnswer | NotPermitted | NotKnown;

/** Rejects with `EventStoreError` where the decision cannot be recorded: then nothing is disclosed. */
export const askForDocument = async (parts: GateParts, { kinds = [], ...inquiry }: DocumentInquiry): Promise<DocumentDisclosure> => {
  const asked = { ...inquiry, page: WHOLE_ROW };
  const { outcome, position, ...decided } = await decideAboutLearner(parts, asked);
  if (outcome === 'not-known' || decided.context === undefined) return { outcome: 'not-known', position };
  const { context, answer } = decided;
  if (outcome === 'not-permitted') return { outcome, position, learner: pseudonymIn(parts, context), clauses: wouldHave(context, inquiry) };
  const [read = []] = await parts.reader.readTogether([{ context, permitted: answer.permitted }]);
  const items = new Map(
    answer.permitted.flatMap(({ item: { revision } }, place) => {
      const item = read[place];
      return item ? [[revision, item] as const] : [];
    }),
  );
  return { outcome, ...namedFor(parts, context), items, facts: factsFor(context, askedIn(asked), answer, kinds), position };
};
