import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Disclosure, Gate } from '#disclosure';
import { AskAboutLearner, wantedBy } from './learner-queries.ts';

@QueryHandler(AskAboutLearner)
export class AskAboutLearnerHandler implements IQueryHandler<AskAboutLearner, Disclosure> {
  readonly #gate: Gate;

  constructor(@Inject(Gate) gate: Gate) {
    this.#gate = gate;
  }

  async execute({ query, caller, ref, purposes, page }: AskAboutLearner): Promise<Disclosure> {
    return this.#gate.ask({ caller, ref, purposes, page, route: 'learner', asked: query, wants: wantedBy(query) });
  }
}
