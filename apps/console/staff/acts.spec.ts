import { type Acting, actsAbout, actsFor } from './acts.ts';
import { actsOn } from './acts-by-list.ts';

const ALL = [
  'follow-up.made',
  'programme.signed-off',
  'referral.accepted',
  'referral.declined',
  'learner.adviser-assigned',
  'provision.gap-answered',
  'provision.gap-raised',
  'provision.listed',
  'review.scheduled',
  'review.held',
  'referral.withdrawn',
  'referral.made',
  'feedback.answered',
  'adviser.informed',
  'offer.made',
];
const acting: Acting = { name: 'D. Lal', agency: 'careers', on: '2026-09-03', types: new Set(ALL) };
const labels = (list: string, row: object, as = acting): readonly string[] => actsOn(list, { ...row }, as).map(({ label }) => label);

it('opens a form with what the line says: the learner, whose programme, the day, and who acts', () => {
  const [act] = actsOn('follow-ups', { localId: 'C-1', of: 'forge', programmeId: 'p-1', state: 'overdue' }, acting);
  expect(act).toEqual({
    label: 'Record follow-up',
    type: 'follow-up.made',
    fields: { learner: 'local:C-1', of: 'forge', programmeId: 'p-1', 'on-day': '3', 'on-month': '9', 'on-year': '2026', by: 'D. Lal' },
  });
});

it('names nobody’s thing as another’s where it is one’s own, and leaves the learner to whoever enters where no id is known', () => {
  const [act] = actsOn('sign-offs', { of: 'careers', programmeId: 'p-1', state: 'to-sign', version: '2' }, acting);
  expect(act?.fields).toMatchObject({ learner: '', version: '2', 'signedBy.name': 'D. Lal' });
  expect(act?.fields).not.toHaveProperty('of');
});

it.each([
  ['follow-ups', { state: 'discharged' }, []],
  ['referrals', { direction: 'received', state: 'waiting' }, ['Accept', 'Decline']],
  ['referrals', { direction: 'made', state: 'waiting' }, ['Withdraw']],
  ['referrals', { direction: 'made', state: 'declined' }, ['Refer on']],
  ['referrals', { direction: 'learners', state: 'lapsed' }, ['Refer on']],
  ['referrals', { direction: 'received', state: 'declined' }, []],
  ['reviews', { state: 'due', programmeId: 'p-1' }, ['Schedule', 'Record it as held']],
  ['reviews', { state: 'scheduled', via: [{ item: 'review.scheduled', clause: 'EP5' }] }, ['Record it as held']],
  [
    'reviews',
    { state: 'scheduled', via: [{ item: 'review.scheduled', clause: 'own' }] },
    ['Record it as held', 'Change day or ask to attend'],
  ],
  ['reviews', { state: 'held', followUpAfter: { due: '2026-09-30', madeOn: null } }, ['Record follow-up']],
  ['reviews', { state: 'held', followUpAfter: { due: '2026-09-30', madeOn: '2026-09-20' } }, []],
  ['visits', { held: true }, []],
  ['visits', { held: false, reviewId: 'v-1' }, ['Record it as held']],
  ['early-leavers', { followUp: { state: 'overdue' } }, ['Record follow-up']],
  ['early-leavers', { followUp: null }, []],
  ['guarantee', { state: 'no-application', cohort: '2027' }, ['Offer a place']],
  ['guarantee', { state: 'accepted' }, []],
  ['feedback', { about: 'careers', answers: [] }, ['Say what you do about it']],
  ['feedback', { about: 'forge', answers: [] }, []],
  ['provision', { of: 'careers', provisionId: 'p' }, ['List anew']],
  ['provision', { of: 'forge', provisionId: 'p' }, []],
  ['on-programme', { adviserAssigned: false }, ['Allocate to me']],
  ['on-programme', { adviserAssigned: true }, []],
  ['allocations', { state: 'to-allocate', adviserAssigned: null }, ['Allocate to me']],
  ['allocations', { state: 'allocated', adviserAssigned: 'personal-adviser' }, []],
  ['provision-gaps', { gapId: 'g', state: 'overdue', raisedBy: 'forge' }, ['Answer', 'Raise the same']],
  ['provision-gaps', { gapId: 'g', state: 'open', raisedBy: 'forge', supportedBy: ['careers'] }, ['Answer']],
  ['provision-gaps', { gapId: 'g', state: 'answered' }, []],
  ['vacancies', {}, []],
])('%s %j: %j', (list, row, expected) => {
  expect(labels(list, row)).toEqual(expected);
});

it('tells a review anew under its id, with the day and whom it asks to attend', () => {
  const row = {
    of: 'forge',
    programmeId: 'p-1',
    reviewId: 'v-1',
    scheduledOn: '2026-09-30',
    attendanceRequested: ['mentor'],
    state: 'missed',
  };
  const [, again] = actsOn('reviews', { ...row, via: [{ item: 'review.scheduled', clause: 'own' }] }, acting);
  expect(again?.fields).toMatchObject({ reviewId: 'v-1', of: 'forge', 'on-day': '30', attendanceRequested: 'mentor' });
  const [held] = actsOn('reviews', { programmeId: 'p-1', state: 'due', via: [] }, { ...acting, types: new Set(['review.held']) });
  expect(held?.fields).toMatchObject({ reviewId: 'p-1-2026-09-03' });
});

it('has a link adviser tell the adviser, and sign on behalf', () => {
  const link = { ...acting, isLinkAdviser: true };
  expect(labels('on-programme', { adviserAssigned: true }, link)).toEqual(['Adviser informed']);
  const [act] = actsOn('sign-offs', { state: 'to-sign', programmeId: 'p-1' }, link);
  expect([act?.label, act?.fields['signedBy.role']]).toEqual(['Sign on behalf', 'link-adviser']);
});

it('offers nothing that the agency may not record', () => {
  expect(labels('referrals', { direction: 'received', state: 'waiting' }, { ...acting, types: new Set(['referral.declined']) })).toEqual([
    'Decline',
  ]);
  expect(actsAbout('C-1', { types: new Set(['review.held']) })).toEqual([
    { label: 'Record a review', type: 'review.held', fields: { learner: 'local:C-1' } },
  ]);
});

it('acts on the programme that began last where the caseload says that something is overdue', () => {
  const programmes = [
    { of: 'forge', programmeId: 'old', startedOn: '2025-09-01' },
    { of: 'anvil', programmeId: 'new', startedOn: '2026-07-01' },
  ];
  expect(actsFor('follow-up-overdue', { localId: 'C-1', programmes }, acting).map(({ fields }) => fields['programmeId'])).toEqual(['new']);
  expect(actsFor('review-overdue', { localId: 'C-1', programmes }, acting)).toEqual([]);
  expect(actsFor('follow-up-overdue', { localId: 'C-1', programmes: [] }, acting)).toEqual([]);
});
