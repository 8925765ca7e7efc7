// Each request bears from where it comes, worked out once: its limits, its shares and its place in the quarantine go by it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TrustedProxies } from './trusted-proxies.ts';

const origins = new WeakMap<object, string>();

/** Before every hook that goes by it. */
export const noteOrigins = (server: FastifyInstance, proxies: TrustedProxies): void => {
  server.addHook('onRequest', (request, _reply, done) => {
    origins.set(request.raw, proxies.originOf(request.raw));
    done();
  });
};

/** As `TrustedProxies.originOf`. */
export const originOf = ({ raw }: Pick<FastifyRequest, 'raw'>): string => origins.get(raw) ?? '';
