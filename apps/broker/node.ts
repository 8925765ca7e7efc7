// The composition root: chooses adapters and puts the parts together. Nothing else does (house rule 5).
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService, BearerTokens, type BrokerIdentity } from '#access';
import { SqliteUsedAssertions } from '#access/sqlite';
import { Admission, DataManager } from '#admission';
import { AgencyRegister } from '#agencies';
import { type Catalogue, shippedCatalogue } from '#catalogue';
import { Gate, ItemReader, type NotifyParts, NotifyRecipientsWhenRightsTakeEffect, PageCursors, Registers, waitingParties, WaitingTies } from '#disclosure';
import { UnderWay } from '#egress';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { Intake, MessageVerifier, ReceiptSigner, type SigningKeys, VerifyPool } from '#ingress';
import { type Clock, systemClock } from '#kernel';
import { LearnerStreams, LogWriter } from '#learner-file';
import { FeedKeys, loadRootKey, PairwisePseudonyms, type Pseudonyms, type Vault } from '#privacy';
import { SqliteVault } from '#privacy/sqlite';
import { allProjectors, ProjectionEngine, type ViewReader } from '#projections';
import { SqliteViewStore } from '#projections/sqlite';
import type { Quarantine } from '#quarantine';
import { SqliteQuarantine } from '#quarantine/sqlite';
import { ProtocolRegister } from '#sharing-protocols';
import { loadBrokerIdentity } from './broker-identity.ts';
import type { BrokerConfig } from './config.ts';
import { LogFollower } from './follow-log.ts';
import { ReadinessChecks } from './health/readiness.ts';
import { probeWriting } from './health/write-probe.ts';
import { BrokerMetrics } from './metrics/broker-metrics.ts';
import { measureParts } from './metrics/measured-parts.ts';

/** All parts of a broker on one data directory, without any listener. */
export interface BrokerNode {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly pseudonyms: Pseudonyms;
  readonly agencies: AgencyRegister;
  readonly protocols: ProtocolRegister;
  readonly registers: Registers;
  readonly streams: LearnerStreams;
  readonly quarantine: Quarantine;
  readonly verifier: MessageVerifier;
  readonly admission: Admission;
  readonly dataManager: DataManager;
  readonly intake: Intake;
  readonly gate: Gate;
  readonly identity: BrokerIdentity;
  readonly feedKeys: FeedKeys;
  /** What is on its way to partners: admission waits for it before it gives receipts about consent. */
  readonly underWay: UnderWay;
  readonly waitingTies: WaitingTies;
  readonly cursors: PageCursors;
  readonly signer: ReceiptSigner;
  readonly tokens: BearerTokens;
  readonly access: AccessService;
  readonly views: ViewReader;
  readonly projections: ProjectionEngine;
  readonly metrics: BrokerMetrics;
  readonly readiness: ReadinessChecks;
  close(): Promise<void>;
}

export interface NodeOptions {
  readonly clock?: Clock;
  /** Threads for signature checks; a command that admits nothing needs none. */
  readonly verifyWorkers?: number;
  /** Keeps the views current while the node is open; a command that reads none needs not. */
  readonly projecting?: boolean;
  /** Does what follows from events, such as telling recipients of a withdrawal; a broker that serves does. */
  readonly reacting?: boolean;
}

/** What lies in the data directory. */
interface Files {
  readonly store: SqliteEventStore;
  readonly vault: SqliteVault;
  readonly quarantine: SqliteQuarantine;
  readonly used: SqliteUsedAssertions;
  readonly views: SqliteViewStore;
  readonly pseudonyms: Pseudonyms;
  readonly feedKeys: FeedKeys;
  readonly identity: BrokerIdentity;
}

const openFiles = async (config: BrokerConfig, clock: Clock): Promise<Files> => {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(config.data, name);
  const rootKey = loadRootKey({ encoded: config.rootKey, file: file('root.key'), create: true });
  const vault = new SqliteVault({ file: file('keys.sqlite'), rootKey, clock });
  return {
    store: SqliteEventStore.open({ file: file('log.sqlite'), clock }),
    vault,
    quarantine: new SqliteQuarantine(file('quarantine.sqlite'), vault),
    used: new SqliteUsedAssertions(file('access.sqlite'), clock),
    views: new SqliteViewStore({ file: file('views.sqlite') }),
    pseudonyms: new PairwisePseudonyms(rootKey),
    feedKeys: new FeedKeys(rootKey),
    identity: await loadBrokerIdentity(file('broker-key.json'), config.issuerUrl),
  };
};

