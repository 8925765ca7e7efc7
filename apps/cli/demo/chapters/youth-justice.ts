// Young people under supervision: offence data kept apart, learning all the same.
import { person } from '../people.ts';
import type { Story } from '../story.ts';
import { Tale } from '../tale.ts';

const ADVISER = 'connexions-north';
const YOT = 'city-yot';
const CUSTODY = 'brookfield-yoi';
const FIRST_NUMBER = 201;

export const tellYouthJustice = (story: Story): readonly Tale[] => [
  supervised(new Tale(story, person(FIRST_NUMBER, 'Callum Reeves', 'WV1 2JJ')), 15, 'agrees'),
  supervised(new Tale(story, person(FIRST_NUMBER + 1, 'Jordan Pike', 'WV2 4LL')), 28, 'refuses'),
  inCustody(new Tale(story, person(FIRST_NUMBER + 2, 'Reece Mallon', 'WV3 3NN')), 22),
  prevention(new Tale(story, person(FIRST_NUMBER + 3, 'Tyler Beck', 'WV1 6QQ')), 70),
];

const known = (tale: Tale, day: number): void => {
  tale.register(ADVISER, day);
  tale.tell(ADVISER, day, [
    'learner.adviser-assigned',
    { name: 'M. Osei', role: 'personal-adviser', reason: 'Specialist for youth justice' },
  ]);
  tale.register(YOT, day + 1);
  // What the team says has effect on others only once somebody who stands has vouched for it.
  tale.tell(ADVISER, day + 1, ['tie.confirmed', { agency: YOT, reason: 'Supervised by the team' }]);
};

/** ISSP with a place on Entry to Employment. Who refuses consent takes part like everybody else. */
const supervised = (tale: Tale, day: number, consent: 'agrees' | 'refuses'): Tale => {
  const programmeId = tale.id('programme');
  known(tale, day);
  tale.tell(YOT, day + 1, [
    'offence.noted',
    { incident: 'Theft from a shop, second time', outcome: 'Supervision order', order: 'ISSP', until: tale.date(day + 180) },
  ]);
  tale.assess(YOT, day + 2, { framework: 'risk-of-reoffending', domain: 'whole', summary: 'Medium; falls with a structured week.' });
  const asked = tale.consent(day + 2, {
    protocol: 'youth-justice',
    purposes: ['support-learner'],
    categories: ['offence'],
    recipients: ['provider'],
    evidence: 'Form YOT-12, signed',
  });
  tale.tell(YOT, day + 2, consent === 'agrees' ? ['consent.given', asked] : ['consent.refused', asked]);
  tale.tell(YOT, day + 4, ['referral.made', { referralId: tale.id('referral'), to: 'black-country-training', route: 'yot' }]);
  tale.tell('black-country-training', day + 6, ['referral.accepted', { referralId: tale.id('referral') }]);
  tale.register('black-country-training', day + 6);
  tale.tell('black-country-training', day + 12, [
    'programme.started',
    { programmeId, kind: 'e2e', title: 'E2E: motor vehicle', startedOn: tale.date(day + 12), plannedEnd: tale.date(day + 190) },
  ]);
  tale.tell(ADVISER, day + 20, [
    'programme.signed-off',
    { programmeId, signedBy: { name: 'M. Osei', role: 'personal-adviser' }, signedOn: tale.date(day + 20) },
  ]);
  tale.tell(YOT, day + 40, [
    'case-conference.held',
    {
      on: tale.date(day + 40),
      attendees: ['yot-officer', 'personal-adviser', 'key-worker'],
      decisions: ['Curfew moved so that evening sessions can be attended'],
    },
  ]);
  tale.tell('black-country-training', day + 40, [
    'review.held',
    {
      reviewId: tale.id('review'),
      programmeId,
      heldOn: tale.date(day + 40),
      attendees: ['learner', 'key-worker', 'personal-adviser'],
      summary: 'Attends every day.',
      nextReviewDue: tale.date(day + 68),
    },
  ]);
  return tale;
};

/** Assessed three months before release, so that a place is ready on the day. */
const inCustody = (tale: Tale, day: number): Tale => {
  known(tale, day);
  tale.tell(YOT, day + 1, [
    'offence.noted',
    { incident: 'Burglary', outcome: 'Detention and training order', order: 'DTO', until: tale.date(day + 240) },
  ]);
  tale.tell(YOT, day + 3, [
    'referral.made',
    { referralId: tale.id('custody'), to: CUSTODY, route: 'yot', reason: 'Education while in custody' },
  ]);
  tale.tell(YOT, day + 4, [
    'consent.given',
    tale.consent(day + 4, { protocol: 'youth-justice', purposes: ['plan-learning'], categories: ['assessment', 'offence'] }),
  ]);
  tale.assess(CUSTODY, day + 20, { framework: 'initial', domain: 'numeracy', level: 'entry-3', summary: 'Quick with money and measures.' });
  tale.tell(CUSTODY, day + 21, ['release.planned', { from: 'Brookfield', on: tale.date(day + 110) }]);
  tale.tell(ADVISER, day + 30, [
    'referral.made',
    { referralId: tale.id('referral'), to: 'heath-town-skills', route: 'connexions', reason: 'A place from the day of release' },
  ]);
  tale.tell('heath-town-skills', day + 36, ['referral.accepted', { referralId: tale.id('referral') }]);
  return tale;
};

const prevention = (tale: Tale, day: number): Tale => {
  known(tale, day);
  tale.tell(YOT, day + 2, ['offence.noted', { incident: 'Criminal damage', outcome: 'Final warning' }]);
  tale.tell('childrens-services', day + 4, ['circumstance.noted', { kind: 'housing', note: 'Stays with an aunt' }], 'rejected');
  tale.register('childrens-services', day + 5);
  tale.tell('childrens-services', day + 5, ['circumstance.noted', { kind: 'housing', note: 'Stays with an aunt', since: tale.date(day) }]);
  tale.tell(ADVISER, day + 7, ['tie.confirmed', { agency: 'childrens-services', reason: 'Case conference' }]);
  return tale;
};
