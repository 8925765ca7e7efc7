// To which category each event belongs (contracts.md).
import type { Told } from './told.ts';

const TYPES: Readonly<Record<string, readonly string[]>> = {
  identity: ['learner.registered', 'learner.corrected', 'residence.stated'],
  adviser: ['learner.adviser-assigned', 'learner.adviser-ended', 'adviser.informed', 'follow-up.made', 'tie.confirmed'],
  referral: ['referral.made', 'referral.accepted', 'referral.declined', 'referral.withdrawn'],
  programme: ['programme.started', 'programme.agreed', 'programme.signed-off', 'programme.queried'],
  leaving: ['programme.left-early', 'programme.moved-on', 'moving-on.planned'],
  review: ['review.scheduled', 'review.held'],
  attendance: ['attendance.concern'],
  placement: ['placement.sought', 'placement.started', 'placement.ended'],
  achievement: ['achievement.recorded'],
  endorsement: ['endorsement.given', 'endorsement.queried', 'endorsement.answered'],
  destination: ['destination.recorded'],
  offer: ['offer.made', 'offer.accepted', 'offer.declined'],
  application: ['application.submitted', 'application.placed'],
  offence: ['offence.noted', 'case-conference.held', 'release.planned'],
};
const OF_TYPE = new Map(Object.entries(TYPES).flatMap(([category, types]) => types.map((type) => [type, category] as const)));
const FRAMEWORKS: readonly unknown[] = ['apir', 'risk-of-failing', 'risk-of-reoffending'];
const SPECIAL: readonly unknown[] = ['health', 'disability', 'learning-difficulty', 'substance', 'pregnancy'];

export const categoryOf = ({ type, data }: Told): string => {
  if (type === 'assessment.recorded') return FRAMEWORKS.includes(data['framework']) ? String(data['framework']) : 'assessment';
  if (type === 'circumstance.noted') return SPECIAL.includes(data['kind']) ? 'circumstance-special' : 'circumstance';
  return OF_TYPE.get(type) ?? 'none';
};
