// From one provider to the next: Dev moved on from his programme, and with his consent what is known goes along to the college.
import type { AssessmentFactor } from '#catalogue';
import type { Tale } from '../tale.ts';

const ADVISER = 'connexions-north';
const PROVIDER = 'heath-town-skills';
const COLLEGE = 'wulfrun-college';

const factors = (housing: number): readonly AssessmentFactor[] => [
  { code: 'participation', level: 2 },
  { code: 'basic-skills', level: 3 },
  { code: 'housing', level: housing },
];

export const tellHandover = (tales: readonly Tale[]): void => {
  const dev = tales.find(({ person }) => person.givenName === 'Dev');
  if (!dev) return;
  reassess(dev);
  referOn(dev);
};

/** The adviser assesses the whole situation anew, twice; the learner lets whoever takes him on read factors and levels. */
const reassess = (dev: Tale): void => {
  const first = `${ADVISER}-apir-whole-${dev.person.number}-9`;
  const whole = { framework: 'apir', domain: 'whole' } as const;
  const second = dev.assess(ADVISER, 60, {
    ...whole,
    summary: 'Sofa surfing since August.',
    factors: factors(4),
    supersedes: { assessmentId: first, reason: 'changed-circumstances' },
  });
  dev.assess(ADVISER, 100, {
    ...whole,
    summary: 'Has a room of his own now.',
    factors: factors(2),
    supersedes: { assessmentId: second, reason: 'changed-circumstances' },
  });
  const agreed = dev.consent(101, {
    consentId: dev.id('apir-consent'),
    protocol: 'initial-assessment-reuse',
    purposes: ['plan-learning'],
    categories: ['apir'],
    recipients: ['provider', 'college'],
    method: 'online',
    evidence: 'Signed in on the own page',
  });
  dev.tell('own-page-wv', 101, ['consent.given', agreed]);
};

/** The college is told what the provider recorded, and recorded the same award once more. */
const referOn = (dev: Tale): void => {
  const referralId = dev.id('next-referral');
  dev.tell(ADVISER, 113, ['referral.made', { referralId, to: COLLEGE, route: 'connexions', reason: 'A level 1 course to go on with' }]);
  dev.tell(COLLEGE, 114, ['referral.accepted', { referralId }]);
  dev.register(COLLEGE, 114);
  dev.tell(COLLEGE, 121, [
    'programme.started',
    {
      programmeId: dev.id('college-course'),
      kind: 'fe-course',
      title: 'Construction, level 1',
      startedOn: dev.date(121),
      plannedEnd: dev.date(330),
    },
  ]);
  const award = {
    achievementId: dev.id('college-award'),
    kind: 'accredited',
    title: 'Certificate in employability',
    level: 'level-1',
  } as const;
  dev.tell(COLLEGE, 120, ['achievement.recorded', { ...award, awardedOn: dev.date(118) }]);
  dev.tell(PROVIDER, 115, [
    'achievement.recorded',
    { achievementId: dev.id('unit'), kind: 'non-accredited', title: 'Site safety talk', awardedOn: dev.date(111) },
  ]);
};
