// Referrals from elsewhere, special needs, rights that learners used, and identities that need a person's look.
import { person } from '../people.ts';
import type { Story } from '../story.ts';
import { Tale } from '../tale.ts';

const FIRST_NUMBER = 301;
const ADVISER = 'connexions-north';

export const tellOtherWaysIn = (story: Story): readonly Tale[] => {
  const tale = (place: number, name: string, postcode: string): Tale => new Tale(story, person(FIRST_NUMBER + place, name, postcode));
  return [
    lookedAfter(tale(0, 'Amy Fletcher', 'WV2 5RR')),
    selfReferred(tale(1, 'Bilal Anwar', 'WV1 4TT')),
    fromJobcentre(tale(2, 'Cara Jennings', 'WV3 8VV')),
    objecting(tale(3, 'Dylan Rhys', 'WV1 9XX')),
    disputing(tale(4, 'Esme Turner', 'WV2 6ZZ')),
    moved(tale(5, 'Finn Gallagher', 'WV3 7CC')),
    apart(tale(6, 'Gita Rao', 'WV1 5EE')),
    ...twice(tale(7, 'Harry Bloom', 'WV2 8GG'), tale(8, 'Harry Bloom', 'WV2 8GG')),
    ...mixedUp(tale(9, 'Isla Grant', 'WV3 1JJ'), tale(10, 'Jack Lowe', 'WV1 8LL')),
  ];
};

/** A child in care: circumstances go to the provider with consent, the sensitive one only as its kind. */
const lookedAfter = (tale: Tale): Tale => {
  tale.register('childrens-services', 12);
  tale.register(ADVISER, 13);
  tale.tell(ADVISER, 13, ['learner.adviser-assigned', { name: 'D. Lal', role: 'personal-adviser' }]);
  tale.tell('childrens-services', 13, ['circumstance.noted', { kind: 'care-status', note: 'Looked after, foster placement' }]);
  tale.tell('childrens-services', 13, ['circumstance.noted', { kind: 'health', note: 'Asthma, carries an inhaler' }]);
  tale.tell(ADVISER, 14, [
    'consent.given',
    tale.consent(14, {
      categories: ['circumstance', 'circumstance-special'],
      purposes: ['support-learner'],
      recipients: ['provider'],
      evidence: 'Form CN-14, signed',
    }),
  ]);
  tale.tell('childrens-services', 15, [
    'referral.made',
    { referralId: tale.id('referral'), to: 'heath-town-skills', route: 'other-agency' },
  ]);
  tale.tell('heath-town-skills', 18, ['referral.accepted', { referralId: tale.id('referral') }]);
  tale.register('heath-town-skills', 18);
  tale.tell('heath-town-skills', 25, [
    'programme.started',
    { programmeId: tale.id('programme'), kind: 'e2e', title: 'E2E: retail', startedOn: tale.date(25), plannedEnd: tale.date(200) },
  ]);
  return tale;
};

/** He came by himself. The link adviser sees him at once; the provider reads of him once the careers service has informed. */
const selfReferred = (tale: Tale): Tale => {
  const provider = 'forge-apprenticeships';
  const programmeId = tale.id('programme');
  tale.register(provider, 33);
  tale.tell(provider, 33, [
    'referral.made',
    { referralId: tale.id('self'), to: provider, route: 'self', reason: 'Walked in; wants to start now' },
  ]);
  tale.tell(provider, 34, [
    'programme.started',
    { programmeId, kind: 'apprenticeship', title: 'Apprenticeship: plumbing', startedOn: tale.date(34), plannedEnd: tale.date(400) },
  ]);
  tale.story.look(ADVISER, 35, tale.refOf(ADVISER), ['deliver-programme']);
  tale.register(ADVISER, 36);
  tale.tell(ADVISER, 36, [
    'referral.made',
    { referralId: tale.id('referral'), to: 'black-country-training', route: 'connexions', reason: 'A place nearer to home' },
  ]);
  tale.tell('black-country-training', 38, [
    'referral.declined',
    { referralId: tale.id('referral'), reason: 'No plumbing places until autumn' },
  ]);
  tale.tell(ADVISER, 39, ['learner.adviser-assigned', { name: 'K. Stone', role: 'personal-adviser', reason: 'Came by himself' }]);
  tale.story.look(provider, 39, tale.refOf(provider), ['deliver-programme']);
  tale.tell(ADVISER, 40, ['adviser.informed', { programmeId, on: tale.date(40), of: provider }]);
  tale.story.look(provider, 41, tale.refOf(provider), ['deliver-programme']);
  return tale;
};

const fromJobcentre = (tale: Tale): Tale => {
  tale.register('jobcentre-wv', 41);
  tale.tell('jobcentre-wv', 41, [
    'referral.made',
    { referralId: tale.id('referral'), to: 'black-country-training', route: 'other-agency' },
  ]);
  tale.register('ebp-black-country', 44);
  tale.tell('ebp-black-country', 44, ['placement.sought', { occupation: 'Florist', area: 'Wolverhampton' }]);
  // She lives in its area, so it may vouch.
  tale.tell(ADVISER, 46, ['tie.confirmed', { agency: 'ebp-black-country', reason: 'Looks for a placement at our request' }]);
  return tale;
};

