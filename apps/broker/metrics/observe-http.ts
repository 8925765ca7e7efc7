// Durations of HTTP requests, by the template of the route: a path may name a learner.
import type { FastifyInstance } from 'fastify';
import type { BrokerMetrics } from './broker-metrics.ts';

export const observeHttp = (server: FastifyInstance, metrics: Pick<BrokerMetrics, 'answered'>): void => {
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const route = routeOptions.url;
    // Of what is no route the method is anybody's choice too.
    metrics.answered({ method: route === undefined ? 'any' : method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    done();
  });
};
