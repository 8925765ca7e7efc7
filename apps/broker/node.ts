// The composition root: chooses adapters and puts the parts together. Nothing else does (house rule 5).
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService, BearerTokens, type BrokerIdentity } from '#access';
import { SqliteUsedAssertions } from '#access/sqlite';
import { Admission } from '#admission';
import { AgencyRegister } from '#agencies';
import { type Catalogue, shippedCatalogue } from '#catalogue';
import { Gate, ItemReader, Registers } from '#disclosure';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { Intake, MessageVerifier, ReceiptSigner, type SigningKeys, VerifyPool } from '#ingress';
import { type Clock, systemClock } from '#kernel';
import { LearnerStreams, LogWriter } from '#learner-file';
import { loadRootKey, PairwisePseudonyms, type Pseudonyms, type Vault } from '#privacy';
import { SqliteVault } from '#privacy/sqlite';
import type { Quarantine } from '#quarantine';
import { SqliteQuarantine } from '#quarantine/sqlite';
import { ProtocolRegister } from '#sharing-protocols';
import { loadBrokerIdentity } from './broker-identity.ts';
import type { BrokerConfig } from './config.ts';
import { followLog } from './follow-log.ts';

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
  readonly quarantine: Quarantine;
  readonly intake: Intake;
  readonly gate: Gate;
  readonly signer: ReceiptSigner;
  readonly tokens: BearerTokens;
  readonly access: AccessService;
  close(): Promise<void>;
}

export interface NodeOptions {
  readonly clock?: Clock;
  /** Threads for signature checks; a command that admits nothing needs none. */
  readonly verifyWorkers?: number;
}

/** What lies in the data directory. */
interface Files {
  readonly store: SqliteEventStore;
  readonly vault: SqliteVault;
  readonly quarantine: SqliteQuarantine;
  readonly used: SqliteUsedAssertions;
  readonly pseudonyms: Pseudonyms;
  readonly identity: BrokerIdentity;
}

const openFiles = async (config: BrokerConfig, clock: Clock): Promise<Files> => {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(config.data, name);
  const rootKey = loadRootKey({ encoded: config.rootKey, file: file('root.key'), create: true });
  const vault = new SqliteVault({ file: file('keys.sqlite'), rootKey, clock });
  return {
    store: await SqliteEventStore.open({ file: file('log.sqlite'), clock }),
    vault,
    quarantine: new SqliteQuarantine(file('quarantine.sqlite'), vault),
    used: new SqliteUsedAssertions(file('access.sqlite'), clock),
    pseudonyms: new PairwisePseudonyms(rootKey),
    identity: await loadBrokerIdentity(file('broker-key.json'), config.issuerUrl),
  };
};

/** Opens or makes the data directory. Throws with a sentence that says what is wrong where something does not fit. */
export const openNode = async (config: BrokerConfig, { clock = systemClock, verifyWorkers = config.verifyWorkers }: NodeOptions = {}): Promise<BrokerNode> => {
  const files = await openFiles(config, clock);
  const { store, vault, quarantine, pseudonyms } = files;
  const catalogue = shippedCatalogue();
  const agencies = await AgencyRegister.open(store, clock);
  const protocols = await ProtocolRegister.open(store, clock);
  const registers = new Registers(agencies, protocols);
  const streams = new LearnerStreams({ store, vault, catalogue, learners: config.cachedLearners });
  const writer = new LogWriter(store, vault);
  const admission = new Admission({ store, streams, writer, registers, catalogue, vault, pseudonyms, quarantine, clock });
  const pool = new VerifyPool({ workers: verifyWorkers });
  const verifier = new MessageVerifier({ keys: signingKeys(agencies), pool, clock });
  const intake = new Intake({ verifier, admission, agencies, quarantine, clock, maxInFlight: config.maxInFlight });
  const gate = new Gate({ streams, writer, registers, reader: new ItemReader(store, vault), vault, pseudonyms, clock });
  const stopping = new AbortController();
  const following = followLog({ store, streams, agencies, protocols }, stopping.signal);
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
    quarantine,
    intake,
    gate,
    signer: new ReceiptSigner(files.identity),
    ...accessOf(config, clock, files, agencies),
    close: async () => {
      stopping.abort();
      await following;
      await pool.close();
      await store.close();
      files.vault.close();
      files.quarantine.close();
      files.used.close();
    },
  };
};

const accessOf = (config: BrokerConfig, clock: Clock, { identity, used }: Files, agencies: AgencyRegister): Pick<BrokerNode, 'tokens' | 'access'> => {
  const { externalIssuer, externalJwks } = config;
  const external = externalIssuer && externalJwks ? { issuer: externalIssuer, jwks: new URL(externalJwks) } : undefined;
  const tokens = new BearerTokens(identity, clock, external);
  const { signingKey } = signingKeys(agencies);
  return { tokens, access: new AccessService(identity, tokens, { clock, keys: signingKey, used }) };
};

const signingKeys = (agencies: AgencyRegister): SigningKeys => ({
  signingKey: (kid, at) => {
    const found = agencies.signingKey(kid, at);
    return found && { agency: found.agency.slug, jwk: found.jwk };
  },
});
