import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { recordedAs } from '#access';
import { Gate, PageCursors, type PagePlace } from '#disclosure';
import { AskAboutLearner, type PagedDisclosure } from './learner-queries.ts';

const FIRST: Partial<PagePlace> & Pick<PagePlace, 'revision'> = { revision: 0 };

@QueryHandler(AskAboutLearner)
export class AskAboutLearnerHandler implements IQueryHandler<AskAboutLearner, PagedDisclosure> {
  readonly #gate: Gate;
  readonly #cursors: PageCursors;

  constructor(@Inject(Gate) gate: Gate, @Inject(PageCursors) cursors: PageCursors) {
    this.#gate = gate;
    this.#cursors = cursors;
  }

  async execute({ query, asker, ref, purposes, reason, page: { cursor, limit } }: AskAboutLearner): Promise<PagedDisclosure> {
    const of = { agency: 'learner' in asker ? asker.learner : recordedAs(asker), asked: query };
    const begins = cursor === undefined ? FIRST : this.#cursors.placeOf(of, cursor);
    if (begins === undefined) return { outcome: 'cursor-unknown' };
    const { revision: after, ...rank } = begins;
    const page = { ...rank, after, limit };
    const disclosure = await this.#gate.ask({
      asker,
      ref,
      purposes,
      ...(reason === undefined ? {} : { reason }),
      page,
      asked: query,
    });
    if (disclosure.outcome !== 'answered') return disclosure;
    const { next, ...answer } = disclosure;
    return next === undefined ? answer : { ...answer, next: await this.#cursors.of(of, next) };
  }
}
