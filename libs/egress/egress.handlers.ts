import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Gate, PageCursors } from '#disclosure';
import { AskAboutLearner, type PagedDisclosure, wantedBy } from './learner-queries.ts';

@QueryHandler(AskAboutLearner)
export class AskAboutLearnerHandler implements IQueryHandler<AskAboutLearner, PagedDisclosure> {
  readonly #gate: Gate;
  readonly #cursors: PageCursors;

  constructor(@Inject(Gate) gate: Gate, @Inject(PageCursors) cursors: PageCursors) {
    this.#gate = gate;
    this.#cursors = cursors;
  }

  async execute({ query, caller, ref, purposes, page: { cursor, limit } }: AskAboutLearner): Promise<PagedDisclosure> {
    const after = cursor === undefined ? 0 : this.#cursors.placeOf(caller.agency, cursor);
    if (after === undefined) return { outcome: 'cursor-unknown' };
    const disclosure = await this.#gate.ask({ caller, ref, purposes, page: { after, limit }, route: 'learner', asked: query, wants: wantedBy(query) });
    if (disclosure.outcome !== 'answered') return disclosure;
    const { next, ...answer } = disclosure;
    return next === undefined ? answer : { ...answer, next: await this.#cursors.of(caller.agency, next) };
  }
}
