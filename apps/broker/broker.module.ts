import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { AccessService, BearerTokens } from '#access';
import { admissionHandlers, CONFIRMING_TIES, MATCH_PARTS } from '#admission/bus';
import { AgencyRegister } from '#agencies';
import { agencyHandlers } from '#agencies/bus';
import { UseCasesModule } from '#bus/nest';
import { Gate, NamedLearners, PageCursors, Registers } from '#disclosure';
import { CLOCK, EgressModule, HEAD, QUARANTINE, VIEWS } from '#egress';
import { RateLimits } from '#http';
import { IngressModule, Intake, ReceiptSigner } from '#ingress';
import { DISCARDING, quarantineHandlers } from '#quarantine/bus';
import { readModelHandlers, REBUILDING } from '#read-models/bus';
import { ERASURE_PARTS, rightsHandlers } from '#rights/bus';
import { protocolHandlers, Protocols } from '#sharing-protocols/bus';
import { AgreementsController } from './agreements/agreements.controller.ts';
import { DataQualityController } from './data-quality/data-quality.controller.ts';
import { ApiDocsController, TOPIC_PREFIX } from './api-docs/api-docs.controller.ts';
import { aroundUseCases } from './around-use-cases.ts';
import { HealthController } from './health/health.controller.ts';
import { ReadinessChecks } from './health/readiness.ts';
import { BrokerMetrics } from './metrics/broker-metrics.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import type { BrokerNode } from './node.ts';
import { rebuildingIn } from './rebuilding.ts';

/** What the operator and the data manager ask for, with what it works on. */
const operatorsHandlers = (node: BrokerNode): readonly Provider[] => [
  ...agencyHandlers,
  ...protocolHandlers,
  ...quarantineHandlers,
  ...rightsHandlers,
  ...readModelHandlers,
  ...admissionHandlers,
  { provide: AgencyRegister, useValue: node.agencies },
  { provide: Protocols, useValue: new Protocols(node.protocols, node.agencies, node.clock) },
  { provide: DISCARDING, useValue: node },
  { provide: ERASURE_PARTS, useValue: node },
  { provide: REBUILDING, useValue: rebuildingIn(node) },
  { provide: CONFIRMING_TIES, useValue: node },
  { provide: MATCH_PARTS, useValue: node },
];

/** Hands the parts of a node to the routes, and to whoever asks for a use case. */
@Module({})
export class BrokerModule {
  static of(node: BrokerNode): DynamicModule {
    const useCases = UseCasesModule.with(aroundUseCases(node.metrics), operatorsHandlers(node));
    return {
      module: BrokerModule,
      global: true,
      imports: [useCases, IngressModule, EgressModule],
      controllers: [
        AgreementsController,
        ApiDocsController,
        DataQualityController,
        HealthController,
        ...(node.config.metricsPort === undefined ? [MetricsController] : []),
      ],
      providers: [
        { provide: Intake, useValue: node.intake },
        { provide: ReceiptSigner, useValue: node.signer },
        { provide: AccessService, useValue: node.access },
        { provide: BearerTokens, useValue: node.tokens },
        { provide: RateLimits, useValue: node.limits },
        { provide: Gate, useValue: node.gate },
        { provide: NamedLearners, useValue: node.namedLearners },
        { provide: PageCursors, useValue: node.cursors },
        { provide: Registers, useValue: node.registers },
        { provide: QUARANTINE, useValue: node.quarantine },
        { provide: ReadinessChecks, useValue: node.readiness },
        { provide: BrokerMetrics, useValue: node.metrics },
        { provide: TOPIC_PREFIX, useValue: node.config.kafkaTopicPrefix },
        { provide: CLOCK, useValue: node.clock },
        { provide: HEAD, useValue: () => node.store.head() },
        { provide: VIEWS, useValue: node.views },
      ],
      exports: [
        useCases,
        Intake,
        ReceiptSigner,
        AccessService,
        BearerTokens,
        RateLimits,
        Gate,
        NamedLearners,
        PageCursors,
        Registers,
        QUARANTINE,
        CLOCK,
        HEAD,
        VIEWS,
      ],
    };
  }
}
