// Queries about a learner (contracts.md, HTTP). All go through the gate; none of them looks at a store itself.
import { Body, Controller, Get, HttpCode, Inject, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UseCases } from '#bus/nest';
import { type LearnerQuestion, LOOKUP, Registers } from '#disclosure';
import { AskerGuard, Problem, unavailable } from '#http';
import { type Clock, londonDate } from '#kernel';
import { AskAboutLearner, type PagedDisclosure } from '../learner-queries.ts';
import { CLOCK, HEAD, type Head } from '../egress.tokens.ts';
import { type Asked, AskedOf } from './asked.decorator.ts';
import { minPositionOf, pageOf, purposesOf, reasonOf, refIn } from './read-request.ts';
import { atUniformTime } from './uniform-timing.ts';

@Controller('v1/learners')
@UseGuards(AskerGuard)
export class LearnersController {
  readonly #useCases: UseCases;
  readonly #registers: Registers;
  readonly #clock: Clock;
  readonly #head: Head;

  constructor(
    @Inject(UseCases) useCases: UseCases,
    @Inject(Registers) registers: Registers,
    @Inject(CLOCK) clock: Clock,
    @Inject(HEAD) head: Head,
  ) {
    this.#useCases = useCases;
    this.#registers = registers;
    this.#clock = clock;
    this.#head = head;
  }

  @Get(':ref/passport')
  async passport(@AskedOf() asked: Asked, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#ask('passport', asked, reply);
  }

  @Get(':ref/assessments')
  async assessments(@AskedOf() asked: Asked, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#ask('assessments', asked, reply);
  }

  @Get(':ref/timeline')
  async timeline(@AskedOf() asked: Asked, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#ask('timeline', asked, reply);
  }

  /** So that no identifier need stand in a URL, which proxies and browsers keep. */
  @Post(LOOKUP)
  @HttpCode(200)
  async lookup(@Body() body: unknown, @AskedOf() asked: Asked, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.#ask(LOOKUP, { ...asked, ref: refIn(body) }, reply);
  }

  async #ask(query: LearnerQuestion, asked: Asked, reply: FastifyReply): Promise<unknown> {
    const purposes = purposesOf(asked.purpose, this.#registers.inForce(londonDate(this.#clock.now())).purposes);
    const page = pageOf(asked);
    const min = minPositionOf(asked.minPosition);
    if (min > 0 && (await this.#head()) < min) throw unavailable();
    const { asker, ref } = asked;
    const details = { query, asker, ref, purposes, page, ...reasonOf(asked.reason) };
    const disclosure = await this.#useCases.run(new AskAboutLearner(details), 'http');
    const known = await knownIn(query, disclosure, asked.began);
    void reply.header('concordat-position', String(known.position));
    return known.outcome === 'answered' && query !== LOOKUP ? body(known, purposes) : { learner: known.learner };
  }
}

type Answered = Extract<PagedDisclosure, { outcome: 'answered' }>;
type Known = Answered | Extract<PagedDisclosure, { outcome: 'not-permitted' }>;

/** Whoever has to do with the learner is told its own name for the learner, also where it may see nothing. Rejects with the refusal. */
const knownIn = async (query: LearnerQuestion, disclosure: PagedDisclosure, began: number): Promise<Known> => {
  if (disclosure.outcome === 'answered' || (disclosure.outcome === 'not-permitted' && query === LOOKUP)) return disclosure;
  throw await refusal(disclosure, began);
};

const refusal = async (disclosure: Exclude<PagedDisclosure, Answered>, began: number): Promise<Problem> => {
  if (disclosure.outcome === 'cursor-unknown') {
    return new Problem(400, 'cursor-malformed', 'cursor takes the `next` of an earlier answer, as it was given.');
  }
  const headers = { 'concordat-position': String(disclosure.position) };
  if (disclosure.outcome === 'not-permitted') {
    return new Problem(
      403,
      'not-permitted',
      'You contributed nothing about this learner, and no clause permits what you ask for. One of `clauses` would have to hold.',
      {
        more: { clauses: disclosure.clauses },
        headers,
      },
    );
  }
  await atUniformTime(began);
  return new Problem(404, 'no-such-learner', 'There is no such learner, or none whom you may know of.', { headers });
};

const body = ({ learner, items, next }: Answered, purposes: readonly string[]): Readonly<Record<string, unknown>> => ({
  learner,
  purposes,
  items,
  ...(next === undefined ? {} : { next }),
});
