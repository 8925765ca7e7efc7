// Honest stories of one learner, told before, around and after whatever attackers send. No attacker is named in any of them.
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';

export const ULN = '1234567899';
export const OTHER_ULN = '9276308686';
export const PERSON = { givenName: 'Sam', familyName: 'Example', dateOfBirth: '2010-05-06' } as const;

/** Ids that honest agencies give to things; attackers know all of them. */
export const IDS = {
  programme: 'p-1',
  referral: 'r-1',
  consent: 'c-1',
  assessment: 'a-1',
  application: 'ap-1',
  offer: 'o-1',
  review: 'rv-1',
  endorsement: 'en-1',
  placement: 'pl-1',
} as const;

export interface Step {
  readonly by: AgencySlug;
  /** After the first of the story. */
  readonly day: number;
  readonly events: readonly EventToSend[];
}

export type Story = readonly Step[];

type Data<Type extends EventToSend['type']> = Extract<EventToSend, { type: Type }>['data'];

const subject = `uln:${ULN}`;

const step = (by: AgencySlug, day: number, ...events: readonly EventToSend[]): Step => ({ by, day, events });

const registered = (localId: string, more: Partial<Data<'learner.registered'>> = {}): EventToSend => ({
  type: 'learner.registered',
  subject,
  data: { localId, uln: ULN, ...PERSON, ...more },
});

const adviser = (role: Data<'learner.adviser-assigned'>['role']): EventToSend => ({
  type: 'learner.adviser-assigned',
  subject,
  data: { name: 'Alex Adviser', role },
});

const referral = (to: AgencySlug, referralId: string, route: Data<'referral.made'>['route'] = 'connexions'): EventToSend => ({
  type: 'referral.made',
  subject,
  data: { referralId, to, route },
});

const programme = (kind: Data<'programme.started'>['kind'], more: Partial<Data<'programme.started'>> = {}): EventToSend => ({
  type: 'programme.started',
  subject,
  data: { programmeId: IDS.programme, kind, title: 'A programme', startedOn: '2026-02-05', plannedEnd: '2026-07-31', ...more },
});

const assessed = (more: Partial<Data<'assessment.recorded'>> = {}): EventToSend => ({
  type: 'assessment.recorded',
  subject,
  data: {
    assessmentId: IDS.assessment,
    framework: 'initial',
    domain: 'literacy',
    instrument: 'BSA',
    assessedOn: '2026-02-01',
    assessor: { name: 'Alex', role: 'adviser' },
    outcome: { level: 'entry-3', summary: 'Reads well.' },
    ...more,
  },
});

const consent = (more: Partial<Data<'consent.given'>> = {}): EventToSend => ({
  type: 'consent.given',
  subject,
  data: {
    consentId: IDS.consent,
    protocol: 'e2e-passport',
    purposes: ['plan-learning', 'support-learner'],
    categories: ['assessment', 'programme', 'circumstance', 'circumstance-special'],
    recipients: ['connexions', 'provider', 'college', 'school'],
    givenBy: 'learner',
    method: 'signed-form',
    evidence: 'form-17',
    notice: { id: 'e2e', version: '1', language: 'en' },
    validFrom: '2026-01-01',
    ...more,
  },
});

const signedOff = (of: AgencySlug): EventToSend => ({
  type: 'programme.signed-off',
  subject,
  data: { programmeId: IDS.programme, signedBy: { name: 'Alex', role: 'adviser' }, signedOn: '2026-02-06', of },
});

const reviewed: EventToSend = {
  type: 'review.held',
  subject,
  data: { reviewId: IDS.review, programmeId: IDS.programme, heldOn: '2026-02-10', attendees: ['learner'], summary: 'On course' },
};

const circumstance = (kind: Data<'circumstance.noted'>['kind']): EventToSend => ({
  type: 'circumstance.noted',
  subject,
  data: { kind, note: 'As told.' },
});
const left: EventToSend = {
  type: 'programme.left-early',
  subject,
  data: { programmeId: IDS.programme, leftOn: '2026-03-05', reason: 'health', note: 'Ill.' },
};
const about = { uln: { type: 'referral.accepted', subject, data: { referralId: IDS.referral } } } as const;

/** Found, advised, assessed, referred, enrolled, signed off, left. */
const throughCareers: Story = [
  step('careers', 0, registered('cx-1', { postcode: 'WV1 1AA', contact: '01902 000000' }), adviser('personal-adviser')),
  step('careers', 1, assessed(), consent(), circumstance('housing')),
  step('careers', 2, referral('forge', IDS.referral)),
  step('forge', 3, registered('f-1')),
  step('forge', 4, about.uln),
  step('forge', 6, programme('e2e', { fundedBy: 'lsc' }), assessed({ domain: 'numeracy', assessedOn: '2026-02-05' })),
  step('careers', 8, signedOff('forge'), circumstance('health')),
  step('forge', 20, reviewed, circumstance('support-need')),
  step('forge', 35, left),
];

