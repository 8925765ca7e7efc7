// What a duty is about: the programme, review, referral or whatever else the event speaks of that makes it (views.md, part 4). Pure.
import type { AgencySlug } from '#kernel';
import type { DutyEvent, DutyReckoning } from './duties.ts';

export const ABOUT_KINDS = [
  'programme',
  'review',
  'referral',
  'endorsement',
  'assessment',
  'placement',
  'release',
  'adviser',
  'learner',
] as const;
export type AboutKind = (typeof ABOUT_KINDS)[number];

export interface DutyAbout {
  readonly kind: AboutKind;
  /** As its agency calls it. */
  readonly id?: string;
  /** Whose it is, where that is seen. */
  readonly of?: AgencySlug;
}

/** By the first part of the type; of what has no id whoever said it is its agency. */
const THINGS: Readonly<Record<string, readonly [kind: AboutKind, id?: string]>> = {
  adviser: ['programme', 'programmeId'],
  programme: ['programme', 'programmeId'],
  review: ['review', 'reviewId'],
  referral: ['referral', 'referralId'],
  endorsement: ['endorsement', 'endorsementId'],
  assessment: ['assessment', 'assessmentId'],
  placement: ['placement', 'placementId'],
  release: ['release'],
  learner: ['adviser'],
};

export const aboutOf = (trigger: DutyEvent, reckoning: Pick<DutyReckoning, 'ownerOf'>): DutyAbout => {
  const [kind, field] = THINGS[trigger.type.split('.')[0] ?? ''] ?? ['learner'];
  const id = field === undefined ? undefined : trigger.data[field];
  const of = field === undefined ? trigger.source : reckoning.ownerOf(trigger, field);
  return { kind, ...(typeof id === 'string' && { id }), ...(of !== undefined && { of }) };
};
