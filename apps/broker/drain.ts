// Stopping, whatever clients do: nothing new is taken, what is under way gets some seconds,
// and who still holds a connection then is cut off.
import type { Server } from 'node:http';
import type { onRequestHookHandler } from 'fastify';
import { Problem } from '#http';
import type { ReadinessChecks } from './health/readiness.ts';

/** Of the ten seconds within which the process ends. */
const UNDER_WAY_MS = 5000;
const IDLE_CHECK_MS = 100;

/** Health is told to the end, and the figures. */
const OF_AGENCIES = /^\/(?:v1|oauth)\//;

/** A request on a connection that is open still; another broker answers it, or this one when it is back. */
export const refuseWhileStopping =
  (readiness: Pick<ReadinessChecks, 'draining'>): onRequestHookHandler =>
  ({ routeOptions }, _reply, done) => {
    done(readiness.draining && OF_AGENCIES.test(routeOptions.url ?? '') ? stopping() : undefined);
  };

const stopping = (): Problem =>
  new Problem(
    503,
    'unavailable',
    'This broker is stopping. Nothing was recorded: send the same again in a moment, over a new connection.',
    {
      headers: { 'retry-after': '1', connection: 'close' },
    },
  );

/** Runs `close`, which waits until the last connection is closed, and sees to it that this comes. */
export const drained = async (server: Server, close: () => Promise<void>): Promise<void> => {
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), UNDER_WAY_MS);
  await close().finally(() => {
    clearInterval(idle);
    clearTimeout(late);
  });
};
