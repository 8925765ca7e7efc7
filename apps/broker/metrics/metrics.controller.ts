// GET /metrics in the text format of Prometheus. No token is needed: a reverse proxy keeps it inside (docs/guides/http-api.md).
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BrokerMetrics } from './broker-metrics.ts';
import { processFigures } from './measured-parts.ts';

@Controller('metrics')
export class MetricsController {
  readonly #metrics: BrokerMetrics;

  constructor(@Inject(BrokerMetrics) metrics: BrokerMetrics) {
    this.#metrics = metrics;
    processFigures();
  }

  @Get()
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('content-type', this.#metrics.registry.contentType);
    return allFigures(this.#metrics);
  }
}

/** Of the broker and of its process. */
const allFigures = async ({ registry }: Pick<BrokerMetrics, 'registry'>): Promise<string> =>
  (await Promise.all([registry.metrics(), processFigures().metrics()])).join('\n');

// /metrics on an address of its own, which need not be the one that agencies reach.

export interface MetricsListener {
  readonly url: string;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;

export const listenForMetrics = async (
  metrics: BrokerMetrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsListener> => {
  const server = createServer(
    { requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_MS },
    (request, response) => {
      const found = request.url?.split('?', 1)[0] === '/metrics';
      const refused = found ? { status: 405, headers: { allow: 'GET, HEAD' } } : { status: 404, headers: {} };
      if (!found || !['GET', 'HEAD'].includes(request.method ?? ''))
        return void response.writeHead(refused.status, { ...FIXED, ...refused.headers }).end();
      void allFigures(metrics).then(
        (text) => response.writeHead(200, { ...FIXED, 'content-type': metrics.registry.contentType }).end(text),
        () => response.writeHead(500, FIXED).end(),
      );
    },
  );
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return { url: urlOf(server), close: () => closed(server) };
};

const FIXED = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

const urlOf = (server: Server): string => {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