/** Opens or makes the data directory. Throws with a sentence that says what is wrong where something does not fit. */
export const openNode = async (config: BrokerConfig, { clock = systemClock, verifyWorkers = config.verifyWorkers, projecting = false, reacting = false }: NodeOptions = {}): Promise<BrokerNode> => {
  const files = await openFiles(config, clock);
  const { store, vault, quarantine, pseudonyms } = files;
  const catalogue = shippedCatalogue();
  const agencies = await AgencyRegister.open(store, clock);
  const protocols = await ProtocolRegister.open(store, clock);
  const registers = new Registers(agencies, protocols);
  const streams = new LearnerStreams({ store, vault, catalogue, learners: config.cachedLearners });
  const writer = new LogWriter(store, vault);
  const underWay = new UnderWay();
  const admission = new Admission({ store, streams, writer, registers, catalogue, vault, pseudonyms, quarantine, clock, disclosing: underWay });
  const pool = new VerifyPool({ workers: verifyWorkers });
  const verifier = new MessageVerifier({ keys: signingKeys(agencies), pool, clock });
  const metrics = new BrokerMetrics();
  const intake = new Intake({ verifier, admission, agencies, quarantine, clock, maxInFlight: config.maxInFlight, observer: metrics });
  const gate = new Gate({ store, streams, writer, registers, reader: new ItemReader(store, vault), vault, pseudonyms, clock, observer: metrics });
  const stopping = new AbortController();
  const follower = new LogFollower({ store, streams, agencies, protocols });
  const following = follower.run(stopping.signal);
  const projections = new ProjectionEngine({ store, views: files.views, vault, projectors: allProjectors });
  const projected = projecting ? projections.run(stopping.signal) : undefined;
  const reacted = react(reacting, { store, vault, streams, writer, registers, clock, observer: metrics.notices }, stopping.signal);
  const followed = projecting ? { views: projections } : {};
  const readiness = new ReadinessChecks({ store, writeProbe: () => probeWriting(config.data), ...followed });
  readiness.add(() => follower.reasons);
  measureParts(metrics.registry, { intake, quarantine, store, ...followed });
  return {
    config,
    clock,
    catalogue,
    store,
    vault,
    pseudonyms,
    agencies,
    protocols,
    registers,
    streams,
    quarantine,
    verifier,
    admission,
    dataManager: new DataManager({ store, streams, writer, registers, catalogue, vault, pseudonyms, clock }),
    intake,
    gate,
    identity: files.identity,
    feedKeys: files.feedKeys,
    underWay,
    waitingTies: new WaitingTies({ streams, writer, registers, vault, pseudonyms, clock }, waitingParties),
    cursors: new PageCursors(vault),
    signer: new ReceiptSigner(files.identity),
    ...accessOf(config, clock, files, agencies),
    views: files.views,
    projections,
    metrics,
    readiness,
    close: async () => {
      stopping.abort();
      await following;
      await projected;
      await reacted;
      await pool.close();
      await store.close();
      await files.views.close();
      files.vault.close();
      files.quarantine.close();
      files.used.close();
    },
  };
};

/** Sees to what follows from events, where that is this node's to do. */
const react = async (reacting: boolean, parts: NotifyParts, signal: AbortSignal): Promise<void> => {
  if (reacting) await new NotifyRecipientsWhenRightsTakeEffect(parts).run(signal);
};

const accessOf = (config: BrokerConfig, clock: Clock, { identity, used }: Files, agencies: AgencyRegister): Pick<BrokerNode, 'tokens' | 'access'> => {
  const { externalIssuer, externalJwks } = config;
  const external = externalIssuer && externalJwks ? { issuer: externalIssuer, jwks: new URL(externalJwks) } : undefined;
  const tokens = new BearerTokens(identity, clock, external);
  return { tokens, access: new AccessService(identity, tokens, { clock, keys: (kid, at) => signingKeys(agencies).signingKey(kid, at), used }) };
};

const signingKeys = (agencies: AgencyRegister): SigningKeys => ({
  signingKey: (kid, at) => {
    const found = agencies.signingKey(kid, at);
    return found && { agency: found.agency.slug, jwk: found.jwk };
  },
});
