// The composition root: chooses adapters and puts the parts together. Nothing else does (house rule 5).
import type { AccessService, BearerTokens, BrokerIdentity } from '#access';
import type { Admission, DataManager } from '#admission';
import { AgencyRegister } from '#agencies';
import { type Catalogue, shippedCatalogue } from '#catalogue';
import type { LogWitness } from '#custody';
import type { Gate, NamedLearners, Oversight, SignInCodes } from '#disclosure';
import { ItemReader, type NotifyParts, NotifyRecipientsWhenRightsTakeEffect, PageCursors, Registers } from '#disclosure';
import { FeedBacklog, FeedsHere, InFlight } from '#egress';
import { type EventStore, Tail } from '#event-store';
import { RateLimits } from '#http';
import { Intake, MessageVerifier, ReceiptSigner, VerifyPool } from '#ingress';
import type { Clock, TimeSources } from '#kernel';
import { type FollowedEvent, followedWith, LearnerStreams } from '#learner-file';
import { LogWriter } from '#unit-of-work';
import { FeedKeys, PairwisePseudonyms, type Pseudonyms, type Vault } from '#privacy';
import { allProjectors, ProjectionEngine, type ViewReader } from '#read-models';
import { type Quarantine, type RetentionParts, sweepHourly } from '#quarantine';
import { ReportRegister } from '#reports';
import { ProposalRegister, ProtocolRegister } from '#sharing-protocols';
import { accessOf, senderKeys } from './access-parts.ts';
import { type BrokerTime, brokerTime, keepRemembering, type Remembering, saysOf } from './broker-clock.ts';
import type { BrokerConfig } from './config.ts';
import { openDataFiles, openLog } from './data-files.ts';
import type { DataLog } from './data-log.ts';
import { ReadinessChecks, type Reason } from './health/readiness.ts';
import { keepCurrent, reasonsOfTail, saysOfTrouble, warningsOfTail } from './held-state.ts';
import { writeProbes } from './health/write-probe.ts';
import { itemBytes } from './memory-shares.ts';
import { BrokerMetrics } from './metrics/broker-metrics.ts';
import { measureParts } from './metrics/measured-parts.ts';
import { LoginLog } from './login-log.ts';
import { useCasesOf } from './use-cases.ts';

/** All parts of a broker on one data directory, without any listener. */
export interface BrokerNode {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly store: EventStore;
  /** The log as files of the data directory know it that are opened later. */
  readonly log: LogWitness & Pick<DataLog, 'overtaken'>;
  /** Whoever follows the log does so here. */
  readonly tail: Tail<FollowedEvent>;
  readonly vault: Vault;
  readonly pseudonyms: Pseudonyms;
  readonly agencies: AgencyRegister;
  readonly protocols: ProtocolRegister;
  readonly proposals: ProposalRegister;
  readonly reports: ReportRegister;
  readonly registers: Registers;
  readonly streams: LearnerStreams;
  readonly writer: LogWriter;
  readonly quarantine: Quarantine;
  readonly verifier: MessageVerifier;
  readonly admission: Admission;
  readonly dataManager: DataManager;
  readonly intake: Intake;
  readonly gate: Gate;
  readonly namedLearners: NamedLearners;
  readonly oversight: Oversight;
  readonly signInCodes: SignInCodes;
  readonly identity: BrokerIdentity;
  readonly feedKeys: FeedKeys;
  /** What is on its way to partners: admission waits for it before it gives receipts about consent. */
  readonly inFlight: InFlight;
  readonly feedBacklog: FeedBacklog;
  readonly feedsHere: FeedsHere;
  readonly cursors: PageCursors;
  readonly signer: ReceiptSigner;
  readonly tokens: BearerTokens;
  readonly access: AccessService;
  readonly limits: RateLimits;
  readonly views: ViewReader;
  readonly projections: ProjectionEngine;
  readonly metrics: BrokerMetrics;
  readonly readiness: ReadinessChecks;
  close(): Promise<void>;
}

export interface NodeOptions {
  /** Taken as it is; without one, time is the machine's, held steady. */
  readonly clock?: Clock;
  /** What time is held steady by. */
  readonly time?: TimeSources;
  /** Threads for signature checks; a command that admits nothing needs none. */
  readonly verifyWorkers?: number;
  /** Keeps the views current while the node is open; a command that reads none needs not. */
  readonly projecting?: boolean;
  /** Does what follows from events, such as telling recipients of a withdrawal; a broker that serves does. */
  readonly reacting?: boolean;
  /** Told what somebody should see to, in a sentence. */
  readonly tell?: (says: string) => void;
  /** Told who was let in and who was not; a broker that serves says it aloud. */
  readonly logins?: (line: object) => void;
}

