// What the protocols ask for, duty by duty: a table of its own (views.md, part 4 and S4–S7, S10, S25).

export interface Asked {
  readonly protocol: string;
  readonly duty: string;
  readonly who: readonly string[];
  /** Type, and the field that names the day; without one it runs from when that became known. */
  readonly after: readonly [type: string, field?: string];
  readonly days: number;
  /** It is due so many days before the day that the field names, and `days` after it became known in any case. */
  readonly before?: number;
  readonly when?: readonly [field: string, ...values: string[]];
  readonly done: readonly string[];
  readonly doneWhen?: readonly [field: string, ...values: string[]];
  /** Only where somebody is on programme by the day on which it is due; only where nobody advises them on the day from which it runs. */
  readonly only?: 'on-programme' | 'without-adviser';
  /** What was done so many days before counts too. */
  readonly ahead?: number;
}

export const ENDS = ['programme.left-early', 'programme.moved-on'];
const E2E = 'e2e-passport@1';
const LEARNING = ['provider', 'college'];
const ADVISER = ['connexions'];
const OTHER_WAYS = ['self', 'other-agency', 'school', 'yot', 'out-of-area'] as const;
const FAILING = ['framework', 'risk-of-failing'] as const;
const RISK = { who: ['connexions', 'provider'], done: ['assessment.recorded'], doneWhen: FAILING };
const ADVISES = ['role', 'personal-adviser', 'dedicated-adviser', 'link-adviser'] as const;
const STARTED = ['programme.started', 'startedOn'] as const;

export const ASKED: readonly Asked[] = [
  {
    ...{ protocol: E2E, duty: 'answer-referral', who: [...LEARNING, 'connexions'], after: ['referral.made'], days: 14 },
    done: ['referral.accepted', 'referral.declined', 'referral.withdrawn', 'programme.started'],
  },
  {
    ...{ protocol: E2E, duty: 'allocate', who: ADVISER, after: ['referral.made'], days: 5, when: ['route', ...OTHER_WAYS] },
    ...{ done: ['learner.adviser-assigned'], doneWhen: ADVISES },
  },
  {
    ...{ protocol: E2E, duty: 'allocate-starter', who: ADVISER, after: STARTED, days: 5, only: 'without-adviser' },
    ...{ when: ['kind', 'e2e', 'apprenticeship', 'traineeship', 'fe-course'], done: ['learner.adviser-assigned'], doneWhen: ADVISES },
  },
  {
    ...{ protocol: E2E, duty: 'allocate-again', who: ADVISER, after: ['learner.adviser-ended', 'on'], days: 5, only: 'without-adviser' },
    ...{ when: ADVISES, done: ['learner.adviser-assigned'], doneWhen: ADVISES },
  },
  {
    ...{ protocol: E2E, duty: 'refer-on', who: ADVISER, after: ['referral.declined'], days: 14 },
    done: ['referral.made', 'programme.started', 'offer.made'],
  },
  { protocol: E2E, duty: 'follow-up', who: ADVISER, after: ['adviser.informed', 'on'], days: 14, ahead: 14, done: ['follow-up.made'] },
  {
    protocol: E2E,
    duty: 'sign-off',
    who: ADVISER,
    after: STARTED,
    days: 28,
    ahead: 180,
    done: ['programme.signed-off', 'programme.queried'],
  },
  { protocol: E2E, duty: 'risk-of-failing', after: STARTED, days: 28, ...RISK },
  {
    protocol: E2E,
    duty: 'risk-renewal',
    after: ['assessment.recorded', 'validUntil'],
    days: 0,
    when: FAILING,
    only: 'on-programme',
    ...RISK,
  },
  {
    ...{ protocol: E2E, duty: 'first-review', who: LEARNING, after: STARTED, days: 28, when: ['kind', 'e2e'] },
    done: ['review.held'],
  },
  { protocol: E2E, duty: 'follow-up-after-review', who: ADVISER, after: ['review.held', 'heldOn'], days: 14, done: ['follow-up.made'] },
  {
    ...{ protocol: E2E, duty: 'resolve-query', who: [...LEARNING, 'connexions'], after: ['programme.queried'], days: 14 },
    done: ['programme.agreed', 'programme.signed-off'],
  },
  { protocol: E2E, duty: 'answer-query', who: ADVISER, after: ['endorsement.queried'], days: 14, done: ['endorsement.answered'] },
  {
    ...{ protocol: E2E, duty: 'review-when-due', who: LEARNING, after: ['review.held', 'nextReviewDue'], days: 0 },
    done: ['review.held'],
  },
  {
    ...{ protocol: E2E, duty: 'review-as-scheduled', who: LEARNING, after: ['review.scheduled', 'on'], days: 7, ahead: 7 },
    done: ['review.held'],
  },
  {
    ...{ protocol: 'early-leaving@1', duty: 'follow-up-leaver', who: ADVISER, after: ['programme.left-early'], days: 14 },
    done: ['follow-up.made'],
  },
  {
    ...{ protocol: 'initial-assessment-reuse@1', duty: 'apir-at-referral', who: ADVISER, after: ['referral.made'], days: 5 },
    ...{ when: ['route', 'connexions'], done: ['assessment.recorded'], doneWhen: ['framework', 'apir'] },
  },
  {
    ...{ protocol: 'youth-justice@1', duty: 'case-conference', who: ['yot'], after: STARTED, days: 28 },
    done: ['case-conference.held'],
  },
  {
    ...{
      protocol: 'youth-justice@1',
      duty: 'assessment-before-release',
      who: ['yot', 'custody'],
      after: ['release.planned', 'on'],
      days: 14,
    },
    ...{ before: 91, done: ['assessment.recorded'], doneWhen: ['framework', 'initial'] },
  },
  {
    ...{ protocol: 'youth-justice@1', duty: 'conference-before-placement', who: ['yot'], after: ['placement.started', 'on'], days: 0 },
    ...{ before: 0, done: ['case-conference.held'] },
  },
];
