// A consumer of the log: keeps what is in memory current with what other processes append, as the command line beside a running broker.
import { AGENCIES_STREAM, type AgencyRegister } from '#agencies';
import type { Consumer, Delivery, Tail, Trouble } from '#event-store';
import type { Position } from '#kernel';
import type { FollowedEvent, LearnerStreams } from '#learner-file';
import { type ProtocolRegister, PROTOCOLS_STREAM } from '#sharing-protocols';
import { VIEWS } from '#read-models';
import type { Reason } from './health/readiness.ts';

/** What is in memory. Nothing decided on what is not current is wrong: appends name the revisions that they count on. */
export interface HeldState {
  readonly streams: Pick<LearnerStreams, 'outdate'>;
  readonly agencies: Pick<AgencyRegister, 'refresh'>;
  readonly protocols: Pick<ProtocolRegister, 'refresh'>;
}

export const HELD_STATE = 'held-state';

/** `after`: how far what is in memory is current. */
export const keepCurrent = ({ streams, agencies, protocols }: HeldState, after: Position): Consumer<FollowedEvent> => {
  let position = after;
  return {
    name: HELD_STATE,
    types: 'every',
    checkpoint: () => position,
    handle: async ({ events, to }: Delivery<FollowedEvent>) => {
      for (const { recorded } of events) streams.outdate(recorded);
      const changed = new Set(events.map(({ recorded }) => recorded.stream));
      if (changed.has(AGENCIES_STREAM)) await agencies.refresh();
      if (changed.has(PROTOCOLS_STREAM)) await protocols.refresh();
      position = to;
    },
  };
};

// What whoever runs a broker is told when the log, or somebody who follows it, cannot go on. All try again by themselves.

type Followed = Pick<Tail<FollowedEvent>, 'trouble' | 'troubles'>;

const INTERRUPTED = 'The log cannot be followed: what other processes append is seen late.';

/** A sentence; without a consumer it is the log that cannot be read. */
export const saysOfTrouble = ({ code, says }: Trouble, consumer = HELD_STATE): string =>
  says ??
  (consumer === HELD_STATE ? INTERRUPTED : `What follows the log as ${consumer} cannot go on now (${code}). It tries again by itself.`);

/** What keeps a broker from its work: of the views the readiness of views tells. */
export const reasonsOfTail = ({ trouble, troubles }: Followed): readonly Reason[] => {
  const found = troubles.get(HELD_STATE) ?? trouble;
  return found ? [{ check: 'log', says: saysOfTrouble(found) }] : [];
};

/** What only comes late meanwhile. */
export const warningsOfTail = ({ troubles }: Followed): readonly Reason[] =>
  [...troubles]
    .filter(([consumer]) => consumer !== HELD_STATE && consumer !== VIEWS)
    .map(([consumer, trouble]) => ({ check: 'log', says: saysOfTrouble(trouble, consumer) }));
