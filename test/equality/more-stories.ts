// What the public tool's partnership does not tell, and lists need: reviews, concerns, sign-offs, destinations, vacancies and more, told by
// its agencies of its learners, and of things that are about no learner.
import type { CatalogueData } from '#catalogue';
import type { EventToSend } from '#client';
import { assessedAgain, walkedIn } from './assessed-stories.ts';
import { drawing } from './draw.ts';
import { FIRST_DAY } from './synthetic.ts';
import { day, FROM, type Known, PROVIDERS, type Story, type Tell, type Telling, TO } from './telling.ts';

const ACTIVITIES = ['310', '230', '330', '350', '619', '540', '615', '620'] as const;
const YOT = 'city-yot';

const followed: Story = ({ n, careers }, tell, draw) => {
  const informed = 33 + draw(90);
  tell(careers, 'adviser.informed', { programmeId: `e2e-${n}`, on: day(informed) });
  if (draw(3) > 0) {
    const on = day(informed - 10 + draw(30));
    tell(careers, 'follow-up.made', { programmeId: `e2e-${n}`, on: on < day(FROM) ? on : day(FROM - 1), by: 'Sam', outcome: 'seen' });
  }
};

const signed: Story = ({ n, careers, provider }, tell, draw) => {
  const agreed = (version: string): void => tell(provider, 'programme.agreed', { programmeId: `e2e-${n}`, version, objectives: ['read'] });
  const sign = (more: Partial<CatalogueData['programme.signed-off']>): void =>
    tell(careers, 'programme.signed-off', {
      programmeId: `e2e-${n}`,
      signedBy: { name: 'Sam', role: 'personal-adviser' },
      signedOn: day(FROM),
      ...more,
    });
  agreed('1');
  if (draw(2)) sign(draw(2) ? { version: '1' } : { onBehalfOf: 'Priya', signedBy: { name: 'Lee', role: 'link-adviser' } });
  if (draw(2)) tell(careers, 'programme.queried', { programmeId: `e2e-${n}`, reason: 'too much' });
  if (draw(2)) agreed('2');
  if (draw(4) === 0) sign({ version: '1' });
};

const reviewed: Story = ({ n, provider }, tell, draw) => {
  const on = 60 + draw(90);
  const more = draw(2) ? { attendanceRequested: ['personal-adviser'], reason: 'housing' } : {};
  tell(provider, 'review.scheduled', { reviewId: `sr-${n}`, programmeId: `e2e-${n}`, on: day(on), ...more });
  const heldOn = day(Math.min(on - 9 + draw(20), FROM - 1));
  const attendees = draw(2) ? ['learner', 'key-worker', 'link-adviser'] : ['learner'];
  const next = draw(2) ? { nextReviewDue: day(FROM + draw(47)) } : {};
  if (draw(3))
    tell(provider, 'review.held', {
      reviewId: draw(2) ? `sr-${n}` : `hr-${n}`,
      programmeId: `e2e-${n}`,
      heldOn,
      attendees,
      summary: 'Well.',
      ...next,
    });
};

const missing: Story = ({ n, provider }, tell, draw) => {
  for (let times = 1 + draw(4); times > 0; times--) {
    const note = draw(2) ? { note: 'No answer.' } : {};
    tell(provider, 'attendance.concern', { programmeId: `e2e-${n}`, on: day(56 + draw(66)), kind: 'absent', ...note });
  }
};

const occupied: Story = ({ careers }, tell, draw) => {
  for (let times = 1 + draw(2); times > 0; times--) {
    const from = day(draw(FROM));
    const activity = ACTIVITIES[draw(ACTIVITIES.length)] ?? '619';
    const verifiedOn = day(FROM - draw(60)) < from ? from : day(FROM - draw(3));
    tell(careers, 'destination.recorded', { activity, from, verifiedOn, ...(draw(3) === 0 && { until: day(FROM + draw(60)) }) });
  }
};

