// A question about one learner: judged on the learner's file as it stands, recorded, and only then opened.
import { type Asker, recordedAs } from '#access';
import { correlation } from '#bus';
import type { LearnerId, Position } from '#kernel';
import { whomItMeans } from '#learner-file';
import { clausesThatWouldHave } from '#sharing-protocols';
import type { Judged } from '#unit-of-work';
import type { Disclosure } from './answer.ts';
import type { AnswerPage } from './answer-page.ts';
import { type Asked, type DecidedAnswer, decideAnswer, outcomeOf, type Standing } from './decide-answer.ts';
import type { GateParts } from './gate-parts.ts';
import { groupPermitted, groupRefused } from './grounds.ts';
import { learnerAt, type Moment, momentOf, readerAt, requireAsSeen } from './moment.ts';
import { type LearnerQuestion, orderOf, wantedBy } from './questions.ts';
import { isPost, type Reader, recipientIn } from './reader.ts';
import { isAnother, reasonOf, recordDecision, staffOf } from './record-decision.ts';
import { recordRefusal, type RefusalToRecord } from './refusal-record.ts';

export interface Inquiry {
  readonly asker: Asker;
  /** `uln:…`, `local:…` or the asker's pseudonym; of an office a pseudonym or the broker's own id; of a learner `me`. */
  readonly ref: string;
  readonly purposes: readonly string[];
  /** Why an officer opens a record inside a rights task. */
  readonly reason?: string;
  /** What it takes of the learner's record, and in which order, follows from the name. */
  readonly asked: LearnerQuestion;
  readonly page: Omit<AnswerPage, 'order'>;
}

type Decided =
  | Exclude<Disclosure, { outcome: 'answered' }>
  | { readonly outcome: 'answered'; readonly standing: Standing; readonly answer: DecidedAnswer; readonly position: Position };

const OWN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ROUTE = 'learner';

/** Rejects with `EventStoreError` where the decision cannot be recorded: then nothing is disclosed. */
export const askAboutLearner = async (parts: GateParts, inquiry: Inquiry): Promise<Disclosure> => {
  const origin = correlation();
  const decided = await parts.writer.write(() => judge(parts, inquiry, origin));
  parts.observer?.decided(decided.outcome, inquiry.asked);
  if (decided.outcome !== 'answered') return decided;
  const { standing, answer, position } = decided;
  return {
    outcome: 'answered',
    learner: pseudonymIn(parts, standing),
    items: await parts.reader.read(standing, answer.permitted),
    ...(answer.next === undefined ? {} : { next: answer.next }),
    position,
  };
};

/** Must not wait: what it looks at must still be so when the decision is appended. */
const judge = (parts: GateParts, inquiry: Inquiry, origin: string): Judged<Decided> => {
  const moment = momentOf(parts, origin);
  const reader = readerAt(moment, inquiry.asker);
  const meant = reader && meantBy(parts, moment, reader, inquiry.ref);
  const learner = meant === undefined ? undefined : learnerAt(parts, moment, meant);
  return reader && learner ? decide(parts, moment, { ...learner, reader }, inquiry) : nobody(parts, moment, inquiry, { reader, meant });
};

const meantBy = (
  { streams, pseudonyms }: GateParts,
  { draft, inForce, at }: Moment,
  reader: Reader,
  ref: string,
): LearnerId | undefined => {
  if (ref.startsWith('psn:')) return pseudonyms.resolve(reader.slug, ref);
  if (!isPost(reader)) return whomItMeans({ draft, streams, register: inForce.register, at }, reader.slug, ref);
  if (reader.learner !== undefined) return ref === 'me' ? reader.learner : undefined;
  return OWN_ID.test(ref) ? ref : undefined;
};

const decide = (parts: GateParts, moment: Moment, standing: Standing, inquiry: Inquiry): Judged<Decided> => {
  const asked = askedIn(inquiry);
  const answer = decideAnswer(standing, asked);
  const outcome = outcomeOf(standing, answer);
  const { purposes, route, page } = asked;
  const { id } = recordDecision(parts, moment, standing, {
    recipient: standing.reader.slug,
    ...staffOf(inquiry.asker),
    ...(isAnother(inquiry.asker, standing.file.id) ? { another: true } : {}),
    purposes,
    ...reasonOf(inquiry),
    route,
    asked: inquiry.asked,
    page,
    outcome,
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
  });
  requireAsSeen(parts, moment, standing.file.id);
  return {
    draft: moment.draft,
    result: (positions) => {
      const position = positions.get(id) ?? 0;
      if (outcome === 'answered') return { outcome, standing, answer, position };
      if (outcome === 'not-known') return { outcome, position };
      return { outcome, position, learner: pseudonymIn(parts, standing), clauses: wouldHave(standing, inquiry) };
    },
  };
};

/**
 * A question about nobody is recorded too, and costs what a question about somebody costs: the answers must look alike. So is one by nobody
 * whom the register knows: another issuer vouched for whoever that is.
 */
const nobody = (parts: GateParts, moment: Moment, inquiry: Inquiry, known: Pick<RefusalToRecord, 'reader' | 'meant'>): Judged<Decided> => {
  const { asker, ref, purposes, asked } = inquiry;
  const refused = { recipient: recordedAs(asker), ...staffOf(asker), ref, purposes, ...reasonOf(inquiry), asked };
  const id = recordRefusal(parts, moment, { refused, ...known });
  return { draft: moment.draft, result: (positions) => ({ outcome: 'not-known', position: positions.get(id) ?? 0 }) };
};

const askedIn = (inquiry: Inquiry): Asked => {
  const { purposes, asked, page } = inquiry;
  return { purposes, ...reasonOf(inquiry), route: ROUTE, wants: wantedBy(asked), page: { ...orderOf(asked), ...page } };
};

const pseudonymIn = ({ pseudonyms }: GateParts, { reader, file }: Standing): string => pseudonyms.of(reader.slug, file.id);

const wouldHave = ({ reader, inForce }: Standing, { purposes }: Inquiry): readonly string[] =>
  clausesThatWouldHave(inForce.decisions, recipientIn(reader), purposes);