/** Opens or makes the data directory. Throws with a sentence that says what is wrong where something does not fit. */
export const openNode = async (
  config: BrokerConfig,
  {
    clock: given,
    time: sources,
    verifyWorkers = config.verifyWorkers,
    projecting = false,
    reacting = false,
    tell = () => undefined,
    logins: tellOfLogin,
  }: NodeOptions = {},
): Promise<BrokerNode> => {
  const time = brokerTime(given, sources);
  const { clock } = time;
  const log = await openLog(config, clock);
  await time.startFrom(log);
  const files = await openDataFiles(config, log, time);
  const { store, vault, quarantine, rootKey, identity } = files;
  const pseudonyms = new PairwisePseudonyms(rootKey);
  const catalogue = shippedCatalogue();
  const opened = await store.head();
  const held = await openRegisters(config, { store, clock, vault });
  const { agencies } = held;
  const reader = new ItemReader(store, vault, itemBytes(config));
  const streams = new LearnerStreams({ store, vault, catalogue, learners: config.cachedLearners, whenOpened: reader.whenOpened });
  const writer = new LogWriter(store, vault);
  const inFlight = new InFlight();
  const ground = { config, clock, catalogue, store, vault, pseudonyms, ...held, streams, writer, quarantine };
  const pool = new VerifyPool({ workers: verifyWorkers });
  const verifier = new MessageVerifier({ keys: senderKeys(agencies), pool, clock });
  const metrics = new BrokerMetrics();
  const logins = new LoginLog(metrics.loginRefused, tellOfLogin);
  const useCases = useCasesOf({ ...ground, reader, inFlight, observer: metrics });
  const limits = new RateLimits(config.rateLimit);
  const intake = new Intake({ ...ground, ...useCases, verifier, maxInFlight: config.maxInFlight, limits, observer: metrics });
  const stopping = new AbortController();
  const tail = new Tail({ store, ...followedWith(vault), report: (...trouble) => tell(saysOfTrouble(...trouble)) });
  const following = tail.follow(keepCurrent({ streams, ...held }, opened), stopping.signal);
  const projections = new ProjectionEngine({ store, tail, views: files.views, projectors: allProjectors });
  const projected = projecting ? projections.run(stopping.signal) : undefined;
  const swept = sweepQuarantine(reacting, { quarantine, clock, days: config.quarantineDays }, stopping.signal);
  const reacted = react(reacting, { ...ground, tail, observer: metrics.notices }, stopping.signal);
  const remembering = remember(reacting, { store, time, tell }, stopping.signal);
  const followed = projecting ? { views: projections } : {};
  const readiness = new ReadinessChecks({ store, probes: writeProbes({ ...files, directory: config.data }), ...followed });
  readiness.add(() => reasonsOfTail(tail));
  readiness.warn(() => [...warningsOf(time), ...warningsOfTail(tail)]);
  measureParts(metrics.registry, { intake, quarantine, store, tail, ...followed });
  return {
    ...ground,
    ...useCases,
    log: store,
    tail,
    verifier,
    intake,
    identity,
    feedKeys: new FeedKeys(rootKey),
    inFlight,
    ...{ feedBacklog: new FeedBacklog(), feedsHere: new FeedsHere() },
    cursors: new PageCursors(vault),
    signer: new ReceiptSigner(identity),
    ...accessOf(config, { clock, agencies, identity, used: files.used, observer: logins, pseudonyms }),
    limits,
    views: files.views,
    projections,
    metrics,
    readiness,
    close: async () => {
      stopping.abort();
      await Promise.all([following, projected, reacted, swept, remembering]);
      await tail.close();
      await pool.close();
      await store.close();
      await files.views.close();
      await files.vault.close();
      await files.quarantine.close();
      await files.used.close();
    },
  };
};

type HeldRegisters = Pick<BrokerNode, 'agencies' | 'protocols' | 'proposals' | 'reports' | 'registers'>;

const openRegisters = async (
  { listsClose: closing }: BrokerConfig,
  { store, clock, vault }: Pick<BrokerNode, 'store' | 'clock' | 'vault'>,
): Promise<HeldRegisters> => {
  const seal = vault.streamSeal;
  const agencies = await AgencyRegister.open(store, clock, seal);
  const protocols = await ProtocolRegister.open(store, clock, seal);
  const proposals = await ProposalRegister.open(store, clock, { protocols, seal });
  const reports = await ReportRegister.open(store, clock, { seal, closing });
  return { agencies, protocols, proposals, reports, registers: new Registers(agencies, protocols) };
};

/** What does not keep the broker from its work, and somebody should see to. */
const warningsOf = ({ trouble }: Pick<BrokerTime, 'trouble'>): readonly Reason[] => {
  const found = trouble();
  return found ? [{ check: 'clock', says: saysOf(found) }] : [];
};

/** Sees to what follows from events, where that is this node's to do. */
const react = async (reacting: boolean, parts: NotifyParts, signal: AbortSignal): Promise<void> => {
  if (reacting) await new NotifyRecipientsWhenRightsTakeEffect(parts).run(signal);
};

/** Lets go of what was kept long enough, where that is this node's to do. */
const sweepQuarantine = async (reacting: boolean, parts: RetentionParts, signal: AbortSignal): Promise<void> => {
  if (reacting) await sweepHourly(parts, signal);
};

/** A broker that serves has its time outlast it; a command is over too soon. */
const remember = async (reacting: boolean, parts: Remembering, signal: AbortSignal): Promise<void> => {
  if (reacting) await keepRemembering(parts, signal);
};
