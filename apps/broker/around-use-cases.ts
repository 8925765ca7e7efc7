// What stands around the use cases of a node, whichever door they come through.
import type { AroundUseCases } from '#bus/nest';
import type { BrokerMetrics } from './metrics/broker-metrics.ts';

/** Nobody waits longer for an answer over the wire. Elsewhere work is waited for, and tried again where it fails. */
const HTTP_DEADLINE_MS = 60_000;

export const aroundUseCases = (metrics: Pick<BrokerMetrics, 'ended'>): AroundUseCases => ({
  deadlines: { http: HTTP_DEADLINE_MS },
  ended: metrics.ended,
});
