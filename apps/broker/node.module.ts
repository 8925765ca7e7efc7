import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { AccessService, BearerTokens } from '#access';
import type { MatchParts } from '#admission';
import { admissionHandlers, CONFIRMING_TIES, MATCH_PARTS } from '#admission/bus';
import { AgencyRegister } from '#agencies';
import { agencyHandlers } from '#agencies/bus';
import { UseCasesModule } from '#bus/nest';
import { Gate, NamedLearners, Oversight, PageCursors, Registers, replay, SignInCodes } from '#disclosure';
import {
  ACCESS_RULES_OFF,
  CLOCK,
  ConsentRecords,
  EgressModule,
  FeedsHere,
  FreshViews,
  GUARANTEE_BY,
  HEAD,
  PSEUDONYMS,
  QUARANTINE,
  RECORDED_DECISIONS,
  type RecordedDecisions,
  VIEWS,
} from '#egress';
import { RateLimits } from '#http';
import { IngressModule, Intake, ReceiptSigner } from '#ingress';
import { DISCARDING, quarantineHandlers } from '#quarantine/bus';
import { isInQueue } from '#read-models';
import { readModelHandlers, REBUILDING } from '#read-models/bus';
import { ReportRegister } from '#reports';
import { ERASURE_PARTS, rightsHandlers } from '#rights/bus';
import { protocolHandlers, Protocols } from '#sharing-protocols/bus';
import { aroundUseCases } from './around-use-cases.ts';
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
  { provide: Protocols, useValue: new Protocols({ register: node.protocols, proposals: node.proposals }, node.agencies, node.clock) },
  { provide: DISCARDING, useValue: node },
  { provide: ERASURE_PARTS, useValue: node },
  { provide: REBUILDING, useValue: rebuildingIn(node) },
  { provide: CONFIRMING_TIES, useValue: node },
  { provide: MATCH_PARTS, useValue: { ...matchPartsOf(node), isQueued: (match: string) => isInQueue(node.views, match) } },
];

const matchPartsOf = ({ store, streams, vault, registers, clock }: BrokerNode): MatchParts => ({ store, streams, vault, registers, clock });

const recordedDecisionsOf = (node: BrokerNode): RecordedDecisions => ({
  at: async (position) => (await node.store.readAll({ after: position - 1, limit: 1 })).find((event) => event.position === position),
  again: (event) => replay(node, event),
});

/** Hands the parts of a node to whoever asks for a use case; a command on the data directory loads no more than this. */
@Module({})
export class NodeModule {
  static of(node: BrokerNode): DynamicModule {
    const useCases = UseCasesModule.with(aroundUseCases(node.metrics), operatorsHandlers(node));
    return {
      module: NodeModule,
      global: true,
      imports: [useCases, IngressModule, EgressModule],
      providers: [
        { provide: Intake, useValue: node.intake },
        { provide: ReceiptSigner, useValue: node.signer },
        { provide: ConsentRecords, useValue: new ConsentRecords(node.identity) },
        { provide: AccessService, useValue: node.access },
        { provide: BearerTokens, useValue: node.tokens },
        { provide: RateLimits, useValue: node.limits },
        { provide: Gate, useValue: node.gate },
        { provide: NamedLearners, useValue: node.namedLearners },
        { provide: Oversight, useValue: node.oversight },
        { provide: SignInCodes, useValue: node.signInCodes },
        { provide: PSEUDONYMS, useValue: node.pseudonyms },
        { provide: PageCursors, useValue: node.cursors },
        { provide: Registers, useValue: node.registers },
        { provide: ReportRegister, useValue: node.reports },
        { provide: QUARANTINE, useValue: node.quarantine },
        { provide: RECORDED_DECISIONS, useValue: recordedDecisionsOf(node) },
        { provide: ACCESS_RULES_OFF, useValue: node.config.rulesOff },
        { provide: GUARANTEE_BY, useValue: node.config.guaranteeDeadline },
        { provide: CLOCK, useValue: node.clock },
        { provide: HEAD, useValue: () => node.store.head() },
        { provide: FeedsHere, useValue: node.feedsHere },
        { provide: VIEWS, useValue: new FreshViews(node.views, node.projections) },
      ],
      exports: [
        useCases,
        Intake,
        ReceiptSigner,
        ConsentRecords,
        AccessService,
        BearerTokens,
        RateLimits,
        Gate,
        NamedLearners,
        Oversight,
        SignInCodes,
        PSEUDONYMS,
        PageCursors,
        Registers,
        ReportRegister,
        QUARANTINE,
        RECORDED_DECISIONS,
        ACCESS_RULES_OFF,
        GUARANTEE_BY,
        CLOCK,
        HEAD,
        FeedsHere,
        VIEWS,
      ],
    };
  }
}
