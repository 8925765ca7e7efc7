// What a recorded decision could look at: registers, link advisers and learners' files as they stood at the revisions that it names.
import type { Asker } from '#access';
import { AGENCIES_STREAM, AgencyRegister } from '#agencies';
import type { Catalogue } from '#catalogue';
import type { EventStore } from '#event-store';
import { type Instant, type LearnerId, londonDate, type Revision } from '#kernel';
import { LearnerStreams, LINK_ADVISERS, learnerStream } from '#learner-file';
import type { Vault } from '#privacy';
import { type DecisionTable, PROTOCOLS_STREAM, ProtocolRegister } from '#sharing-protocols';
import type { LearnerAtMoment } from './decide-answer.ts';
import { Registers } from './in-force.ts';
import type { Versioned } from './moment.ts';
import { pastLog } from './past-log.ts';
import { type Reader, readerFor } from './reader.ts';

export interface PastParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly catalogue: Catalogue;
}

export interface PastInputs extends Versioned {
  readonly at: Instant;
}

export interface Past {
  readonly decisions: DecisionTable;
  /** Throws where the asker was nobody then. */
  readonly reader: (asker: Asker | undefined) => Reader;
  readonly learner: (id: LearnerId, revision: Revision) => Promise<LearnerAtMoment>;
}

export const pastOf = async ({ store, vault, catalogue }: PastParts, inputs: PastInputs): Promise<Past> => {
  const { at, agencies, protocols, linkAdvisers } = inputs;
  const ground: readonly (readonly [string, Revision])[] = [
    [LINK_ADVISERS, linkAdvisers],
    [AGENCIES_STREAM, agencies],
    [PROTOCOLS_STREAM, protocols],
  ];
  const past = pastLog(store, new Map(ground));
  const clock = { now: () => at };
  const registers = new Registers(await AgencyRegister.open(past, clock), await ProtocolRegister.open(past, clock));
  const inForce = registers.inForce(londonDate(at));
  return {
    decisions: inForce.decisions,
    reader: (asker) => {
      const reader = asker && readerFor(asker, (slug) => inForce.agency(slug));
      if (reader === undefined) throw new Error('Who asked in a recorded decision was nobody then: the log does not fit together.');
      return reader;
    },
    learner: async (id, asOf) => {
      const stream = learnerStream(id);
      const log = pastLog(store, new Map([...ground, [stream, asOf]]));
      const streams = new LearnerStreams({ store: log, vault, catalogue, learners: 1 });
      const { state: file, revision } = await streams.files.load(stream);
      const { state } = await streams.linkAdvisers.load(LINK_ADVISERS);
      return { file, revision, inForce, linkAdvisers: state, at };
    },
  };
};
