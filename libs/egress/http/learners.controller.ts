// Queries about a learner (contracts.md, HTTP). All go through the gate; none of them looks at a store itself.
import { Body, Controller, createParamDecorator, type ExecutionContext, Get, HttpCode, Inject, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from '#access';
import { UseCases } from '#bus/nest';
import { type LearnerQuestion, LOOKUP, Registers } from '#disclosure';
import { AskerGuard, Problem } from '#http';
import { type Clock, londonDate } from '#kernel';
import { AskAboutLearner, type PagedDisclosure } from '../egress.handlers.ts';
import { CLOCK } from '../egress.tokens.ts';
import { pageOf, purposesOf, reasonOf, refIn } from './read-request.ts';

// All that a query about a learner says, gathered from path, headers and query string.

export interface Asked {
  readonly ref: string;
  readonly asker: Asker;
  readonly purpose?: string;
  /** Of a data protection officer: why a record is opened. */
  readonly reason?: string;
  readonly cursor?: string;
  readonly limit?: string;
  /** `performance.now()` on arrival. */
  readonly began: number;
}

type QueryRequest = FastifyRequest<{ Params: { ref: string }; Querystring: { cursor?: string; limit?: string } }> & { asker: Asker };

export const askedOf = ({ params, query, headers, asker }: QueryRequest): Asked => ({
  ref: params.ref,
  asker,
  ...textOf('purpose', headers['purpose']),
  ...textOf('reason', headers['concordat-reason']),
  ...textOf('cursor', query.cursor),
  ...textOf('limit', query.limit),
  began: performance.now(),
});

/** A header given twice is one list, as HTTP has it (RFC 9110 section 5.3); a parameter given twice did not get here. */
const textOf = (name: keyof Asked, value: string | readonly string[] | undefined): Partial<Asked> =>
  value === undefined ? {} : { [name]: String(value) };

export const AskedOf = createParamDecorator((_data: unknown, context: ExecutionContext): Asked =>
  askedOf(context.switchToHttp().getRequest<QueryRequest>()),
);

// Answers of "no such learner" leave at fixed moments after the request came, so that their time does not tell why (contracts.md, HTTP).

const STEP_MS = 25;

/** Resolves at the next whole step of 25 ms after `began` (as `performance.now()`). */
export const atUniformTime = (began: number): Promise<void> => {
  const spent = performance.now() - began;
  const due = Math.ceil(spent / STEP_MS) * STEP_MS - spent;
  return new Promise((resolve) => void setTimeout(resolve, due));
};

@Controller('v1/learners')
@UseGuards(AskerGuard)
export class LearnersController {
  readonly #useCases: UseCases;
  readonly #registers: Registers;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(Registers) registers: Registers, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#registers = registers;
    this.#clock = clock;
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
    const purposes = purposesOf(asked.purpose, this.#registers.inForce(londonDate(this.#clock.now())).askable);
    const page = pageOf(asked);
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

export const refusal = async (disclosure: Exclude<PagedDisclosure, Answered>, began: number): Promise<Problem> => {
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
