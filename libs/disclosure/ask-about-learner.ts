// A question about one learner: judged on the learner's file as it stands, recorded, and only then opened.
import { type Asker, recordedAs } from '#access';
import type { Position } from '#kernel';
import { clausesThatWouldHave } from '#sharing-protocols';
import type { Draft } from '#unit-of-work';
import type { AnswerPage, Disclosure } from './answer.ts';
import { type Asked, type DecidedAnswer, decideAnswer, outcomeOf, type AccessContext } from './decide-answer.ts';
import {
  type DecisionIds,
  drawIds,
  isAnother,
  learnerAt,
  lookForAnswer,
  type Moment,
  momentOf,
  readerAt,
  reasonOf,
  recordDecision,
  requireAsSeen,
  staffOf,
  whomAsked,
} from './moment.ts';
import type { DisclosureDecided, DocumentAsked } from './decision-record.ts';
import type { GateParts } from './gate-parts.ts';
import { givenIn, groupPermitted, groupRefused } from './disclosure-log.ts';
import { type LearnerQuestion, orderOf, wantedThen } from './questions.ts';
import { recipientIn } from './in-force.ts';
import { recordRefusal, type RefusalToRecord } from './refusal-record.ts';

export interface InquiryAboutLearner {
  readonly asker: Asker;
  /** `uln:…`, `local:…` or the asker's pseudonym; of an office a pseudonym or the broker's own id; of a learner `me`. */
  readonly ref: string;
  readonly purposes: readonly string[];
  /** Why an officer opens a record inside a rights task. */
  readonly reason?: string;
  /** Name of the question, or of the document. */
  readonly asked: string;
  /** Of a document, which is made of these items. */
  readonly document?: DocumentAsked;
  readonly page: AnswerPage;
}

export interface Inquiry extends InquiryAboutLearner {
  /** What it takes of the learner's record, and in which order, follows from the name. */
  readonly asked: LearnerQuestion;
  readonly document?: never;
  readonly page: Omit<AnswerPage, 'order'>;
}

/** What it came to, and is to be on disk before anything of it is told. */
export type DecidedAboutLearner = { readonly draft: Draft } & (
  | { readonly outcome: DisclosureDecided['outcome']; readonly context: AccessContext; readonly answer: DecidedAnswer }
  | { readonly outcome: 'not-known'; readonly context?: undefined }
);

const ROUTE = 'learner';

/** Rejects with `EventStoreError` where the decision cannot be recorded: then nothing is disclosed. */
export const askAboutLearner = async (parts: GateParts, inquiry: Inquiry): Promise<Disclosure> => {
  const page = { ...orderOf(inquiry.asked), ...inquiry.page };
  return tell(parts, inquiry, await decideAboutLearner(parts, { ...inquiry, page }));
};

/** What it came to, once that is on disk. */
export const decideAboutLearner = async (
  parts: GateParts,
  inquiry: InquiryAboutLearner,
): Promise<DecidedAboutLearner & { readonly position: Position }> => {
  const ids = drawIds();
  const { judged, positions } = await parts.writer.write({
    look: () => lookForAnswer(parts, { ...inquiry, ...ids }),
    judge: () => judge(parts, inquiry, ids),
  });
  parts.observer?.decided(judged.outcome, inquiry.asked);
  return { ...judged, position: positions.get(ids.decision) ?? 0 };
};

/** Must not wait: what it looks at must still be so when the decision is appended. */
const judge = (parts: GateParts, inquiry: InquiryAboutLearner, { correlation, decision: id }: DecisionIds): DecidedAboutLearner => {
  const moment = { ...momentOf(parts, correlation), id };
  const reader = readerAt(moment, inquiry.asker);
  const meant = reader && whomAsked(parts, moment, reader, inquiry.ref);
  const learner = meant === undefined ? undefined : learnerAt(parts, moment, meant);
  return reader && learner ? decide(parts, moment, { ...learner, reader }, inquiry) : nobody(parts, moment, inquiry, { reader, meant });
};

/** Once the decision is on disk: only now is anything opened. */
const tell = async (
  parts: GateParts,
  inquiry: Inquiry,
  { position, outcome, ...judged }: DecidedAboutLearner & { readonly position: Position },
): Promise<Disclosure> => {
  if (outcome === 'not-known' || judged.context === undefined) return { outcome: 'not-known', position };
  const { context, answer } = judged;
  const learner = pseudonymIn(parts, context);
  if (outcome === 'not-permitted') return { outcome, position, learner, clauses: wouldHave(context, inquiry) };
  const items = await parts.reader.read(context, answer.permitted);
  return { outcome, learner, items, ...(answer.next === undefined ? {} : { next: answer.next }), position };
};

type Deciding = Moment & { readonly id: string };

const decide = (parts: GateParts, moment: Deciding, context: AccessContext, inquiry: InquiryAboutLearner): DecidedAboutLearner => {
  const asked = askedIn(inquiry);
  const answer = decideAnswer(context, asked);
  const outcome = outcomeOf(context, answer);
  const { purposes, route, page } = asked;
  recordDecision(parts.streams, moment, context, {
    recipient: context.reader.slug,
    ...staffOf(inquiry.asker),
    ...(isAnother(inquiry.asker, context.file.id) ? { another: true } : {}),
    purposes,
    ...reasonOf(inquiry),
    route,
    asked: inquiry.asked,
    ...(inquiry.document === undefined ? {} : { document: inquiry.document }),
    page,
    outcome,
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
    ...(outcome === 'answered' ? givenIn(context, answer.permitted) : {}),
  });
  requireAsSeen(parts, moment, context.file.id);
  return { draft: moment.draft, outcome, context, answer };
};

/**
 * A question about nobody is recorded too, and costs what a question about somebody costs: the answers must look alike. So is one by nobody
 * whom the register knows: another issuer vouched for whoever that is.
 */
const nobody = (
  parts: GateParts,
  moment: Deciding,
  inquiry: InquiryAboutLearner,
  known: Pick<RefusalToRecord, 'reader' | 'meant'>,
): DecidedAboutLearner => {
  const { asker, ref, purposes, asked } = inquiry;
  const refused = { recipient: recordedAs(asker), ...staffOf(asker), ref, purposes, ...reasonOf(inquiry), asked };
  recordRefusal(parts, moment, { refused, ...known });
  return { draft: moment.draft, outcome: 'not-known' };
};

export const askedIn = (inquiry: InquiryAboutLearner): Asked => {
  const { purposes, page } = inquiry;
  return { purposes, ...reasonOf(inquiry), route: ROUTE, wants: wantedThen(inquiry), page };
};

export const pseudonymIn = ({ pseudonyms }: GateParts, { reader, file }: AccessContext): string => pseudonyms.of(reader.slug, file.id);

export const wouldHave = ({ reader, inForce }: AccessContext, { purposes }: Pick<Inquiry, 'purposes'>): readonly string[] =>
  clausesThatWouldHave(inForce.decisions, recipientIn(reader), purposes);
