// What can be recorded from the line of a duty, by what would do it (views.md, part 4; console.md, 4.3). Pure.
import { type Act, type Acting, type Acts, all, day, followUp, learner, signing, textIn, whose } from './acts.ts';
import { followUpAfter, hold } from './review-acts.ts';
import type { Row } from './list-rows.ts';

/** What the duty is about, where that is of this kind. */
const aboutIn = (row: Row, kind: string): Row => {
  const about = (row['about'] ?? {}) as Row;
  return about['kind'] === kind ? about : {};
};

const assess =
  (framework: string, label: string): Acts =>
  (row, { on }) => [{ label, type: 'assessment.recorded', fields: { ...learner(row), framework, ...day('assessedOn', on) } }];

const conference: Acts = (row, { on }) => [
  { label: 'Record the conference', type: 'case-conference.held', fields: { ...learner(row), ...day('on', on) } },
];

export const allocate: Acts = (row, { name }) => [
  { label: 'Allocate to me', type: 'learner.adviser-assigned', fields: { ...learner(row), name, role: 'personal-adviser' } },
];

/** A referral's id is told only with whose it is. */
export const answerReferral: Acts = (row, acting) =>
  (['Accept', 'Decline'] as const).map((label) => ({
    label,
    type: label === 'Accept' ? 'referral.accepted' : 'referral.declined',
    fields: { ...learner(row), referralId: textIn(row, 'referralId'), ...whose(row, acting) },
  }));

export const referOn: Acts = (row) => [
  { label: 'Refer on', type: 'referral.made', fields: { ...learner(row), route: textIn(row, 'route'), reason: textIn(row, 'reason') } },
];

const agree: Acts = (row, acting) => [
  {
    label: 'Agree it anew',
    type: 'programme.agreed',
    fields: { ...learner(row), programmeId: textIn(row, 'programmeId'), ...whose(row, acting) },
  },
];

const answerQuery: Acts = (row, acting) => {
  const { id, of } = aboutIn(row, 'endorsement');
  const fields = { ...learner(row), endorsementId: typeof id === 'string' ? id : '', ...whose({ of }, acting) };
  return [{ label: 'Answer', type: 'endorsement.answered', fields }];
};

const withReview =
  (acts: Acts): Acts =>
  (row, acting) =>
    acts({ ...row, reviewId: aboutIn(row, 'review')['id'] }, acting);

const BY_DUTY: Readonly<Record<string, Acts>> = {
  'answer-referral': (row, acting) => {
    const { id, of } = aboutIn(row, 'referral');
    return answerReferral({ ...row, referralId: id, of }, acting);
  },
  allocate,
  'allocate-starter': allocate,
  'allocate-again': allocate,
  'refer-on': referOn,
  'follow-up': followUp,
  'follow-up-after-review': (row, acting) =>
    withReview(followUpAfter)(row, acting).map((act) => ({ ...act, label: 'Record follow-up after the review' })),
  'follow-up-leaver': followUp,
  'sign-off': signing,
  'resolve-query': all(agree, signing),
  'answer-query': answerQuery,
  // The next review is another than the one that set its day.
  'first-review': hold,
  'review-when-due': hold,
  'review-as-scheduled': withReview(hold),
  'risk-of-failing': assess('risk-of-failing', 'Assess the risk of failing'),
  'risk-renewal': assess('risk-of-failing', 'Assess the risk of failing'),
  'apir-at-referral': assess('apir', 'Record an APIR assessment'),
  'assessment-before-release': assess('initial', 'Record an initial assessment'),
  'case-conference': conference,
  'conference-before-placement': conference,
};

/** Those that the agency may record; none of a duty of which it is not known what would do it. */
export const dutyActs = (row: Row, acting: Acting): readonly Act[] =>
  (BY_DUTY[textIn(row, 'duty')]?.(row, acting) ?? []).filter(({ type }) => acting.types.has(type));
