// Clauses EP1 to EP13 of the E2E passport as stories.
import { assessment, fresh, registration } from '../town.ts';
import { about, adviser, leaving, linkAdviser, linkConfirmed, programme, referral } from '../told.ts';
import {
  adviserFor,
  type ClauseCase,
  enrolledWith,
  FOUNDER,
  item,
  REFERRER,
  referredTo,
  referrerOf,
  scene,
  type Story,
  tie,
  together,
  voucher,
} from './clause-case.ts';

/** The ULN, since each reader of these stories supplied it. */
const MERGED = ['uln', 'givenName', 'familyName', 'dateOfBirth', 'postcode', 'statedOn'];
/** One provider's own statement. */
const PERSON = ['givenName', 'familyName', 'dateOfBirth', 'postcode'];
const p = (uln: string): string => `p-${uln}`;

const assessmentBy =
  (by: string, framework: 'initial' | 'vocational' | 'risk-of-failing'): Story =>
  (uln) => [item(by, assessment(uln, { framework, validUntil: '2027-01-31' }))];
const circumstanceBySocial =
  (kind: 'housing' | 'health', shows?: readonly string[]): Story =>
  (uln) => [item('social', about(uln, 'circumstance.noted', { kind, note: 'Told in confidence.', since: '2026-08-01' }), shows)];

const review = (uln: string) => {
  const held = { programmeId: p(uln), heldOn: '2026-09-20', attendees: ['learner'], summary: 'Going well.' };
  return about(uln, 'review.held', { reviewId: fresh('rv'), ...held });
};
const achievement = (uln: string) =>
  about(uln, 'achievement.recorded', { achievementId: fresh('ac'), kind: 'accredited', title: 'First aid', awardedOn: '2026-09-20' });

const existenceOf =
  (framework: 'apir' | 'screening'): Story =>
  (uln) => [
    item('careers', assessment(uln, { framework, validUntil: '2027-01-31' }), [
      'assessmentId',
      'framework',
      'domain',
      'assessedOn',
      'validUntil',
    ]),
  ];

const endorsement = (uln: string, endorsementId: string) =>
  item('careers', about(uln, 'endorsement.given', { endorsementId, programmeKind: 'e2e', expectedLevel: 'level-1' }));

const onProgramme: Story = (uln) => [
  item('forge', programme(uln, p(uln))),
  item('forge', about(uln, 'programme.agreed', { programmeId: p(uln), version: '1', objectives: ['Read a timetable'] })),
  item('forge', about(uln, 'review.scheduled', { reviewId: fresh('rv'), programmeId: p(uln), on: '2026-10-20' })),
  item('forge', review(uln)),
];

/** The referral that vouches for the school's own course. */
const homeInstitution: Story = (uln, reader) => [
  ...referredTo(uln, reader),
  tie(reader, programme(uln, `own-${uln}`, { kind: 'school-course' })),
];

const absent: Story = (uln) => [
  scene('forge', programme(uln, p(uln))),
  item('forge', about(uln, 'attendance.concern', { programmeId: p(uln), on: '2026-09-22', kind: 'late' })),
];

const untilMovedOn: Story = (uln) => [
  item(
    'forge',
    about(uln, 'placement.started', { placementId: fresh('pl'), programmeId: p(uln), employer: 'Castings Ltd', on: '2026-09-21' }),
  ),
  item('forge', achievement(uln)),
  item('forge', about(uln, 'attendance.concern', { programmeId: p(uln), on: '2026-09-22', kind: 'late' })),
  item('forge', about(uln, 'moving-on.planned', { programmeId: p(uln), aim: 'An apprenticeship', on: '2026-09-23' })),
  item('forge', about(uln, 'programme.moved-on', { programmeId: p(uln), on: '2026-09-30', destination: '310' }), [
    'programmeId',
    'on',
    'activityGroup',
  ]),
];

const EP = 'e2e-passport@1#';
/** With the group in place of the reason. */
const LEAVING = ['programmeId', 'leftOn', 'reasonGroup', 'note'];
/** Its link adviser is no other story's. */
const LINKED = 'local-training';
const ON_TASK = { basis: '6(1)(e)', level: 'full' } as const;
const CONSENTED = { protocol: 'e2e-passport' };

