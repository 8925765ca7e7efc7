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

  async execute({ details }: AskAboutLearner): Promise<PagedDisclosure> {
    const {
      query,
      asker,
      page: { cursor, limit },
      ...asked
    } = details;
    const of = { agency: 'learner' in asker ? asker.learner : recordedAs(asker), asked: query };
    const begins = cursor === undefined ? FIRST : this.#cursors.placeOf(of, cursor);
    if (begins === undefined) return { outcome: 'cursor-unknown' };
    const { revision: after, ...rank } = begins;
    const disclosure = await this.#gate.ask({ ...asked, asker, page: { ...rank, after, limit }, asked: query });
    if (disclosure.outcome !== 'answered') return disclosure;
    const { next, ...answer } = disclosure;
    return next === undefined ? answer : { ...answer, next: await this.#cursors.of(of, next) };
  }
}
