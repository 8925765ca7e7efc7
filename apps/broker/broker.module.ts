import { type DynamicModule, Module } from '@nestjs/common';
import { askedAsFar } from '#egress';
import { AgenciesController } from './agreements/agencies.controller.ts';
import { AgreementSignaturesController } from './agreements/agreement-signatures.controller.ts';
import { AgreementsController } from './agreements/agreements.controller.ts';
import { ProposalChecksController } from './agreements/proposal-checks.controller.ts';
import { ProposalsController, ProposingController } from './agreements/proposals.controller.ts';
import { SimulationController } from './agreements/simulation.controller.ts';
import { DataQualityController } from './data-quality/data-quality.controller.ts';
import { ApiDocsController, TOPIC_PREFIX } from './api-docs/api-docs.controller.ts';
import { HealthController } from './health/health.controller.ts';
import { ReadinessChecks } from './health/readiness.ts';
import { BrokerMetrics } from './metrics/broker-metrics.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import type { BrokerNode } from './node.ts';
import { NodeModule } from './node.module.ts';

const ASKED = askedAsFar([AgenciesController, AgreementsController, DataQualityController, ProposalsController, SimulationController]);

/** Hands the parts of a node to the routes. */
@Module({})
export class BrokerModule {
  static of(node: BrokerNode): DynamicModule {
    return {
      module: BrokerModule,
      imports: [NodeModule.of(node)],
      controllers: [
        ...ASKED,
        AgreementSignaturesController,
        ApiDocsController,
        ProposalChecksController,
        ProposingController,
        HealthController,
        ...(node.config.metricsPort === undefined ? [MetricsController] : []),
      ],
      providers: [
        { provide: ReadinessChecks, useValue: node.readiness },
        { provide: BrokerMetrics, useValue: node.metrics },
        { provide: TOPIC_PREFIX, useValue: node.config.kafkaTopicPrefix },
      ],
    };
  }
}
