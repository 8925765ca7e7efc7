import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessService, BearerTokens } from '#access';
import { AgencyRegister } from '#agencies';
import { agencyHandlers } from '#agencies/bus';
import { AROUND_USE_CASES, type AroundUseCases, UseCases } from '#bus/nest';
import { Gate, PageCursors, Registers, WaitingTies } from '#disclosure';
import { CLOCK, EgressModule, HEAD, VIEWS } from '#egress';
import { RateLimits } from '#http';
import { IngressModule, Intake, ReceiptSigner } from '#ingress';
import { DISCARDING, quarantineHandlers } from '#quarantine/bus';
import { ERASURE_PARTS, rightsHandlers } from '#rights/bus';
import { protocolHandlers, Protocols } from '#sharing-protocols/bus';
import { ApiDocsController, TOPIC_PREFIX } from './api-docs/api-docs.controller.ts';
import { HealthController } from './health/health.controller.ts';
import { ReadinessChecks } from './health/readiness.ts';
import { BrokerMetrics } from './metrics/broker-metrics.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import type { BrokerNode } from './node.ts';

/** Nobody waits longer for an answer over the wire. */
const DEADLINE_MS = 60_000;

/** Hands the parts of a node to the routes, and to whoever asks for a use case. */
@Module({})
export class BrokerModule {
  static of(node: BrokerNode): DynamicModule {
    return {
      module: BrokerModule,
      global: true,
      imports: [CqrsModule.forRoot(), IngressModule, EgressModule],
      controllers: [ApiDocsController, HealthController, ...(node.config.metricsPort === undefined ? [MetricsController] : [])],
      providers: [
        ...agencyHandlers,
        ...protocolHandlers,
        ...quarantineHandlers,
        ...rightsHandlers,
        UseCases,
        {
          provide: AROUND_USE_CASES,
          useValue: { deadlines: { http: DEADLINE_MS }, ended: (end) => node.metrics.ended(end) } satisfies AroundUseCases,
        },
        { provide: AgencyRegister, useValue: node.agencies },
        { provide: Protocols, useValue: new Protocols(node.protocols, node.agencies) },
        { provide: DISCARDING, useValue: node },
        { provide: ERASURE_PARTS, useValue: node },
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
        UseCases,
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