const atRisk: Story = ({ n, careers, provider }, tell, draw) => {
  const by = draw(2) ? provider : careers;
  const assessed = draw(120);
  const data = {
    assessmentId: `rf-${n}`,
    framework: 'risk-of-failing',
    domain: 'whole',
    instrument: 'RF',
    assessedOn: day(assessed),
  } as const;
  tell(by, 'assessment.recorded', { ...data, assessor: { name: 'A', role: 'adviser' }, outcome: { level: 'medium', summary: 'Some.' } });
  if (draw(3) === 0) {
    const outcome = { level: 'low', summary: 'Less.' };
    const validUntil = day(Math.max(assessed, FROM - 10 + draw(40)));
    tell(by, 'assessment.rectified', { assessmentId: `rf-${n}`, reason: 'misread', outcome, validUntil });
  }
};

const referredOn: Story = ({ n, careers, provider }, tell, draw) => {
  const to = PROVIDERS.filter((one) => one !== provider)[draw(2)] ?? 'forge-apprenticeships';
  tell(careers, 'referral.made', { referralId: `on-${n}`, to, route: 'connexions', office: 'Bilston', reason: 'another place' });
  const answer = draw(5);
  if (answer === 0) tell(to, 'referral.declined', { referralId: `on-${n}`, reason: 'full' });
  if (answer === 1) tell(careers, 'referral.withdrawn', { referralId: `on-${n}` });
  if (answer < 2) return;
  tell(to, 'referral.accepted', { referralId: `on-${n}` });
  const startedOn = day(FROM - 5 + draw(8));
  if (answer > 2)
    tell(to, 'programme.started', {
      programmeId: `on-${n}`,
      kind: 'apprenticeship',
      title: 'Joinery',
      startedOn,
      plannedEnd: day(400),
      strand: 'craft',
    });
};

const achieved: Story = ({ n, provider }, tell, draw) => {
  const programme = draw(2) ? { programmeId: `e2e-${n}` } : {};
  tell(provider, 'achievement.recorded', {
    achievementId: `ac-${n}`,
    kind: 'accredited',
    title: 'Food Safety',
    level: 'level-1',
    awardedOn: day(50 + draw(60)),
    ...programme,
  });
};

const advised: Story = ({ careers }, tell, draw) => {
  tell(careers, 'learner.adviser-assigned', {
    name: 'Priya',
    role: draw(2) ? 'personal-adviser' : 'link-adviser',
    staffId: 's-9',
    office: 'Bilston',
  });
  if (draw(3) === 0) tell(careers, 'learner.adviser-ended', { role: 'personal-adviser', on: day(FROM) });
};

const leaving: Story = ({ n, provider, hasLeft }, tell, draw) => {
  const programmeId = `e2e-${n}`;
  if (!hasLeft)
    tell(provider, 'programme.left-early', {
      programmeId,
      leftOn: day(110 + draw(13)),
      reason: draw(2) ? 'health' : 'job-offer',
      note: 'Gone.',
    });
};

const applying: Story = ({ n, careers, provider }, tell, draw) => {
  const choices = [
    { agency: provider, provision: draw(2) ? 'Level 2' : 'LEVEL-2', ...(draw(3) > 0 && { startsOn: '2026-09-07' }) },
    { agency: 'wulfrun-college', provision: 'Catering' },
  ];
  tell(careers, 'application.submitted', { applicationId: `ap-${n}`, choices: draw(2) ? choices : choices.toReversed() });
  const placed = draw(6);
  if (placed < 2) tell(careers, 'application.placed', { applicationId: `ap-${n}`, choices: choices.slice(placed, placed + 1) });
};

const offered: Story = ({ n, provider }, tell, draw) => {
  const offer = { offerId: `of-${n}`, cohort: draw(2) ? '2026' : '2027', provision: draw(2) ? 'Level 2' : 'p-2' };
  tell(provider, 'offer.made', { ...offer, startsOn: `${offer.cohort}-09-07`, ...(draw(2) && { applicationId: `ap-${n}` }) });
  if (draw(3) === 0) tell(provider, 'offer.declined', { ...offer, reason: draw(2) ? 'not-suitable' : 'other-offer' });
  if (draw(3) === 0) tell(provider, 'offer.accepted', offer);
};

