// What went wrong, as a page: what happened, whether anything was lost, and what to do next. Nothing technical, nothing of anybody.
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientError } from '#client';
import { BrokerAway, BrokerProblem } from '../broker/broker-client.ts';
import { NotYours } from './admit.ts';
import { NotAsShown } from './as-shown.ts';
import { clausesIn, type NamedClause } from './clauses.ts';
import { fieldsIn } from './form.ts';
import { SignInFailed } from './issuer.ts';
import { asPressed } from './paths.ts';
import { emptySession, personOf } from './session.ts';
import { NotSignedIn } from './visit.ts';

interface Fault {
  readonly status: number;
  readonly template: string;
  readonly model?: Readonly<Record<string, unknown>>;
}

const [RETRY_SECONDS, LONGEST_SECONDS] = [5, 60];
const away = (seconds = RETRY_SECONDS): Fault => ({
  status: 503,
  template: 'templates/away.njk',
  model: { seconds: Math.min(seconds, LONGEST_SECONDS) },
});
const NOT_FOUND: Fault = { status: 404, template: 'templates/not-found.njk' };
const NOT_YOURS: Fault = { status: 403, template: 'templates/not-yours.njk' };
const WRONG: Fault = { status: 500, template: 'templates/wrong.njk' };
const TOO_LARGE: Fault = { status: 413, template: 'templates/too-large.njk' };
const CHANGED: Fault = { status: 409, template: 'templates/changed.njk' };
const EXPIRED: Fault = { status: 403, template: 'templates/expired.njk' };

/** By the broker's status; what it says to developers is not shown, but for faults of what was entered. */
const BY_STATUS: Readonly<Record<number, (problem: BrokerProblem) => Fault>> = {
  400: ({ body }) => ({ status: 400, template: 'templates/bad.njk', model: { detail: body.detail } }),
  403: ({ body, purposes, serves }) => ({
    status: 403,
    template: 'templates/refused.njk',
    model: { clauses: body.clauses ?? [], asked: purposes, serves },
  }),
  404: () => NOT_FOUND,
  409: () => CHANGED,
  410: () => NOT_FOUND,
  429: ({ retryAfter }) => away(retryAfter),
  503: ({ retryAfter }) => away(retryAfter),
};

/** What was entered stands on the page, to be sent again: browsers forget what was written on a page that they may not store. */
const AWAY_ERRORS = [BrokerAway, SignInFailed, ClientError];

const faultOf = (error: unknown): Fault => {
  if (error instanceof BrokerProblem) return (BY_STATUS[error.status] ?? (() => WRONG))(error);
  if (AWAY_ERRORS.some((one) => error instanceof one)) return away();
  if (error instanceof NotYours) return NOT_YOURS;
  if (error instanceof NotAsShown) return { status: 409, template: 'templates/not-as-shown.njk', model: { instead: error.instead } };
  return error instanceof HttpException ? (OF_THE_FRAMEWORK[error.getStatus()] ?? WRONG) : WRONG;
};

/** Forms without their token, or of other pages; paths that are none; what was not read to its end. */
const OF_THE_FRAMEWORK: Readonly<Record<number, Fault>> = { 403: EXPIRED, 404: NOT_FOUND, 413: TOO_LARGE };

const hasEnded = (error: unknown): boolean => error instanceof NotSignedIn || (error instanceof BrokerProblem && error.status === 401);

@Catch()
export class PageFaults implements ExceptionFilter {
  readonly #tell: (line: string) => void;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (hasEnded(error)) return signInAgain(request, reply);
    const fault = faultOf(error);
    if (fault === WRONG)
      this.#tell(`A page failed: ${error instanceof Error ? error.name : 'unknown'} at ${request.routeOptions.url ?? 'no route'}`);
    answered(request, reply, fault).catch(() => void reply.status(500).send(''));
  }
}

/** Only what was looked at is opened again after it; what was sent is not sent by itself, but kept. */
const signInAgain = (request: FastifyRequest, reply: FastifyReply): void => {
  request.visit.keepUnsent();
  emptySession(request);
  void reply.redirect(request.method === 'GET' ? `/sign-in?then=${encodeURIComponent(asPressed(request.url))}` : '/sign-in', 303);
};

const answered = async (request: FastifyRequest, reply: FastifyReply, fault: Fault): Promise<void> => {
  const { status, template, model = {} } = fault;
  const { visit } = request;
  if (status === 503) void reply.header('retry-after', String(model['seconds']));
  const isGet = request.method === 'GET';
  const named = await clausesIn(visit, (model['clauses'] ?? []) as readonly string[]);
  const clauses = servedBy(named, model['serves'] as readonly string[] | undefined);
  const html = visit.page(template, {
    ...{ ...model, clauses, again: status === 503 && isGet },
    ...{
      otherWork: otherThan(model['asked'], clauses),
      isForm: !isGet,
      fields: fieldsIn(request.body),
      learner: personOf(request)?.kind === 'learner',
    },
  });
  void reply.status(status).type('text/html; charset=utf-8').send(html);
};

/** A refusal names all clauses that show the asker something; those that are for other work than the thing is help nobody. */
const servedBy = (clauses: readonly NamedClause[], serves: readonly string[] | undefined): readonly NamedClause[] =>
  clauses.flatMap((clause) => {
    if (serves === undefined || clause.purposes === undefined) return [clause];
    const purposes = clause.purposes.filter((one) => serves.includes(one));
    return purposes.length === 0 ? [] : [{ ...clause, purposes }];
  });

/** For which it could be seen, and was not asked for. */
const otherThan = (asked: unknown, clauses: readonly NamedClause[]): readonly string[] => {
  const known = new Set([asked].flat());
  return [...new Set(clauses.flatMap(({ purposes = [] }) => purposes))].filter((purpose) => !known.has(purpose));
};
