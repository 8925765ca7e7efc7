// What a learner says on their own page, and what agencies take back, withhold and answer.
import { person } from '../people.ts';
import type { Story } from '../story.ts';
import { Tale } from '../tale.ts';

const FIRST_NUMBER = 401;
const ADVISER = 'connexions-north';
const PAGE = 'own-page-wv';

export const tellOwnPage = (story: Story): readonly Tale[] => {
  const tale = (place: number, name: string, postcode: string): Tale => new Tale(story, person(FIRST_NUMBER + place, name, postcode));
  return [
    asking(tale(0, 'Keira Walsh', 'WV2 3QP')),
    atRisk(tale(1, 'Leon Marsh', 'WV3 8TT')),
    confirming(tale(2, 'Mina Yousuf', 'WV1 4PD')),
  ];
};

const known = (tale: Tale, day: number): void => {
  tale.register(ADVISER, day);
  tale.tell(ADVISER, day, ['learner.adviser-assigned', { name: 'D. Lal', role: 'personal-adviser' }]);
};

/** She is asked for consent and gives it herself, asks who saw her record, and complains. */
const asking = (tale: Tale): Tale => {
  known(tale, 30);
  const { protocol, purposes, categories, recipients } = tale.consent(31, {
    categories: ['assessment'],
    purposes: ['plan-learning'],
    recipients: ['provider'],
  });
  tale.tell(ADVISER, 31, ['consent.requested', { protocol, purposes, categories, recipients, until: tale.date(60) }]);
  tale.tell(PAGE, 33, [
    'consent.given',
    tale.consent(33, { protocol, purposes, categories, recipients, method: 'online', evidence: 'Signed in on the own page' }),
  ]);
  tale.tell(PAGE, 40, ['question.asked', { questionId: tale.id('question'), about: ADVISER, text: 'Who has read my assessments?' }]);
  tale.tell(ADVISER, 44, ['question.answered', { questionId: tale.id('question'), text: 'Nobody yet: no provider has asked.' }]);
  tale.tell(PAGE, 50, [
    'complaint.made',
    { complaintId: tale.id('complaint'), about: ADVISER, text: 'My address is out of date, and I said so in May.' },
  ]);
  tale.tell(ADVISER, 52, ['complaint.acknowledged', { complaintId: tale.id('complaint'), text: 'We look into it.', due: tale.date(78) }]);
  // Her own word moves her: nobody has to vouch for it.
  tale.tell(PAGE, 53, ['residence.stated', { postcode: 'WV1 2EE', from: tale.date(45) }]);
  tale.tell(ADVISER, 60, ['complaint.answered', { complaintId: tale.id('complaint'), text: 'Put right, with our apologies.' }]);
  return tale;
};

/** What would endanger him if he read it is withheld for a time; what was noted of another is taken back. */
const atRisk = (tale: Tale): Tale => {
  known(tale, 55);
  const noted = tale.tell(ADVISER, 57, ['circumstance.noted', { kind: 'housing', note: 'A neighbour told us about threats at home' }]);
  const mistaken = tale.tell(ADVISER, 58, ['circumstance.noted', { kind: 'caring', note: 'Looks after two brothers' }]);
  if (noted === undefined || mistaken === undefined) return tale;
  tale.tell(ADVISER, 57, ['withholding.stated', { of: noted.event.id, ground: 'serious-harm', until: tale.date(130) }]);
  tale.tell(ADVISER, 59, ['record.retracted', { of: mistaken.event.id, reason: 'wrong-learner' }]);
  tale.tell(ADVISER, 95, ['withholding.ended', { of: noted.event.id }]);
  tale.tell(ADVISER, 96, ['learner.corrected', { postcode: 'WV2 4ZZ', withheld: true, reason: 'Moved to a refuge' }]);
  return tale;
};

/** The provider asked for consent itself. It reads what is personal by it, and what is sensitive once the learner confirmed. */
const confirming = (tale: Tale): Tale => {
  known(tale, 65);
  const provider = 'heath-town-skills';
  tale.tell(ADVISER, 66, ['circumstance.noted', { kind: 'disability', note: 'Hears little on the left side' }]);
  tale.tell(ADVISER, 67, ['referral.made', { referralId: tale.id('first'), to: 'forge-apprenticeships', route: 'connexions' }]);
  tale.tell(ADVISER, 68, ['referral.withdrawn', { referralId: tale.id('first'), reason: 'Wants retail after all' }]);
  tale.tell(ADVISER, 68, ['referral.made', { referralId: tale.id('referral'), to: provider, route: 'connexions' }]);
  tale.tell(provider, 70, ['referral.accepted', { referralId: tale.id('referral') }]);
  tale.register(provider, 70);
  tale.tell(provider, 75, [
    'programme.started',
    { programmeId: tale.id('programme'), kind: 'e2e', title: 'E2E: retail', startedOn: tale.date(75), plannedEnd: tale.date(250) },
  ]);
  const scope = { purposes: ['support-learner'], categories: ['circumstance', 'circumstance-special'], recipients: ['provider'] };
  tale.tell(provider, 76, ['consent.given', tale.consent(76, { ...scope, evidence: 'Form HTS-76, signed' })]);
  tale.story.look(provider, 77, tale.refOf(provider), ['support-learner']);
  tale.tell(PAGE, 79, ['consent.confirmed', { consentId: tale.id('consent'), of: provider }]);
  tale.story.look(provider, 80, tale.refOf(provider), ['support-learner']);
  return tale;
};
