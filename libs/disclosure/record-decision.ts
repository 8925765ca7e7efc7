// The one form in which a decision about a learner is put into a draft: whoever asked, by whichever route, for a page, a row or a receipt.
import type { Asker } from '#access';
import type { LearnerId, Revision } from '#kernel';
import { disclosureStream, type LearnerStreams } from '#learner-file';
import type { LearnerAtMoment } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { disclosureEvent } from './disclosure-log.ts';
import { type Moment, versionsAt } from './moment.ts';

/** What was asked, and what it came to; the rest follows from the moment. */
export type ToRecord = Omit<DisclosureDecided, 'at' | 'learner' | 'agencies' | 'protocols' | 'linkAdvisers'>;

/** The member of an agency's or an office's staff, where the token named one. */
export const staffOf = (asker: Asker): { readonly staff?: string } =>
  'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};

/** Nobody's record is a learner's affair but the own one: who that was is not told with the record of another. */
export const isAnother = (asker: Asker, about: LearnerId | undefined): boolean => 'learner' in asker && asker.learner !== about;

export const reasonOf = ({ reason }: Pick<DecisionInputs, 'reason'>): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };

/** `id`: of the event, drawn before or following from one that was. Gives its revision in the learner's disclosure stream. */
export const recordDecision = (
  streams: LearnerStreams,
  { id, ...moment }: Moment & { readonly id: string },
  { file, revision: learner }: Pick<LearnerAtMoment, 'file' | 'revision'>,
  decided: ToRecord,
): Revision => {
  const { draft, at, correlation } = moment;
  const origin = { id, correlation, learner: file.id, actor: decided.recipient };
  const content = { ...decided, at, learner, ...versionsAt({ streams }, moment) };
  return draft.add(streams.heads, disclosureStream(file.id), disclosureEvent(origin, content), () => null);
};
