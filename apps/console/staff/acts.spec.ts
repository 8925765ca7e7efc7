import { type Acting, actsAbout, actsFor, actsOn } from './acts.ts';

const ALL = [
  'follow-up.made',
  'programme.signed-off',
  'referral.accepted',
  'referral.declined',
  'learner.adviser-assigned',
  'provision.gap-answered',
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
  ['referrals', { direction: 'made', state: 'waiting' }, []],
  ['on-programme', { adviserAssigned: false }, ['Allocate to me']],
  ['on-programme', { adviserAssigned: true }, []],
  ['provision-gaps', { gapId: 'g', state: 'overdue' }, ['Answer']],
  ['provision-gaps', { gapId: 'g', state: 'answered' }, []],
  ['vacancies', {}, []],
])('%s %j: %j', (list, row, expected) => {
  expect(labels(list, row)).toEqual(expected);
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
