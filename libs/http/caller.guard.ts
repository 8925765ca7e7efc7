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
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = token === undefined ? undefined : await this.#tokens.callerOf(token);
    if (!caller) throw notAuthenticated(token !== undefined);
    request.caller = caller;
    return true;
  }
}

const notAuthenticated = (tokenGiven: boolean): Problem =>
  new Problem(
    401,
    tokenGiven ? 'invalid-token' : 'no-token',
    'Send `Authorization: Bearer <token>` with a token in force; /.well-known/oauth-authorization-server says where to get one.',
    { headers: { 'www-authenticate': tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer' } },
  );

export const CallerOf = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (!caller) throw new Error('CallerOf is used on a route without CallerGuard.');
  return caller;
});
