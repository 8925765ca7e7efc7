// Which events about a learner trigger the duties that ship, and which discharge them or say whose they are.
import { frameworkOf, type ShortType } from '#catalogue';

/** What triggers them; a duty of another protocol is told where one of these triggers it. */
export const TRIGGERS: readonly ShortType[] = [
  'adviser.informed',
  'assessment.recorded',
  'endorsement.queried',
  'learner.adviser-ended',
  'placement.started',
  'programme.left-early',
  'programme.queried',
  'programme.started',
  'referral.declined',
  'referral.made',
  'release.planned',
  'review.held',
  'review.scheduled',
];
/** What discharges them, and says whose they are, or since when. */
export const BESIDE: readonly ShortType[] = [
  'assessment.rectified',
  'case-conference.held',
  'endorsement.answered',
  'endorsement.given',
  'follow-up.made',
  'learner.adviser-assigned',
  'offer.made',
  'programme.agreed',
  'programme.moved-on',
  'programme.signed-off',
  'referral.accepted',
  'referral.withdrawn',
];

/** All that a learner's duties are reckoned from. */
export const DUTY_TYPES: ReadonlySet<string> = new Set([...TRIGGERS, ...BESIDE]);

/** After these the programme that they name runs no more. */
export const ENDINGS: readonly ShortType[] = ['programme.left-early', 'programme.moved-on'];

/** Who is a learner's adviser, and is no more. */
export const ADVISERS: readonly ShortType[] = ['learner.adviser-assigned', 'learner.adviser-ended'];

/** What comes of a referral by somebody's word. */
export const REFERRAL_WORDS: readonly ShortType[] = ['referral.accepted', 'referral.declined', 'referral.withdrawn'];

type Facts = Readonly<Record<string, unknown>>;

/** With the framework of an assessment that its category says, where a clause left it out. */
export const withFramework = (category: string, data: Facts): Facts => {
  const framework = data['framework'] === undefined ? frameworkOf(category, undefined) : undefined;
  return framework === undefined ? data : { ...data, framework };
};
