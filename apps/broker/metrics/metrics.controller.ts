// GET /metrics in the text format of Prometheus. No token is needed: a reverse proxy keeps it inside (docs/guides/http-api.md).
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
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
export const allFigures = async ({ registry }: Pick<BrokerMetrics, 'registry'>): Promise<string> =>
  (await Promise.all([registry.metrics(), processFigures().metrics()])).join('\n');
