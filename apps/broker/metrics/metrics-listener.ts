// /metrics on an address of its own, which need not be the one that agencies reach.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrokerMetrics } from './broker-metrics.ts';
import { allFigures } from './metrics.controller.ts';

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