export const e2ePassport: readonly ClauseCase[] = [
  {
    ...ON_TASK,
    clause: `${EP}EP1`,
    reader: 'forge',
    relationship: 'referred-to',
    purpose: 'deliver-programme',
    outsider: 'st-chads',
    merged: MERGED,
    story: together(referredTo, (uln) => [item('careers', adviser(uln))]),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP1`,
    reader: 'wulfrun',
    relationship: 'enrolled-with',
    purpose: 'deliver-programme',
    outsider: 'st-chads',
    merged: MERGED,
    story: enrolledWith,
  },
  {
    ...ON_TASK,
    clause: `${EP}EP1`,
    reader: 'careers',
    relationship: 'adviser-for',
    purpose: 'deliver-programme',
    merged: MERGED,
    story: adviserFor,
  },
  {
    ...ON_TASK,
    clause: `${EP}EP2`,
    reader: 'forge',
    relationship: 'referred-to',
    purpose: 'deliver-programme',
    outsider: 'lsc',
    story: (uln, reader) => [{ ...item(REFERRER, referral(uln, reader, { route: 'other-agency', reason: 'Wants to work.' })), tie: true }],
    untied: (uln) => [item(REFERRER, referral(uln, 'anvil', { route: 'other-agency' }))],
  },
  {
    ...ON_TASK,
    clause: `${EP}EP2`,
    reader: 'forge',
    relationship: 'enrolled-with',
    purpose: 'deliver-programme',
    story: (uln, reader) => [
      { ...item(REFERRER, referral(uln, reader, { route: 'other-agency' })), tie: true },
      tie(reader, programme(uln, p(uln))),
    ],
    untied: (uln) => [item(REFERRER, referral(uln, 'anvil', { route: 'other-agency' }))],
  },
  {
    ...ON_TASK,
    clause: `${EP}EP2`,
    reader: 'careers-south',
    relationship: 'made-referral',
    purpose: 'deliver-programme',
    story: (uln, reader) => [
      tie(FOUNDER, referral(uln, reader, { route: 'out-of-area' })),
      tie(reader, referral(uln, 'forge', { referralId: `r-${uln}` })),
      item('forge', about(uln, 'referral.declined', { referralId: `r-${uln}`, of: reader, reason: 'Full.' })),
    ],
    untied: (uln) => [
      scene(REFERRER, referral(uln, 'forge', { referralId: `r-${uln}`, route: 'other-agency' })),
      item('forge', about(uln, 'referral.declined', { referralId: `r-${uln}`, of: REFERRER })),
    ],
    unvouched: false,
  },
  {
    ...ON_TASK,
    clause: `${EP}EP2`,
    reader: 'careers',
    relationship: 'adviser-for',
    purpose: 'deliver-programme',
    story: together(adviserFor, (uln) => [item('social', referral(uln, 'forge'))]),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP3`,
    reader: 'forge',
    relationship: 'referred-to',
    purpose: 'plan-learning',
    outsider: 'st-chads',
    consent: { ...CONSENTED, categories: ['assessment'] },
    lesser: `${EP}EP4`,
    story: together(referredTo, assessmentBy('wulfrun', 'initial')),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP3`,
    reader: 'careers',
    relationship: 'adviser-for',
    purpose: 'plan-learning',
    outsider: 'city-yot',
    consent: { ...CONSENTED, categories: ['assessment'] },
    lesser: `${EP}EP4`,
    story: together(adviserFor, assessmentBy('forge', 'vocational')),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP4`,
    level: 'existence',
    reader: 'wulfrun',
    relationship: 'enrolled-with',
    purpose: 'plan-learning',
    outsider: 'st-chads',
    story: together(enrolledWith, existenceOf('apir'), existenceOf('screening')),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP5`,
    reader: 'careers',
    relationship: 'adviser-for',
    purpose: 'support-learner',
    story: together(adviserFor, onProgramme, untilMovedOn, circumstanceBySocial('housing')),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP6`,
    level: 'summary',
    basis: '6(1)(e), 9(2)(a)',
    reader: 'forge',
    relationship: 'enrolled-with',
    purpose: 'support-learner',
    outsider: 'st-chads',
    consent: { ...CONSENTED, categories: ['circumstance-special'], explicit: true },
    story: together(enrolledWith, circumstanceBySocial('health', ['kind'])),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP7`,
    reader: 'careers-south',
    relationship: 'link-for-provider',
    purpose: 'deliver-programme',
    story: (uln, reader) => [
      tie(reader, linkAdviser(LINKED)),
      voucher(LINKED, linkConfirmed(reader)),
      item(LINKED, registration(uln, `f2-${uln}`, { postcode: 'ZZ9 9ZZ' }), PERSON),
      item(LINKED, referral(uln, LINKED, { route: 'self' })),
      item(LINKED, programme(uln, p(uln))),
      item(LINKED, leaving(uln, p(uln)), LEAVING),
      { ...item('careers', adviser(uln), ['role']), level: 'existence' },
    ],
    unvouched: false,
    untied: (uln) => [scene('careers', linkAdviser(LINKED)), scene(LINKED, linkConfirmed('careers')), item(LINKED, programme(uln, p(uln)))],
  },
  {
    ...ON_TASK,
    clause: `${EP}EP8`,
    reader: 'city-yot',
    relationship: 'referrer-of',
    purpose: 'support-learner',
    outsider: 'st-chads',
    story: together(referrerOf, onProgramme, (uln) => [item('forge', leaving(uln, p(uln)), LEAVING)]),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP8`,
    reader: 'social',
    relationship: 'referrer-of',
    purpose: 'support-learner',
    story: together(referrerOf, onProgramme),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP9`,
    reader: 'wulfrun',
    relationship: 'referred-to',
    purpose: 'plan-learning',
    outsider: 'careers',
    consent: { ...CONSENTED, categories: ['programme', 'review', 'achievement'] },
    story: together(referredTo, onProgramme, (uln) => [item('forge', achievement(uln))]),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP9`,
    reader: 'st-chads',
    relationship: 'home-institution',
    purpose: 'plan-learning',
    consent: { ...CONSENTED, categories: ['programme', 'review'] },
    story: together(homeInstitution, onProgramme),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP10`,
    reader: 'wulfrun',
    relationship: 'enrolled-with',
    purpose: 'support-learner',
    outsider: 'st-chads',
    consent: { ...CONSENTED, categories: ['circumstance'] },
    story: together(enrolledWith, circumstanceBySocial('housing')),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP11`,
    reader: 'forge',
    relationship: 'referred-to',
    purpose: 'plan-learning',
    outsider: 'st-chads',
    story: together(referredTo, (uln) => [endorsement(uln, fresh('e'))]),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP11`,
    reader: 'careers-south',
    relationship: 'adviser-for',
    purpose: 'plan-learning',
    story: together(adviserFor, (uln) => [
      endorsement(uln, `e-${uln}`),
      scene('social', referral(uln, 'forge')),
      item('forge', about(uln, 'endorsement.queried', { endorsementId: `e-${uln}`, reason: 'Too high.' })),
    ]),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP12`,
    reader: 'forge',
    relationship: 'referred-to',
    purpose: 'support-learner',
    outsider: 'wulfrun',
    story: together(referredTo, assessmentBy('careers', 'risk-of-failing')),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP12`,
    reader: 'careers',
    relationship: 'adviser-for',
    purpose: 'support-learner',
    story: together(adviserFor, assessmentBy('forge', 'risk-of-failing')),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP13`,
    reader: 'st-chads',
    relationship: 'referrer-of',
    purpose: 'support-learner',
    outsider: 'jobcentre-wv',
    story: together(referrerOf, absent),
  },
  {
    ...ON_TASK,
    clause: `${EP}EP13`,
    reader: 'st-chads',
    relationship: 'home-institution',
    purpose: 'support-learner',
    story: together(homeInstitution, absent),
  },
];
