// Who asks (RFC 6750): routes behind this guard have a caller.
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BearerTokens, type Caller } from '#access';
import { Problem } from './problem.ts';

type WithCaller = FastifyRequest & { caller?: Caller };

@Injectable()
export class CallerGuard implements CanActivate {
  readonly #tokens: BearerTokens;

  constructor(@Inject(BearerTokens) tokens: BearerTokens) {
    this.#tokens = tokens;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    request.caller = await callerOf(this.#tokens, request.headers.authorization ?? '');
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

const callerOf = async (tokens: BearerTokens, authorization: string): Promise<Caller> => {
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
  const caller = token === undefined ? undefined : await tokens.callerOf(token);
  if (!caller) throw notAuthenticated(token !== undefined);
  return caller;
};

const notAuthenticated = (tokenGiven: boolean): Problem =>
  new Problem(
    401,
    tokenGiven ? 'invalid-token' : 'no-token',
    'Send `Authorization: Bearer <token>` with a token in force; /.well-known/oauth-authorization-server says where to get one.',
    { headers: { 'www-authenticate': tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer' } },
  );

/** Undefined where the request does not say who asks. */
export const CallerIfAny = createParamDecorator((_data: unknown, context: ExecutionContext): Caller | undefined => context.switchToHttp().getRequest<WithCaller>().caller);

export const CallerOf = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (!caller) throw new Error('CallerOf is used on a route without CallerGuard.');
  return caller;
});
