// Who asks (RFC 6750), and how many requests a minute each may make.
import { LRUCache } from 'lru-cache';
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AgencySlug, LearnerId } from '#kernel';
import { type Asker, BearerTokens, type Caller, IssuerUnreachable, type OfficeAsker, recordedAs } from '#access';
import { Problem, unavailable } from './problem.ts';

// So many requests a minute for each agency, and for each address from which nobody proves to come; none takes another's share.

const WINDOW_MS = 60_000;
/** Beyond this many who came within a minute, those are forgotten who came longest ago. */
const MOST_KNOWN = 50_000;

interface Window {
  readonly ends: number;
  count: number;
}

export class RateLimits {
  readonly #max: number;
  readonly #now: () => number;
  readonly #windows = new LRUCache<string, Window>({ max: MOST_KNOWN });

  /** `max` a minute; `now` in milliseconds of any clock that goes on. */
  constructor(max: number, now: () => number = () => performance.now()) {
    this.#max = max;
    this.#now = now;
  }

  /** A request that is proved to be by this agency. Throws 429 where it has had its share. */
  take(agency: AgencySlug): void {
    this.#take(`agency ${agency}`, 'of your agency');
  }

  /** A request by one person of an office. Throws 429 where they have had their share. */
  takeOf({ office, staff = '' }: OfficeAsker): void {
    this.#take(`office ${office} ${staff}`, 'of yours');
  }

  #take(key: string, whose: string): void {
    const window = this.#window(key);
    if (window.count >= this.#max) throw this.#tooMany(window, whose);
    window.count++;
  }

  /** Throws 429 where too much came from this address that nobody proved to have sent. */
  check(address: string): void {
    const window = this.#window(`address ${address}`);
    if (window.count >= this.#max) throw this.#tooMany(window, 'from this address');
  }

  /** Another request came from this address that nobody proved to have sent. */
  count(address: string): void {
    this.#window(`address ${address}`).count++;
  }

  /** Counted before it is known whether it proves anything, so that many at once get no further than one by one. Throws as `check`. */
  hold(address: string): void {
    this.check(address);
    this.count(address);
  }

  /** What was held did prove itself. */
  release(address: string): void {
    const window = this.#window(`address ${address}`);
    window.count = Math.max(0, window.count - 1);
  }

  #window(key: string): Window {
    const held = this.#windows.get(key);
    if (held && held.ends > this.#now()) return held;
    const fresh = { ends: this.#now() + WINDOW_MS, count: 0 };
    this.#windows.set(key, fresh);
    return fresh;
  }

  #tooMany({ ends }: Window, whose: string): Problem {
    const seconds = Math.max(1, Math.ceil((ends - this.#now()) / 1000));
    return new Problem(429, 'too-many-requests', `Too many requests ${whose} within a minute: wait as Retry-After says.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }
}

// Who asks (RFC 6750).

type WithCaller = FastifyRequest & { asker?: Asker; caller?: Caller };

/** Routes behind this one have an asker: an agency, an office or a learner. */
@Injectable()
export class AskerGuard implements CanActivate {
  readonly #tokens: BearerTokens;
  readonly #limits: RateLimits;

  constructor(@Inject(BearerTokens) tokens: BearerTokens, @Inject(RateLimits) limits: RateLimits) {
    this.#tokens = tokens;
    this.#limits = limits;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    request.asker = await askerOf(this.#tokens, request.headers.authorization ?? '');
    this.#limits.take(shareOf(request.asker));
    return true;
  }
}

/** Routes behind this one have a caller: who asks is an agency. */
@Injectable()
export class CallerGuard extends AskerGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const asked = await super.canActivate(context);
    const request = context.switchToHttp().getRequest<WithCaller>();
    if (request.asker) request.caller = agencyIn(request.asker);
    return asked;
  }
}

/**
 * Routes behind this one have a caller where an agency's token says who asks, and know of the learner where a learner's does; a token that
 * is not in force is refused all the same.
 */
@Injectable()
export class AnybodyGuard implements CanActivate {
  readonly #tokens: BearerTokens;

  constructor(@Inject(BearerTokens) tokens: BearerTokens) {
    this.#tokens = tokens;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    const { authorization } = request.headers;
    if (authorization === undefined) return true;
    request.asker = await askerOf(this.#tokens, authorization);
    if ('learner' in request.asker) return true;
    request.caller = agencyIn(request.asker);
    return true;
  }
}

/** RFC 6750 section 2.1; the name of a scheme is written in any case (RFC 9110 section 11.1). */
export const tokenIn = (authorization = ''): string | undefined => /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];

const askerOf = async (tokens: BearerTokens, authorization: string): Promise<Asker> => {
  const token = tokenIn(authorization);
  const asker = token === undefined ? undefined : await tokens.askerOf(token).catch(unlessUnreachable);
  if (!asker) throw notAuthenticated(token !== undefined);
  return asker;
};

/** Each learner has a share of the broker, as each agency and each office. */
export const shareOf = (asker: Asker): string => ('learner' in asker ? `learner-${asker.learner}` : recordedAs(asker));

const agencyIn = (asker: Asker): Caller => {
  if ('agency' in asker) return asker;
  throw new Problem(403, 'not-an-agency', 'Only agencies do this: send a token that names yours.');
};

/** The agency can do nothing about keys of another issuer that cannot be fetched. */
const unlessUnreachable = (cause: unknown): never => {
  throw cause instanceof IssuerUnreachable ? unavailable(cause) : cause;
};

const notAuthenticated = (tokenGiven: boolean): Problem =>
  new Problem(
    401,
    tokenGiven ? 'invalid-token' : 'no-token',
    'Send `Authorization: Bearer <token>` with a token in force; /.well-known/oauth-authorization-server says where to get one.',
    { headers: { 'www-authenticate': tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer' } },
  );

export const AskerOf = createParamDecorator((_data: unknown, context: ExecutionContext): Asker => {
  const { asker } = context.switchToHttp().getRequest<WithCaller>();
  if (!asker) throw new Error('AskerOf is used on a route without a guard.');
  return asker;
});

/** Whose token came with a message: an agency's, a learner's, or nobody's. */
export interface Sender {
  readonly caller?: Caller | undefined;
  readonly learner?: LearnerId | undefined;
}

export const SenderIfAny = createParamDecorator((_data: unknown, context: ExecutionContext): Sender => {
  const { asker, caller } = context.switchToHttp().getRequest<WithCaller>();
  return { caller, learner: asker && 'learner' in asker ? asker.learner : undefined };
});

export const CallerOf = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (!caller) throw new Error('CallerOf is used on a route without CallerGuard.');
  return caller;
});
