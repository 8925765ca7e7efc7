// What the line of a duty offers to record: the form opens with what would do it.
import type { Acting } from './acts.ts';
import { actsOn } from './acts-by-list.ts';
import { dutyActs } from './duty-acts.ts';

const ON = '2026-11-30';
const TYPES = ['referral.accepted', 'referral.declined', 'review.held', 'assessment.recorded', 'follow-up.made', 'case-conference.held'];
const ACTING: Acting = { name: 'D. Lal', agency: 'bct', on: ON, types: new Set(TYPES) };

const offered = (row: Readonly<Record<string, unknown>>) => dutyActs({ localId: 'B-1', ...row }, ACTING);

it('answers the referral that the duty is about, with whose it is', () => {
  const about = { kind: 'referral', id: 'r-1', of: 'jobcentre' };
  expect(offered({ duty: 'answer-referral', about })).toEqual([
    { label: 'Accept', type: 'referral.accepted', fields: { learner: 'local:B-1', referralId: 'r-1', of: 'jobcentre' } },
    { label: 'Decline', type: 'referral.declined', fields: { learner: 'local:B-1', referralId: 'r-1', of: 'jobcentre' } },
  ]);
});

it('holds the review that was scheduled, and another than the one that set the day', () => {
  const row = { programmeId: 'p', of: 'bct', about: { kind: 'review', id: 'v-1', of: 'bct' } };
  const reviewOf = (duty: string): unknown => offered({ ...row, duty })[0]?.fields['reviewId'];
  expect([reviewOf('review-as-scheduled'), reviewOf('review-when-due')]).toEqual(['v-1', `p-${ON}`]);
  expect(offered({ ...row, duty: 'follow-up-after-review' })).toMatchObject([{ type: 'follow-up.made', fields: { reviewId: 'v-1' } }]);
});

it.each([
  ['risk-of-failing', 'risk-of-failing'],
  ['risk-renewal', 'risk-of-failing'],
  ['apir-at-referral', 'apir'],
  ['assessment-before-release', 'initial'],
])('%s is done by an assessment of %s', (duty, framework) => {
  expect(offered({ duty })).toMatchObject([{ type: 'assessment.recorded', fields: { framework, 'assessedOn-day': '30' } }]);
});

it('answers the endorsement that is doubted, and lets whoever may agree or sign settle a query', () => {
  const may = (...types: readonly string[]): Acting => ({ ...ACTING, types: new Set(types) });
  const about = { kind: 'endorsement', id: 'e-1', of: 'north' };
  expect(dutyActs({ duty: 'answer-query', about }, may('endorsement.answered'))).toMatchObject([
    { fields: { endorsementId: 'e-1', of: 'north' } },
  ]);
  const query = { duty: 'resolve-query', programmeId: 'p', of: 'hts' };
  expect(dutyActs(query, may('programme.signed-off'))).toMatchObject([{ type: 'programme.signed-off', fields: { programmeId: 'p' } }]);
  expect(dutyActs(query, may('programme.agreed'))).toMatchObject([{ type: 'programme.agreed', fields: { of: 'hts' } }]);
});

it.each(['allocate', 'allocate-starter', 'allocate-again'])('%s is done by an adviser', (duty) => {
  expect(dutyActs({ duty }, { ...ACTING, types: new Set(['learner.adviser-assigned']) })).toMatchObject([{ fields: { name: 'D. Lal' } }]);
});

it('names the day of a conference as its form does', () => {
  expect(offered({ duty: 'conference-before-placement' })).toMatchObject([{ fields: { 'on-day': '30', 'on-month': '11' } }]);
});

it('offers nothing that the agency may not record, nothing of a duty that is others’ or done, and nothing where it is not known what does it', () => {
  expect([offered({ duty: 'sign-off' }), offered({ duty: 'feed-the-cat' })]).toEqual([[], []]);
  const conference = { duty: 'case-conference', bearer: 'me', state: 'overdue' };
  const types = (row: object): readonly string[] => actsOn('duties', { ...conference, ...row }, ACTING).map(({ type }) => type);
  expect([types({}), types({ bearer: 'others' }), types({ state: 'discharged' })]).toEqual([['case-conference.held'], [], []]);
});
