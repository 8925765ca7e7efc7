// The one form in which a decision about a learner is put into a draft: whoever asked, by whichever route, for a page, a row or a receipt.
import { randomUUID } from 'node:crypto';
import type { Asker } from '#access';
import type { LearnerId, Revision } from '#kernel';
import { disclosureStream } from '#learner-file';
import type { Draft } from '#unit-of-work';
import type { LearnerAtMoment } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { disclosureEvent } from './disclosure-log.ts';
import type { GateParts } from './gate-parts.ts';
import { type Moment, versionsAt } from './moment.ts';

type Parts = Pick<GateParts, 'streams' | 'vault'>;

/** What was asked, and what it came to; the rest follows from the moment. */
export type ToRecord = Omit<DisclosureDecided, 'at' | 'learner' | 'agencies' | 'protocols' | 'linkAdvisers'>;

export interface RecordedAs {
  /** Of the event. */
  readonly id: string;
  /** In the learner's disclosure stream. */
  readonly revision: Revision;
}

/** The member of an agency's or an office's staff, where the token named one. */
export const staffOf = (asker: Asker): { readonly staff?: string } =>
  'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};

/** Nobody's record is a learner's affair but the own one: who that was is not told with the record of another. */
export const isAnother = (asker: Asker, about: LearnerId | undefined): boolean => 'learner' in asker && asker.learner !== about;

export const reasonOf = ({ reason }: Pick<DecisionInputs, 'reason'>): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };

export const recordDecision = (
  { streams, vault }: Parts,
  moment: Pick<Moment, 'inForce' | 'at' | 'correlation'> & { readonly draft: Draft },
  { file, revision: learner }: Pick<LearnerAtMoment, 'file' | 'revision'>,
  decided: ToRecord,
): RecordedAs => {
  const { draft, at, correlation } = moment;
  const id = randomUUID();
  const stream = disclosureStream(file.id);
  const origin = { id, correlation, learner: file.id, actor: decided.recipient };
  const content = { ...decided, at, learner, ...versionsAt({ streams }, moment) };
  const revision = draft.add(
    streams.heads,
    stream,
    (place) => disclosureEvent(origin, { stream, revision: place }, content, vault),
    () => null,
  );
  return { id, revision };
};