const endorsed: Story = ({ n, careers, provider }, tell, draw) => {
  const programmeKind = draw(2) ? 'apprenticeship' : 'e2e';
  tell(careers, 'endorsement.given', { endorsementId: `en-${n}`, programmeKind, expectedLevel: 'level-1', supportNeeds: ['quiet'] });
  if (draw(2)) tell(provider, 'endorsement.queried', { endorsementId: `en-${n}`, reason: 'too high' });
  if (draw(2))
    tell(careers, 'endorsement.answered', { endorsementId: `en-${n}`, outcome: 'revised', expectedLevel: 'entry-3', reason: 'seen' });
};

const seeking: Story = ({ n, careers, provider }, tell, draw) => {
  tell(draw(2) ? careers : provider, 'placement.sought', { occupation: 'catering', area: 'WV1' });
  if (draw(3)) {
    const given = {
      consentId: `pm-${n}`,
      protocol: 'placement-matching',
      purposes: ['match-placement'],
      categories: ['placement', 'identity'],
    } as const;
    const notice = { notice: { id: 'pm', version: '1', language: 'en' }, validFrom: FIRST_DAY } as const;
    const recipients = draw(2) ? ['ebp'] : ['ebp', 'connexions'];
    tell(careers, 'consent.given', { ...given, recipients, givenBy: 'learner', method: 'signed-form', evidence: 'form', ...notice });
  }
  if (draw(4) === 0) tell(provider, 'placement.started', { placementId: `pl-${n}`, employer: 'Hotel', on: day(FROM) });
};

const ordered: Story = ({ n, isUnderOrder }, tell, draw) => {
  if (!isUnderOrder) return;
  const assessed = { framework: 'risk-of-reoffending', domain: 'whole', instrument: 'ASSET', assessedOn: day(draw(FROM)) } as const;
  const outcome = { outcome: { level: 'high', summary: 'Some.' }, assessor: { name: 'Y', role: 'yot-worker' } };
  if (draw(2)) tell(YOT, 'assessment.recorded', { assessmentId: `ro-${n}`, ...assessed, ...outcome });
  if (draw(2)) tell(YOT, 'case-conference.held', { on: day(20 + draw(100)), attendees: ['yot-worker'], decisions: ['go on'] });
  if (draw(2)) tell(YOT, 'offence.noted', { incident: 'again', order: 'referral-order', until: day(draw(2) ? 130 : 300) });
  for (let times = draw(3); times > 0; times--) tell(YOT, 'release.planned', { from: 'brookfield-yoi', on: day(150 + draw(150)) });
};

/** Another service takes the learner over, whatever is due by then, and may not keep them. */
const handedOver: Story = ({ n, careers }, tell, draw) => {
  const other = careers === 'connexions-north' ? 'connexions-south' : 'connexions-north';
  tell(careers, 'referral.made', { referralId: `ho-${n}`, to: other, route: 'connexions', reason: 'moved' });
  tell(other, 'learner.adviser-assigned', { name: 'Jo', role: 'personal-adviser', staffId: 's-2', office: 'Aston' });
  if (draw(3) === 0) tell(other, 'learner.adviser-ended', { role: 'personal-adviser', on: day(FROM + draw(12)) });
};

const STORIES: readonly Story[] = [
  assessedAgain,
  walkedIn,
  ordered,
  applying,
  offered,
  endorsed,
  seeking,
  followed,
  signed,
  reviewed,
  missing,
  occupied,
  atRisk,
  referredOn,
  achieved,
  advised,
  leaving,
  handedOver,
];

/** Each learner has about half of the stories, in an order of its own. */
export const moreAbout = (known: Known, seed: number): readonly Telling[] => {
  const draw = drawing(seed * 7919 + known.n);
  const told: Telling[] = [];
  const tell: Tell = (agency, type, data) =>
    void told.push({
      day: FROM + draw(TO - FROM),
      agency,
      event: { type, subject: agency === known.provider ? `local:p-${known.n}` : known.subject, data } as EventToSend,
    });
  for (const story of STORIES) if (draw(2)) story(known, tell, draw);
  return inOrderOf(told);
};

/** A story is told in its order, whatever days were drawn. */
const inOrderOf = (told: readonly Telling[]): readonly Telling[] => {
  const days = told.map((one) => one.day).toSorted((one, other) => one - other);
  return told.map((one, n) => ({ ...one, day: days[n] ?? one.day }));
};