const objecting = (tale: Tale): Tale => {
  tale.register(ADVISER, 50);
  tale.tell(ADVISER, 50, ['learner.adviser-assigned', { name: 'S. Whitehouse', role: 'personal-adviser' }]);
  tale.tell(ADVISER, 58, [
    'objection.raised',
    { scope: { purposes: ['track-participation'] }, reason: 'Does not want the survey to name him' },
  ]);
  tale.tell(ADVISER, 72, [
    'objection.decided',
    {
      scope: { purposes: ['track-participation'] },
      reason: 'The duty to track participation stands',
      outcome: 'overridden',
      grounds: 'Education and Skills Act 2008, s.12',
    },
  ]);
  tale.tell(ADVISER, 80, [
    'restriction.requested',
    { scope: { categories: ['circumstance'] }, reason: 'Until what is noted about his home is put right' },
  ]);
  tale.tell(ADVISER, 101, ['restriction.lifted', { scope: { categories: ['circumstance'] }, reason: 'Put right' }]);
  tale.tell(ADVISER, 104, ['restriction.requested', { scope: { recipients: ['connexions-south'] }, reason: 'Relatives work there' }]);
  return tale;
};

/** The provider doubts an assessment that it reads with consent; whoever made it puts it right. */
const disputing = (tale: Tale): Tale => {
  tale.register(ADVISER, 54);
  tale.tell(ADVISER, 54, ['learner.adviser-assigned', { name: 'D. Lal', role: 'personal-adviser' }]);
  tale.tell(ADVISER, 54, ['consent.given', tale.consent(54, {})]);
  const assessmentId = tale.assess(ADVISER, 55, {
    framework: 'initial',
    domain: 'numeracy',
    level: 'entry-1',
    summary: 'Counts with help.',
  });
  tale.tell(ADVISER, 56, ['referral.made', { referralId: tale.id('referral'), to: 'black-country-training', route: 'connexions' }]);
  tale.tell('black-country-training', 59, ['referral.accepted', { referralId: tale.id('referral') }]);
  tale.tell('black-country-training', 60, ['assessment.disputed', { assessmentId, reason: 'She does fractions without help' }]);
  tale.tell(ADVISER, 66, [
    'assessment.rectified',
    { assessmentId, reason: 'Taken on a bad day', outcome: { level: 'entry-3', summary: 'Fractions without help.' } },
  ]);
  return tale;
};

/** To another town: other advisers and another authority are now near. */
const moved = (tale: Tale): Tale => {
  tale.register(ADVISER, 62);
  tale.tell(ADVISER, 62, ['learner.adviser-assigned', { name: 'S. Whitehouse', role: 'personal-adviser' }]);
  tale.tell(ADVISER, 90, ['learner.corrected', { postcode: 'B1 2CC', reason: 'Moved house' }]);
  tale.tell(ADVISER, 90, [
    'referral.made',
    { referralId: tale.id('hand-over'), to: 'connexions-south', route: 'out-of-area', reason: 'Moved house' },
  ]);
  tale.tell('connexions-south', 91, ['referral.accepted', { referralId: tale.id('hand-over') }]);
  tale.register('connexions-south', 92, { postcode: 'B1 2CC' });
  tale.tell(ADVISER, 92, ['learner.adviser-ended', { role: 'personal-adviser', on: tale.date(92), reason: 'Handed over' }]);
  tale.tell('connexions-south', 92, [
    'learner.adviser-assigned',
    { name: 'R. Joyce', role: 'personal-adviser', reason: 'Moved into the area' },
  ]);
  return tale;
};

/** The college may not know that the school assessed the same: its own is recorded apart. */
const apart = (tale: Tale): Tale => {
  tale.register('st-chads-school', 64);
  tale.assess('st-chads-school', 65, { framework: 'initial', domain: 'numeracy', level: 'level-1', summary: 'At the level of the year.' });
  tale.register('wulfrun-college', 75);
  tale.assess('wulfrun-college', 76, { framework: 'initial', domain: 'numeracy', level: 'level-1', summary: 'Taster day test.' });
  return tale;
};

/** Perhaps one person: the same name, birthday and postcode, once without a ULN. */
const twice = (school: Tale, connexions: Tale): readonly Tale[] => {
  const same = new Tale(school.story, { ...connexions.person, dateOfBirth: school.person.dateOfBirth });
  school.register('st-chads-school', 82, { withUln: false });
  same.register(ADVISER, 85);
  return [school, same];
};

/** The id of one learner with the ULN of another: not linked, and shown to the data manager. */
const mixedUp = (one: Tale, other: Tale): readonly Tale[] => {
  one.register('heath-town-skills', 95);
  other.register('heath-town-skills', 95);
  const { givenName, familyName, dateOfBirth } = one.person;
  const data = { localId: one.localId('heath-town-skills'), uln: other.person.uln, givenName, familyName, dateOfBirth };
  one.story.tell('heath-town-skills', 97, ['learner.registered', data], { subject: `uln:${other.person.uln}`, expected: 'rejected' });
  return [one, other];
};