/** A school registers its pupil first; the pupil applies, is placed and enrols at a college. */
const throughSchool: Story = [
  step('st-chads', 0, registered('sc-1', { postcode: 'WV1 2BB' }), programme('school-course')),
  step('st-chads', 1, {
    type: 'application.submitted',
    subject,
    data: { applicationId: IDS.application, choices: [{ agency: 'wulfrun', provision: 'Engineering' }] },
  }),
  step('careers', 2, registered('cx-1', { postcode: 'WV1 2BB' }), adviser('personal-adviser')),
  step('wulfrun', 4, registered('w-1'), {
    type: 'offer.made',
    subject,
    data: { offerId: IDS.offer, cohort: '2026', provision: 'Engineering', applicationId: IDS.application },
  }),
  step('council', 6, registered('la-1'), {
    type: 'application.placed',
    subject,
    data: { applicationId: IDS.application, choices: [{ agency: 'wulfrun', provision: 'Engineering' }], of: 'st-chads' },
  }),
  step('wulfrun', 9, programme('fe-course', { programmeId: 'p-2' }), assessed()),
  step(
    'careers',
    12,
    { type: 'destination.recorded', subject, data: { activity: '230', from: '2026-02-10', verifiedOn: '2026-02-11' } },
    consent(),
  ),
];

/** Known to a youth offending team first, and what follows. */
const throughYot: Story = [
  step('city-yot', 0, registered('y-1', { postcode: 'WV1 3CC' }), {
    type: 'offence.noted',
    subject,
    data: { incident: 'Criminal damage', order: 'ISSP' },
  }),
  step('city-yot', 1, referral('careers', 'r-0', 'yot'), assessed({ framework: 'risk-of-reoffending', domain: 'asset' })),
  step('careers', 2, registered('cx-1'), adviser('personal-adviser')),
  step(
    'careers',
    3,
    referral('forge', IDS.referral, 'yot'),
    assessed({ framework: 'apir', domain: 'all', factors: [{ code: 'housing', level: 2 }] }),
  ),
  step('forge', 5, registered('f-1'), programme('e2e')),
  step(
    'careers',
    7,
    consent({ protocol: 'youth-justice', purposes: ['support-learner'], categories: ['offence'], recipients: ['provider'] }),
  ),
  step('social', 9, registered('so-1', { postcode: 'WV1 3CC' })),
  step('city-yot', 12, { type: 'release.planned', subject, data: { from: 'yoi-brinsford', on: '2026-06-01' } }),
];

/** Moves from one service's area into another's, which takes over. */
const movesAway: Story = [
  step('careers', 0, registered('cx-1', { postcode: 'WV1 4DD' }), adviser('personal-adviser')),
  step('council', 1, registered('la-1', { postcode: 'WV1 4DD' })),
  step('careers', 3, { type: 'learner.corrected', subject, data: { postcode: 'B1 1AA', reason: 'Moved' } }),
  step('careers', 4, referral('careers-south', IDS.referral, 'out-of-area'), consent({ categories: ['assessment'] })),
  step('careers-south', 5, registered('cs-1'), adviser('personal-adviser')),
  step('careers-south', 8, referral('forge', 'r-2')),
  step('forge', 9, registered('f-1'), programme('e2e'), assessed()),
  step('page', 12, { type: 'residence.stated', subject, data: { postcode: 'B1 1AB' } }),
];

/** Comes to a provider alone; the careers service informs itself. */
const selfReferred: Story = [
  step('forge', 0, registered('f-1', { postcode: 'WV1 5EE' }), referral('forge', IDS.referral, 'self')),
  step('forge', 1, programme('e2e'), assessed(), consent()),
  step('careers', 4, registered('cx-1'), adviser('personal-adviser')),
  step('careers', 6, { type: 'adviser.informed', subject, data: { programmeId: IDS.programme, on: '2026-02-05', of: 'forge' } }),
  step('forge', 20, reviewed, left),
  step('careers', 36, {
    type: 'follow-up.made',
    subject,
    data: { programmeId: IDS.programme, on: '2026-03-08', by: 'Alex', outcome: 'Seen', of: 'forge' },
  }),
];

/** Rights used: consent narrowed, an objection, a restriction that is lifted, a withdrawal. */
const rightsUsed: Story = [
  step('careers', 0, registered('cx-1', { postcode: 'WV1 6FF' }), adviser('personal-adviser')),
  step('careers', 1, assessed(), consent(), referral('forge', IDS.referral)),
  step('forge', 3, registered('f-1'), programme('e2e'), circumstance('health')),
  step('careers', 5, { type: 'objection.raised', subject, data: { scope: { purposes: ['prevent-reoffending'] }, reason: 'As told' } }),
  step('careers', 6, { type: 'restriction.requested', subject, data: { scope: { categories: ['circumstance'] }, reason: 'Contested' } }),
  step('careers', 9, { type: 'restriction.lifted', subject, data: { scope: { categories: ['circumstance'] }, reason: 'Settled' } }),
  step('page', 10, { type: 'consent.confirmed', subject, data: { consentId: IDS.consent, of: 'careers' } }),
  step('careers', 14, consent({ consentId: 'c-2', categories: ['assessment'] }), {
    type: 'consent.withdrawn',
    subject,
    data: { consentId: IDS.consent, by: 'learner' },
  }),
];

export const STORIES: Readonly<Record<string, Story>> = { throughCareers, throughSchool, throughYot, movesAway, selfReferred, rightsUsed };
export type StoryName = keyof typeof STORIES;
