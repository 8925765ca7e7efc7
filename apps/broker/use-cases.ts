// What a broker does, put together once for all doors.
import { Admission, DataManager } from '#admission';
import type { Catalogue } from '#catalogue';
import { Gate, type ItemReader, NamedLearners, Oversight, type Registers, SignInCodes } from '#disclosure';
import type { InFlight } from '#egress';
import type { EventStore } from '#event-store';
import type { Clock } from '#kernel';
import type { LearnerStreams } from '#learner-file';
import type { LogWriter } from '#unit-of-work';
import type { Pseudonyms, Vault } from '#privacy';
import type { Quarantine } from '#quarantine';
import type { BrokerConfig } from './config.ts';
import type { BrokerMetrics } from './metrics/broker-metrics.ts';

export interface UseCaseParts {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly pseudonyms: Pseudonyms;
  readonly registers: Registers;
  readonly streams: LearnerStreams;
  readonly reader: ItemReader;
  readonly writer: LogWriter;
  readonly quarantine: Quarantine;
  readonly inFlight: InFlight;
  readonly observer: BrokerMetrics;
}

export interface UseCases {
  readonly admission: Admission;
  readonly dataManager: DataManager;
  readonly gate: Gate;
  readonly namedLearners: NamedLearners;
  readonly oversight: Oversight;
  readonly signInCodes: SignInCodes;
}

export const useCasesOf = ({ config, quarantine, inFlight, observer, ...parts }: UseCaseParts): UseCases => {
  const gate = new Gate({ ...parts, observer });
  const namedLearners = new NamedLearners(parts);
  return {
    gate,
    admission: new Admission({
      ...parts,
      gate,
      quarantine,
      mostInDay: config.eventsPerLearnerDay,
      whenRecorded: parts.reader.whenRecorded,
      disclosing: inFlight,
    }),
    dataManager: new DataManager({ ...parts, gate }),
    oversight: new Oversight({ ...parts, observer }),
    namedLearners,
    signInCodes: new SignInCodes({ ...parts, gate, named: namedLearners }),
  };
};
