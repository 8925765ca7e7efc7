// Learners on Entry to Employment, traineeships and apprenticeships: from registration to whatever came of it.
import type { Slug } from '../cast.ts';
import { person } from '../people.ts';
import type { Story } from '../story.ts';
import { Tale } from '../tale.ts';
import { tellConsent } from './consents.ts';
import { type Course, COURSES, type Ending } from './courses.ts';

export const tellProgrammes = (story: Story): readonly Tale[] =>
  COURSES.map((course, place) => {
    const tale = new Tale(story, person(place + 1, course.name, course.postcode));
    meet(tale, course);
    refer(tale, course);
    assessAtProvider(tale, course);
    start(tale, course);
    review(tale, course);
    if (course.ending) end(tale, course, course.ending);
    return tale;
  });

const APIR = { framework: 'apir', domain: 'whole', summary: 'Keen to start; transport and confidence need support.' } as const;

const meet = (tale: Tale, { adviser, begins: day, consent, literacy }: Course): void => {
  tale.register(adviser, day);
  tale.tell(adviser, day, [
    'learner.adviser-assigned',
    { name: tale.person.number % 2 === 0 ? 'S. Whitehouse' : 'D. Lal', role: 'personal-adviser' },
  ]);
  tellConsent(tale, adviser, { day, fate: consent });
  tale.assess(adviser, day + 1, APIR);
  if (literacy !== undefined) {
    const assessmentId = tale.assess(adviser, day + 1, {
      framework: 'initial',
      domain: 'literacy',
      level: literacy,
      summary: 'Reads short texts with confidence; spelling to be worked on.',
    });
    tale.tell(adviser, day + 2, [
      'endorsement.given',
      { endorsementId: tale.id('endorsement'), programmeKind: 'e2e', expectedLevel: 'level-1', basedOn: [assessmentId] },
    ]);
  }
};

const refer = (tale: Tale, { adviser, provider, begins: day }: Course): void => {
  const referralId = tale.id('referral');
  tale.tell(adviser, day + 3, [
    'referral.made',
    { referralId, to: provider, route: 'connexions', reason: 'Wants a practical course with a work placement' },
  ]);
  tale.tell(provider, day + 5, ['referral.accepted', { referralId }]);
  tale.register(provider, day + 5);
  tale.tell(provider, day + 5, ['learner.adviser-assigned', { name: 'T. Bennett', role: 'key-worker' }]);
};

const assessAtProvider = (tale: Tale, { adviser, provider, begins, literacy, supersedes }: Course): void => {
  const day = begins + 9;
  const found = { framework: 'initial', level: 'entry-3', summary: 'Works well one to one.' } as const;
  // The adviser's is still valid, and the provider may know of it (clause EP4): nothing is recorded twice.
  tale.assess(provider, day, { ...found, domain: 'literacy' }, literacy === undefined ? 'accepted' : 'already-captured');
  tale.assess(provider, day, { ...found, domain: 'numeracy' });
  if (supersedes !== undefined) {
    const former = `${adviser}-initial-literacy-${tale.person.number}-${begins + 1}`;
    tale.assess(provider, day + 2, { ...found, domain: 'literacy', supersedes: { assessmentId: former, reason: supersedes } });
    tale.tell(provider, day + 2, [
      'endorsement.queried',
      { endorsementId: tale.id('endorsement'), reason: 'It rests on the earlier assessment of literacy' },
    ]);
    tale.tell(adviser, day + 8, [
      'endorsement.answered',
      { endorsementId: tale.id('endorsement'), outcome: 'upheld', reason: 'The later assessment says the same' },
    ]);
  }
  tale.assess(provider, day + 3, { framework: 'risk-of-failing', domain: 'whole', summary: 'Medium: attendance at school was low.' });
};

const start = (tale: Tale, { adviser, provider, kind, title, begins, signedOff, followedUp }: Course): void => {
  const programmeId = tale.id('programme');
  const day = begins + 15;
  tale.tell(provider, day, [
    'programme.started',
    { programmeId, kind, title, startedOn: tale.date(day), plannedEnd: tale.date(day + 180) },
  ]);
  tale.tell(provider, day + 1, [
    'programme.agreed',
    { programmeId, version: 1, objectives: ['Level 1 literacy', 'A work placement of four weeks'], support: ['Travel card'] },
  ]);
  tale.tell(adviser, day + 2, ['adviser.informed', { programmeId, on: tale.date(day + 2) }]);
  if (followedUp !== 'never')
    tale.tell(adviser, day + 10, [
      'follow-up.made',
      { programmeId, on: tale.date(day + 10), by: 'D. Lal', outcome: 'Settled in; likes the group' },
    ]);
  if (signedOff === 'queried first')
    tale.tell(adviser, day + 11, ['programme.queried', { programmeId, reason: 'The placement is missing from the plan' }]);
  if (signedOff !== 'never')
    tale.tell(adviser, day + 14, [
      'programme.signed-off',
      { programmeId, signedBy: { name: 'D. Lal', role: 'personal-adviser' }, signedOn: tale.date(day + 14) },
    ]);
};

