// Who waits for a voucher, for those who can give it (sharing-matrix.md, W6).
import { Controller, Get, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UseCases } from '#bus/nest';
import type { Asker } from '#access';
import { AskerGuard, AskerOf, Problem } from '#http';
import { AskForWaitingTies, type TiesRefused, type TiesShown } from '../ties.handlers.ts';
import { pageOf } from './read-request.ts';

interface TieSearch {
  readonly state?: string;
  readonly cursor?: string;
  readonly limit?: string;
}

const WAITING = 'waiting';

@Controller('v1/ties')
@UseGuards(AskerGuard)
export class TiesController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  /** No purpose is named: no clause shows it, but who stands has to know for whom it may vouch. */
  @Get()
  async ties(@AskerOf() asker: Asker, @Query() search: TieSearch, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    void reply.header('cache-control', 'no-store');
    const answer = await this.#useCases.run(new AskForWaitingTies({ asker, page: askedPage(search) }), 'http');
    if (answer.outcome === 'cursor-unknown')
      throw new Problem(400, 'cursor-malformed', 'cursor takes the `next` of an earlier answer, as it was given.');
    const { ties, next, position } = shownTo(asker, answer);
    void reply.header('concordat-position', String(position));
    return { ties, ...(next === undefined ? {} : { next }) };
  }
}

/** An agency that may vouch for nobody is told of nobody; an office is told that this is none of its affair. */
const shownTo = (asker: Asker, answer: TiesShown | TiesRefused): Omit<TiesShown, 'outcome'> => {
  if (answer.outcome === 'answered') return answer;
  if ('agency' in asker) return { ties: [], position: answer.position };
  throw new Problem(403, 'not-permitted', 'No protocol has this office vouch for anybody: agencies, the data manager and the learner do.', {
    more: { clauses: [] },
    headers: { 'concordat-position': String(answer.refusedAt) },
  });
};

const askedPage = ({ state = WAITING, ...page }: TieSearch): ReturnType<typeof pageOf> => {
  if (state !== WAITING) throw new Problem(400, 'bad-request', 'state takes `waiting` alone.');
  return pageOf(page);
};
