// A moment's view of the log: all that one judgement of the gate looks at, and what it must still find so when it is appended.
import type { Asker } from '#access';
import { type Instant, type LearnerId, londonDate, type Revision } from '#kernel';
import { LINK_ADVISERS, learnerStream } from '#learner-file';
import { Draft } from '#unit-of-work';
import type { LearnerAtMoment } from './decide-answer.ts';
import type { GateParts } from './gate-parts.ts';
import type { InForce } from './in-force.ts';
import { type Reader, readerFor } from './reader.ts';

export interface Moment {
  readonly draft: Draft;
  readonly inForce: InForce;
  readonly at: Instant;
  readonly correlation: string;
}

type Parts = Pick<GateParts, 'streams' | 'registers' | 'clock'>;

/** The registers as they are known are part of it: another process may have suspended somebody meanwhile. */
export const momentOf = ({ registers, clock }: Parts, correlation: string): Moment => {
  const at = clock.now();
  const moment = { draft: new Draft(), inForce: registers.inForce(londonDate(at)), at, correlation };
  registers.require(moment.draft, moment.inForce);
  return moment;
};

/** Undefined where the asker is nobody whom anything may be shown. */
export const readerAt = ({ inForce }: Moment, asker: Asker): Reader | undefined => readerFor(asker, (slug) => inForce.partner(slug));

/** Undefined where there is no such learner, or it is not in memory: the draft says what is missing then. */
export const learnerAt = (
  { streams }: Pick<Parts, 'streams'>,
  { draft, inForce, at }: Pick<Moment, 'draft' | 'inForce' | 'at'>,
  id: LearnerId,
): LearnerAtMoment | undefined => {
  const { state: file, revision } = draft.get(streams.files, learnerStream(id));
  if (revision < 0) return undefined;
  return { file, revision, inForce, linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state, at };
};

/** What the decision rests on may be on its way to the disk, and not arrive: then it is decided anew. */
export const requireAsSeen = ({ streams }: Parts, { draft }: Moment, id: LearnerId): void => {
  draft.require(streams.files, learnerStream(id));
  draft.require(streams.linkAdvisers, LINK_ADVISERS);
};

/** Revisions of the registers and of the link advisers as they stood. */
export interface Versioned {
  readonly agencies: Revision;
  readonly protocols: Revision;
  readonly linkAdvisers: Revision;
}

export const versionsAt = ({ streams }: Pick<Parts, 'streams'>, { draft, inForce }: Pick<Moment, 'draft' | 'inForce'>): Versioned => ({
  ...inForce.versions,
  linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).revision,
});
