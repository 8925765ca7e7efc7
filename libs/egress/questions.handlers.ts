// What learners asked of agencies and complained about, for data protection officers: a page of them with their days, each learner on it
// recorded before it is told, and one in full for the officer who answers it (ADR 58).
import { agencyOfOffice, type OfficeAsker } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import type { Propose, Thread, ThreadRow, ThreadShown } from '#disclosure';
import type { ThreadKind } from '#duties';
import type { Position } from '#kernel';
import { proposeThreads } from '#read-models';
import type { NotFound } from './audit.handlers.ts';
import { type Listing, LISTING, type PageAsked, paged, type Rows } from './oversight-lists.handlers.ts';

export const QUESTION_STATES = ['open', 'answered'] as const;

export interface QuestionFilters {
  readonly state: (typeof QUESTION_STATES)[number];
  readonly kind?: ThreadKind;
}

/** Those that wait come the oldest first, those answered the latest first. */
export class AskForQuestions extends Query<PageAsked & { readonly filters: QuestionFilters }, Rows<ThreadRow>> {}

export interface QuestionAsked {
  readonly asker: OfficeAsker;
  /** Of the event that began it. */
  readonly question: Position;
}

export type QuestionShown = ThreadShown & { readonly outcome: 'answered' };

export class AskForQuestion extends Query<QuestionAsked, QuestionShown | NotFound> {}

const questions = (
  parts: Listing,
  { asker, page, filters }: PageAsked & { readonly filters: QuestionFilters },
): Promise<Rows<ThreadRow>> => {
  const { oversight, views } = parts;
  const { state, kind } = filters;
  const own = agencyOfOffice(asker.office);
  const put = { open: state === 'open', ...(own !== undefined && { about: own }) };
  const propose: Propose = async (beyond, limit) =>
    (await proposeThreads(views, { ...put, limit, ...(beyond !== Infinity && { beyond }) })).rows;
  const isWanted = (thread: Thread): boolean =>
    (thread.state === 'answered') === (state === 'answered') && (kind === undefined || thread.kind === kind);
  const parameters = { ...filters, limit: page.limit };
  return paged(parts, {
    ...{ asker, page, question: `audit questions ${JSON.stringify(filters)}` },
    read: (from) => oversight.questions({ ...from, asker, parameters, propose, isWanted }),
  });
};

const question = async ({ oversight }: Listing, { asker, question: position }: QuestionAsked): Promise<QuestionShown | NotFound> => {
  const told = await oversight.question({ asker, position });
  return told === undefined ? { outcome: 'not-known' } : { outcome: 'answered', ...told };
};

export const questionHandlers = [handling(AskForQuestions, LISTING, questions), handling(AskForQuestion, LISTING, question)];
