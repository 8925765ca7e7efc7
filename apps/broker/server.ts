// The HTTP interface of a node: Nest on Fastify.
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  answerClientError,
  answerExpectation,
  keepShares,
  noteOrigins,
  Problem,
  ProblemFilter,
  refuseCodedBodies,
  refuseRepeatedParameters,
  refuseUndeclared,
  setAnswerHeaders,
  shareConnections,
  shareMessages,
  TrustedProxies,
  withAnswerHeaders,
} from '#http';
import { takeMessagesOnly } from '#ingress';
import { BrokerModule } from './broker.module.ts';
import type { BrokerConfig } from './config.ts';
import { drained, refuseWhileStopping } from './health/readiness.ts';
import { listenForMetrics } from './metrics/metrics.controller.ts';
import { observeHttp } from './metrics/broker-metrics.ts';
import type { BrokerNode } from './node.ts';

const MAX_MESSAGE_BYTES = 1024 * 1024;
/** `local:` with 100 characters of up to four bytes, percent-encoded. */
const MAX_REF = 1300;

/** The headers of a request arrive within this time, all of it within `requestTimeout`. */
const HEADERS_MS = 10_000;
const CHECKED_MS = 1000;
/** A connection on which neither side gets on, such as of a reader who stopped reading. */
const SILENT_MS = 120_000;
/** Longer than reverse proxies keep theirs, so that none sends on a connection that is being closed. */
const IDLE_MS = 75_000;

export interface Server {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Where /metrics is answered, where that is apart. */
  readonly metricsUrl?: string;
  /** What it answers: method and template, such as `GET /v1/learners/:ref/passport`. */
  readonly routes: readonly string[];
  /** Lets requests under way finish, those that take long within some seconds, and closes the listener; the node stays open. */
  close(): Promise<void>;
}

/** Listens on the configured host and port; port 0 takes any that is free. */
export const startServer = async (node: BrokerNode): Promise<Server> => {
  const { config } = node;
  const proxies = new TrustedProxies(config.trustedProxies);
  const adapter = adapterFor(config);
  const fastify = adapter.getInstance();
  const routes = routesOf(fastify);
  addHooks(fastify, { routes, proxies, node });
  const app = await NestFactory.create<NestFastifyApplication>(BrokerModule.of(node), adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter());
  const metrics =
    config.metricsPort === undefined
      ? undefined
      : await listenForMetrics(node.metrics, { host: config.metricsHost, port: config.metricsPort });
  await app.listen(config.port, config.host);
  const close = async (): Promise<void> => {
    node.readiness.drain();
    await Promise.all([drained(fastify.server, () => app.close()), metrics?.close()]);
  };
  return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), ...(metrics && { metricsUrl: metrics.url }), routes, close };
};

/** What is said here is not left to defaults: several of them wait without end. */
const adapterFor = ({ requestTimeout }: BrokerConfig): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_MESSAGE_BYTES,
    return503OnClosing: false,
    logger: false,
    routerOptions: { maxParamLength: MAX_REF },
    frameworkErrors: malformedUrl,
    clientErrorHandler: answerClientError,
    requestTimeout,
    connectionTimeout: SILENT_MS,
    keepAliveTimeout: IDLE_MS,
    http: {
      requestTimeout,
      headersTimeout: Math.min(requestTimeout, HEADERS_MS),
      connectionsCheckingInterval: Math.min(requestTimeout, CHECKED_MS),
    },
  });
  adapter.getInstance().server.on('checkExpectation', answerExpectation);
  adapter
    .getInstance()
    .addContentTypeParser('application/jose', { parseAs: 'buffer', bodyLimit: MAX_MESSAGE_BYTES }, (_request, body, done) =>
      done(null, body),
    );
  return adapter;
};

interface Hooked {
  readonly routes: readonly string[];
  readonly proxies: TrustedProxies;
  readonly node: BrokerNode;
}

/** In this order. */
const addHooks = (server: FastifyInstance, { routes, proxies, node: { config, limits, tokens, readiness, metrics } }: Hooked): void => {
  server.addHook('onRequest', setAnswerHeaders).addHook('onRequest', refuseWhileStopping(readiness));
  shareConnections(server.server, config.maxConnections, proxies);
  noteOrigins(server, proxies);
  keepShares(server, { limits, tokens });
  for (const refuse of [refuseUndeclared(routes), refuseCodedBodies, refuseRepeatedParameters, takeMessagesOnly])
    server.addHook('onRequest', refuse);
  shareMessages(server, { messages: config.maxInFlight, refused: () => metrics.refused('busy', 'http') });
  observeHttp(server, metrics);
};

/** Fastify's own answer would repeat the path, which may name a learner. */
const malformedUrl = (_error: Error, _request: FastifyRequest, reply: FastifyReply): void => {
  const problem = new Problem(400, 'bad-request', 'The path is not well formed, or a part of it is too long.');
  void withAnswerHeaders(undefined, reply)
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(problem.details()));
};

/** Filled as routes are registered. HEAD is answered wherever GET is. */
const routesOf = (server: FastifyInstance): readonly string[] => {
  const routes: string[] = [];
  server.addHook(
    'onRoute',
    ({ method, url }) =>
      void routes.push(
        ...[method]
          .flat()
          .filter((one) => one !== 'HEAD')
          .map((one) => `${one} ${url}`),
      ),
  );
  return routes;
};
