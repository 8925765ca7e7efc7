import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessService, BearerTokens } from '#access';
import { Gate, PageCursors, Registers, WaitingTies } from '#disclosure';
import { CLOCK, EgressModule, HEAD, VIEWS } from '#egress';
import { RateLimits } from '#http';
import { IngressModule, Intake, ReceiptSigner } from '#ingress';
import { ApiDocsController, TOPIC_PREFIX } from './api-docs/api-docs.controller.ts';
import { HealthController } from './health/health.controller.ts';
import { ReadinessChecks } from './health/readiness.ts';
import { BrokerMetrics } from './metrics/broker-metrics.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import type { BrokerNode } from './node.ts';

/** Hands the parts of a node to the routes. */
@Module({})
export class BrokerModule {
  static of(node: BrokerNode): DynamicModule {
    return {
      module: BrokerModule,
      global: true,
      imports: [CqrsModule.forRoot(), IngressModule, EgressModule],
      controllers: [ApiDocsController, HealthController, ...(node.config.metricsPort === undefined ? [MetricsController] : [])],
      providers: [
        { provide: Intake, useValue: node.intake },
        { provide: ReceiptSigner, useValue: node.signer },
        { provide: AccessService, useValue: node.access },
        { provide: BearerTokens, useValue: node.tokens },
        { provide: RateLimits, useValue: node.limits },
        { provide: Gate, useValue: node.gate },
        { provide: WaitingTies, useValue: node.waitingTies },
        { provide: PageCursors, useValue: node.cursors },
        { provide: Registers, useValue: node.registers },
        { provide: ReadinessChecks, useValue: node.readiness },
        { provide: BrokerMetrics, useValue: node.metrics },
        { provide: TOPIC_PREFIX, useValue: node.config.kafkaTopicPrefix },
        { provide: CLOCK, useValue: node.clock },
        { provide: HEAD, useValue: () => node.store.head() },
        { provide: VIEWS, useValue: node.views },
      ],
      exports: [
        Intake,
        ReceiptSigner,
        AccessService,
        BearerTokens,
        RateLimits,
        Gate,
        WaitingTies,
        PageCursors,
        Registers,
        CLOCK,
        HEAD,
        VIEWS,
      ],
    };
  }
}
