// Queries about one learner, as they come by HTTP, and what answers them.
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Asker, recordedAs } from '#access';
import { Query } from '#bus';
import { type Answer, type Disclosure, Gate, type LearnerQuestion, PageCursors, type PagePlace } from '#disclosure';

// The queries about one learner, as they come by HTTP.

const PURPOSE = '[a-z0-9][a-z0-9-]{0,63}';

/**
 * Of a `Purpose` header: one to 20 purposes, separated by commas; those that are known, or any where none is. Elements may be empty (RFC
 * 9110 section 5.6.1).
 */
export const purposePattern = (known: readonly string[] = []): string => {
  const purpose = known.length === 0 ? PURPOSE : `(?:${known.join('|')})`;
  return `^[ \\t,]*${purpose}(?:[ \\t]*,[ \\t,]*${purpose}){0,19}[ \\t,]*$`;
};

export interface AskedPage {
  /** The `next` of the page before, as it came; absent for the first one. */
  readonly cursor?: string;
  readonly limit: number;
}

/** As `Disclosure`, but what leads to a further page is sealed for the caller. */
export type PagedDisclosure = Exclude<Disclosure, Answer> | (Omit<Answer, 'next'> & { readonly next?: string }) | CursorUnknown;

/** The cursor is none that the caller was given: nothing was looked at. */
export interface CursorUnknown {
  readonly outcome: 'cursor-unknown';
}

export interface AskedAboutLearner {
  readonly query: LearnerQuestion;
  readonly asker: Asker;
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly page: AskedPage;
  readonly reason?: string;
}

export class AskAboutLearner extends Query<AskedAboutLearner, PagedDisclosure> {}

const FIRST: Partial<PagePlace> & Pick<PagePlace, 'revision'> = { revision: 0 };

@QueryHandler(AskAboutLearner)
export class AskAboutLearnerHandler implements IQueryHandler<AskAboutLearner, PagedDisclosure> {
  readonly #gate: Gate;
  readonly #cursors: PageCursors;

  constructor(@Inject(Gate) gate: Gate, @Inject(PageCursors) cursors: PageCursors) {
    this.#gate = gate;
    this.#cursors = cursors;
  }

  async execute({ details }: AskAboutLearner): Promise<PagedDisclosure> {
    const {
      query,
      asker,
      page: { cursor, limit },
      ...asked
    } = details;
    const of = { agency: 'learner' in asker ? asker.learner : recordedAs(asker), asked: query };
    const begins = cursor === undefined ? FIRST : await this.#cursors.placeOf(of, cursor);
    if (begins === undefined) return { outcome: 'cursor-unknown' };
    const { revision: after, ...rank } = begins;
    const disclosure = await this.#gate.ask({ ...asked, asker, page: { ...rank, after, limit }, asked: query });
    if (disclosure.outcome !== 'answered') return disclosure;
    const { next, ...answer } = disclosure;
    return next === undefined ? answer : { ...answer, next: await this.#cursors.of(of, next) };
  }
}
