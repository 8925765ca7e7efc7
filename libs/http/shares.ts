// Each has a share of the broker: the limit of requests as the HTTP interface keeps it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Asker, BearerTokens } from '#access';
import { tokenIn } from './caller.guard.ts';
import { originOf } from './origin.ts';
import type { RateLimits } from './rate-limits.ts';

export interface ShareTerms {
  readonly limits: RateLimits;
  readonly tokens: Pick<BearerTokens, 'isRemembered'>;
}

/** Whoever looks after the broker must see it, above all at a busy time. */
const UNLIMITED = /^\/(?:health|metrics)(?:\/|$)/;
/** What comes here proves by itself whose it is. */
const SELF_PROVING: ReadonlySet<string> = new Set(['/v1/events', '/oauth/token']);

/**
 * Before it is known who sends, an address is refused that sent too much of which that never came out. Agencies are counted where they are
 * recognised: an address may be that of many.
 */
export const keepShares = (server: FastifyInstance, { limits, tokens }: ShareTerms): void => {
  server.addHook('onRequest', (request, _reply, done) => {
    if (!isUnlimited(request) && !holdsKnownToken(request, tokens)) limits.check(originOf(request));
    done();
  });
  server.addHook('onSend', (request, reply, _payload, done) => {
    if (!isUnlimited(request) && reply.statusCode !== 429 && !isAttributed(request, reply.statusCode)) limits.count(originOf(request));
    done();
  });
};

const isUnlimited = ({ routeOptions }: FastifyRequest): boolean => UNLIMITED.test(routeOptions.url ?? '');

const holdsKnownToken = ({ headers }: FastifyRequest, tokens: ShareTerms['tokens']): boolean => {
  const token = tokenIn(headers.authorization);
  return token !== undefined && tokens.isRemembered(token);
};

const isAttributed = (request: FastifyRequest & { asker?: Asker }, status: number): boolean =>
  SELF_PROVING.has(request.routeOptions.url ?? '') ? status === 200 : request.asker !== undefined;
