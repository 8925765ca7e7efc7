// The HTTP interface of a node: Nest on Fastify.
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, ProblemFilter, refuseUndeclaredMethods, setAnswerHeaders, withAnswerHeaders } from '#http';
import { takeMessagesOnly } from '#ingress';
import { BrokerModule } from './broker.module.ts';
import { observeHttp } from './metrics/observe-http.ts';
import type { BrokerNode } from './node.ts';

const MAX_MESSAGE_BYTES = 1024 * 1024;
/** `local:` with 100 characters of up to four bytes, percent-encoded. */
const MAX_REF = 1300;

export interface Server {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** What it answers: method and template, such as `GET /v1/learners/:ref/passport`. */
  readonly routes: readonly string[];
  /** Lets requests under way finish, then closes the listener; the node stays open. */
  close(): Promise<void>;
}

/** Listens on the configured host and port; port 0 takes any that is free. */
export const startServer = async (node: BrokerNode): Promise<Server> => {
  const { config } = node;
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_MESSAGE_BYTES,
    trustProxy: false,
    return503OnClosing: true,
    logger: false,
    routerOptions: { maxParamLength: MAX_REF },
    frameworkErrors: malformedUrl,
  });
  adapter.getInstance().addContentTypeParser('application/jose', { parseAs: 'buffer', bodyLimit: MAX_MESSAGE_BYTES }, (_request, body, done) => done(null, body));
  const routes = routesOf(adapter.getInstance());
  adapter.getInstance().addHook('onRequest', setAnswerHeaders).addHook('onRequest', refuseUndeclaredMethods(routes)).addHook('onRequest', takeMessagesOnly);
  observeHttp(adapter.getInstance(), node.metrics);
  const stopping = endConnectionsOnceStopping(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(BrokerModule.of(node), adapter, { logger: ['error', 'warn'], abortOnError: false });
  await app.register(rateLimit, { max: config.rateLimit, timeWindow: 60_000, errorResponseBuilder: tooMany });
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(config.port, config.host);
  const close = (): Promise<void> => {
    node.readiness.drain();
    stopping.abort();
    return app.close();
  };
  return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), routes, close };
};

/** Fastify's own answer would repeat the path, which may name a learner. */
const malformedUrl = (_error: Error, { url }: FastifyRequest, reply: FastifyReply): void => {
  const problem = new Problem(400, 'bad-request', 'The path is not well formed, or a part of it is too long.');
  void withAnswerHeaders(url, reply).status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem.details()));
};

/** A request under way when the listener closes would leave its connection open, and closing would wait for the client to end it. */
const endConnectionsOnceStopping = (server: FastifyInstance): AbortController => {
  const stopping = new AbortController();
  server.addHook('onSend', async (_request, reply) => {
    if (stopping.signal.aborted) void reply.header('connection', 'close');
  });
  return stopping;
};

/** Filled as routes are registered. HEAD is answered wherever GET is. */
const routesOf = (server: FastifyInstance): readonly string[] => {
  const routes: string[] = [];
  server.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().filter((one) => one !== 'HEAD').map((one) => `${one} ${url}`)));
  return routes;
};

const tooMany = (_request: unknown, { ttl }: { readonly ttl: number }): Problem =>
  new Problem(429, 'too-many-requests', 'Too many requests from this address: wait as Retry-After says.', {
    headers: { 'retry-after': String(Math.ceil(ttl / 1000)) },
  });
