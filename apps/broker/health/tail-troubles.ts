// What whoever runs a broker is told when the log, or somebody who follows it, cannot go on. All try again by themselves.
import type { Tail, Trouble } from '#event-store';
import type { FollowedEvent } from '#learner-file';
import { VIEWS } from '#read-models';
import { HELD_STATE } from '../held-state.ts';
import type { Reason } from './readiness.ts';

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
