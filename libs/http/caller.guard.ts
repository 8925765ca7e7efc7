// Who asks (RFC 6750): routes behind this guard have a caller.
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BearerTokens, type Caller, IssuerUnreachable } from '#access';
import { Problem, unavailable } from './problem.ts';
import { RateLimits } from './rate-limits.ts';

type WithCaller = FastifyRequest & { caller?: Caller };

@Injectable()
export class CallerGuard implements CanActivate {
  readonly #tokens: BearerTokens;
  readonly #limits: RateLimits;

  constructor(@Inject(BearerTokens) tokens: BearerTokens, @Inject(RateLimits) limits: RateLimits) {
    this.#tokens = tokens;
    this.#limits = limits;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    request.caller = await callerOf(this.#tokens, request.headers.authorization ?? '');
    this.#limits.take(request.caller.agency);
    return true;
  }
}

/** Routes behind this one have a caller where the request says who asks; a token that is not in force is refused all the same. */
@Injectable()
export class AnybodyGuard implements CanActivate {
  readonly #tokens: BearerTokens;

  constructor(@Inject(BearerTokens) tokens: BearerTokens) {
    this.#tokens = tokens;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    const { authorization } = request.headers;
    if (authorization !== undefined) request.caller = await callerOf(this.#tokens, authorization);
    return true;
  }
}

/** RFC 6750 section 2.1; the name of a scheme is written in any case (RFC 9110 section 11.1). */
export const tokenIn = (authorization = ''): string | undefined => /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];

const callerOf = async (tokens: BearerTokens, authorization: string): Promise<Caller> => {
  const token = tokenIn(authorization);
  const caller = token === undefined ? undefined : await tokens.callerOf(token).catch(unlessUnreachable);
  if (!caller) throw notAuthenticated(token !== undefined);
  return caller;
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

/** Undefined where the request does not say who asks. */
export const CallerIfAny = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Caller | undefined => context.switchToHttp().getRequest<WithCaller>().caller,
);

export const CallerOf = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (!caller) throw new Error('CallerOf is used on a route without CallerGuard.');
  return caller;
});
