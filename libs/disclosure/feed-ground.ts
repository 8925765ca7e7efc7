// Whether what feeds were decided on still stands, right before it leaves (ADR 13).
import { londonDate } from '#kernel';
import { LINK_ADVISERS, learnerStream } from '#learner-file';
import { type FeedReadSet, isSameGround } from './feed-snapshot.ts';
import type { GateParts } from './gate-parts.ts';

/** Whether everything is still where it was: looked at in the same turn in which what was decided leaves. */
export const stillStands = (
  { streams, registers, clock }: Pick<GateParts, 'streams' | 'registers' | 'clock'>,
  readSet: FeedReadSet,
): boolean => {
  const { versions, today } = registers.inForce(londonDate(clock.now()));
  const linkAdvisers = streams.linkAdvisers.peek(LINK_ADVISERS)?.revision;
  return (
    readSet.streams.every(({ learner, revision }) => streams.files.peek(learnerStream(learner))?.revision === revision) &&
    linkAdvisers !== undefined &&
    isSameGround(readSet, { versions, today, linkAdvisers })
  );
};
