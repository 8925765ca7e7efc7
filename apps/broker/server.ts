// The HTTP interface of a node: Nest on Fastify.
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import rateLimit from '@fastify/rate-limit';
import { Problem, ProblemFilter } from '#http';
import { BrokerModule } from './broker.module.ts';
import type { BrokerNode } from './node.ts';

const MAX_MESSAGE_BYTES = 1024 * 1024;

export interface Server {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Lets requests under way finish, then closes the listener; the node stays open. */
  close(): Promise<void>;
}

/** Listens on the configured host and port; port 0 takes any that is free. */
export const startServer = async (node: BrokerNode): Promise<Server> => {
  const { config } = node;
  const adapter = new FastifyAdapter({ bodyLimit: MAX_MESSAGE_BYTES, trustProxy: false, return503OnClosing: true, logger: false });
  adapter.getInstance().addContentTypeParser('application/jose', { parseAs: 'buffer', bodyLimit: MAX_MESSAGE_BYTES }, (_request, body, done) => done(null, body));
  const app = await NestFactory.create<NestFastifyApplication>(BrokerModule.of(node), adapter, { logger: ['error', 'warn'], abortOnError: false });
  await app.register(rateLimit, { max: config.rateLimit, timeWindow: 60_000, errorResponseBuilder: tooMany });
  app.useGlobalFilters(new ProblemFilter());
  app.enableShutdownHooks([]);
  await app.listen(config.port, config.host);
  return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), close: () => app.close() };
};

const tooMany = (_request: unknown, { ttl }: { readonly ttl: number }): Problem =>
  new Problem(429, 'too-many-requests', 'Too many requests from this address: wait as Retry-After says.', {
    headers: { 'retry-after': String(Math.ceil(ttl / 1000)) },
  });
