// A consumer of the log: keeps what is in memory current with what other processes append, as the command line beside a running broker.
import { AGENCIES_STREAM, type AgencyRegister } from '#agencies';
import type { Consumer, Delivery } from '#event-store';
import type { Position } from '#kernel';
import type { FollowedEvent, LearnerStreams } from '#learner-file';
import { PROTOCOLS_STREAM, type ProtocolRegister } from '#sharing-protocols';

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