const review = (tale: Tale, { provider, begins, ending }: Course): void => {
  const programmeId = tale.id('programme');
  const day = begins + 43;
  const first = tale.id('review-a');
  const over = ending === undefined ? Number.POSITIVE_INFINITY : 'left' in ending ? ending.left : ending.movedOn;
  tale.tell(provider, day - 10, [
    'review.scheduled',
    {
      reviewId: first,
      programmeId,
      on: tale.date(day),
      attendanceRequested: ['personal-adviser'],
      reason: 'First review; the adviser is asked to attend this one',
    },
  ]);
  tale.tell(provider, day, [
    'review.held',
    {
      reviewId: first,
      programmeId,
      heldOn: tale.date(day),
      attendees: ['learner', 'key-worker', 'personal-adviser'],
      summary: 'Good start; timekeeping agreed.',
      actions: ['Bus times checked'],
      nextReviewDue: tale.date(day + 28),
    },
  ]);
  if (day + 12 < over) achieve(tale, provider, day + 12);
  // Every fourth learner's second review is not held: it shows as overdue.
  if (day + 27 < over && tale.person.number % 4 !== 0) {
    tale.tell(provider, day + 27, [
      'review.held',
      {
        reviewId: tale.id('review-b'),
        programmeId,
        heldOn: tale.date(day + 27),
        attendees: ['learner', 'key-worker'],
        summary: 'On course; ready for a longer placement.',
        nextReviewDue: tale.date(day + 55),
      },
    ]);
  }
};

const achieve = (tale: Tale, provider: Slug, day: number): void => {
  const programmeId = tale.id('programme');
  tale.tell(provider, day, [
    'achievement.recorded',
    { achievementId: tale.id('achievement'), kind: 'non-accredited', title: 'Team challenge completed', awardedOn: tale.date(day) },
  ]);
  tale.tell(provider, day + 1, [
    'placement.started',
    { placementId: tale.id('placement'), programmeId, employer: 'Castings Ltd', on: tale.date(day + 1) },
  ]);
};

const end = (tale: Tale, { adviser, provider }: Course, ending: Ending): void => {
  const programmeId = tale.id('programme');
  if ('left' in ending) {
    const { left: day, reason, note, then } = ending;
    tale.tell(provider, day - 6, [
      'attendance.concern',
      { programmeId, on: tale.date(day - 6), kind: 'absence', note: 'Three days without a word' },
    ]);
    tale.tell(provider, day, ['programme.left-early', { programmeId, leftOn: tale.date(day), reason, note }]);
    tale.tell(adviser, day + 8, [
      'follow-up.made',
      { programmeId, on: tale.date(day + 8), by: 'S. Whitehouse', outcome: 'Met at home; next steps agreed' },
    ]);
    tale.tell(adviser, day + 20, ['destination.recorded', { activity: then, from: tale.date(day + 10), verifiedOn: tale.date(day + 20) }]);
    return;
  }
  const { movedOn: day, destination, plan } = ending;
  tale.tell(provider, day - 16, [
    'placement.ended',
    { placementId: tale.id('placement'), programmeId, employer: 'Castings Ltd', on: tale.date(day - 16), reason: 'Completed' },
  ]);
  tale.tell(provider, day - 14, ['moving-on.planned', { programmeId, aim: plan, on: tale.date(day) }]);
  tale.tell(provider, day - 2, [
    'achievement.recorded',
    {
      achievementId: tale.id('award'),
      kind: 'accredited',
      title: 'Certificate in Employability',
      level: 'level-1',
      awardedOn: tale.date(day - 2),
    },
  ]);
  tale.tell(provider, day, ['programme.moved-on', { programmeId, on: tale.date(day), destination, plan }]);
  tale.tell(adviser, day + 10, ['destination.recorded', { activity: destination, from: tale.date(day), verifiedOn: tale.date(day + 10) }]);
};
