// Learners on Entry to Employment, traineeships and apprenticeships: from registration to whatever came of it.
import type { LeavingReason, ProgrammeKind } from '#catalogue';
import type { Slug } from '../cast.ts';
import { person } from '../people.ts';
import type { Story } from '../story.ts';
import { Tale } from '../tale.ts';
import { type ConsentFate, tellConsent } from './consents.ts';

type Ending =
  | { readonly left: number; readonly reason: LeavingReason; readonly note: string; readonly then: string }
  | { readonly movedOn: number; readonly destination: string; readonly plan: string };

interface Course {
  readonly name: string;
  readonly postcode: string;
  readonly adviser: 'connexions-north' | 'connexions-south';
  readonly provider: 'black-country-training' | 'heath-town-skills' | 'forge-apprenticeships';
  readonly kind: ProgrammeKind;
  readonly title: string;
  /** Day of the story on which the adviser meets the learner. */
  readonly begins: number;
  readonly consent: ConsentFate;
  /** The adviser assesses literacy at once: what the provider records later is then a repeat. */
  readonly literacy?: string;
  readonly supersedes?: 'not-comprehensive' | 'changed-circumstances';
  readonly signedOff?: 'queried first' | 'never';
  readonly followedUp?: 'never';
  readonly ending?: Ending;
}

const NORTH = { adviser: 'connexions-north' } as const;
const SOUTH = { adviser: 'connexions-south' } as const;
const BCT = { provider: 'black-country-training', kind: 'e2e' } as const;
const HTS = { provider: 'heath-town-skills', kind: 'e2e' } as const;
const FORGE = { provider: 'forge-apprenticeships', kind: 'apprenticeship' } as const;

const COURSES: readonly Course[] = [
  {
    name: 'Aisha Rahman',
    postcode: 'WV1 3AB',
    ...NORTH,
    ...BCT,
    title: 'E2E: hair and beauty',
    begins: 3,
    consent: 'given',
    literacy: 'entry-3',
  },
  {
    name: 'Ben Hartley',
    postcode: 'WV2 1CD',
    ...NORTH,
    ...BCT,
    title: 'E2E: motor vehicle',
    begins: 5,
    consent: 'withdrawn',
    literacy: 'entry-2',
  },
  { name: 'Chloe Baker', postcode: 'WV3 9EF', ...NORTH, ...HTS, title: 'E2E: retail', begins: 6, consent: 'refused', literacy: 'level-1' },
  {
    name: 'Dev Sandhu',
    postcode: 'WV1 4GH',
    ...NORTH,
    ...HTS,
    title: 'E2E: construction',
    begins: 8,
    consent: 'given',
    literacy: 'entry-3',
    supersedes: 'not-comprehensive',
    ending: { movedOn: 112, destination: '310', plan: 'Bricklaying apprenticeship, induction booked' },
  },
  {
    name: 'Ellie Morgan',
    postcode: 'WV2 2JK',
    ...NORTH,
    ...BCT,
    title: 'E2E: childcare',
    begins: 10,
    consent: 'paused',
    ending: { left: 71, reason: 'personal', note: 'Moved in with her father for a while', then: '619' },
  },
  {
    name: 'Farid Aziz',
    postcode: 'B1 5LM',
    ...SOUTH,
    ...HTS,
    title: 'E2E: warehousing',
    begins: 12,
    consent: 'given',
    literacy: 'entry-2',
    ending: { left: 64, reason: 'job-offer', note: 'Full-time job at a distribution centre', then: '330' },
  },
  {
    name: 'Grace Okafor',
    postcode: 'WV3 7NP',
    ...NORTH,
    ...FORGE,
    title: 'Apprenticeship: dental nursing',
    begins: 14,
    consent: 'renewed',
    literacy: 'level-1',
  },
  {
    name: 'Hamza Iqbal',
    postcode: 'WV1 8QR',
    ...NORTH,
    ...BCT,
    title: 'E2E: catering',
    begins: 17,
    consent: 'resumed',
    literacy: 'entry-3',
    signedOff: 'queried first',
  },
  {
    name: 'Imogen Clarke',
    postcode: 'B2 4ST',
    ...SOUTH,
    ...FORGE,
    title: 'Apprenticeship: engineering',
    begins: 20,
    consent: 'given',
    ending: { movedOn: 126, destination: '320', plan: 'Kept on by the placement employer' },
  },
  {
    name: 'Jay Foster',
    postcode: 'WV2 6UV',
    ...NORTH,
    ...HTS,
    title: 'E2E: land-based',
    begins: 24,
    consent: 'expired',
    literacy: 'entry-2',
    ending: { left: 83, reason: 'dissatisfied', note: 'Wanted more time outdoors', then: '540' },
  },
  {
    name: 'Kasia Nowak',
    postcode: 'WV3 1WX',
    ...NORTH,
    ...BCT,
    title: 'Traineeship: business administration',
    kind: 'traineeship',
    begins: 30,
    consent: 'narrow',
    literacy: 'level-1',
  },
  {
    name: 'Liam Doyle',
    postcode: 'WV1 2YZ',
    ...NORTH,
    ...HTS,
    title: 'E2E: painting and decorating',
    begins: 38,
    consent: 'withdrawn',
    literacy: 'entry-3',
    supersedes: 'changed-circumstances',
    signedOff: 'never',
  },
  {
    name: 'Maya Patel',
    postcode: 'B3 9BC',
    ...SOUTH,
    ...BCT,
    title: 'E2E: sport and leisure',
    begins: 47,
    consent: 'given',
    literacy: 'entry-3',
    followedUp: 'never',
  },
  {
    name: 'Noor Hussain',
    postcode: 'WV2 8DE',
    ...NORTH,
    ...FORGE,
    title: 'Apprenticeship: accountancy',
    begins: 60,
    consent: 'none',
    literacy: 'level-2',
  },
  {
    name: 'Owen Price',
    postcode: 'WV1 6FG',
    ...NORTH,
    ...BCT,
    title: 'E2E: music technology',
    begins: 88,
    consent: 'given',
    literacy: 'entry-3',
    signedOff: 'never',
    followedUp: 'never',
  },
  {
    name: 'Priya Dhillon',
    postcode: 'WV3 5HJ',
    ...NORTH,
    ...HTS,
    title: 'E2E: health and social care',
    begins: 133,
    consent: 'given',
    literacy: 'level-1',
  },
];

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
