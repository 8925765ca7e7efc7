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
    const { registry } = this.#metrics;
    void reply.header('content-type', registry.contentType);
    return (await Promise.all([registry.metrics(), processFigures().metrics()])).join('\n');
  }
}
