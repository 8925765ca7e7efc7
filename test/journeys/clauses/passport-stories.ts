// What the stories of the E2E passport are made of.
import { assessment, fresh } from '../town.ts';
import { about, programme } from '../told.ts';
import { item, referredTo, scene, type Story, tie } from './clause-case.ts';

/** The ULN, since each reader of these stories supplied it. */
export const MERGED = ['uln', 'givenName', 'familyName', 'dateOfBirth', 'postcode', 'statedOn'];
/** One provider's own statement. */
export const PERSON = ['givenName', 'familyName', 'dateOfBirth', 'postcode'];
export const p = (uln: string): string => `p-${uln}`;

export const assessmentBy =
  (by: string, framework: 'initial' | 'vocational' | 'risk-of-failing'): Story =>
  (uln) => [item(by, assessment(uln, { framework, validUntil: '2027-01-31' }))];
export const circumstanceBySocial =
  (kind: 'housing' | 'health', shows?: readonly string[]): Story =>
  (uln) => [item('social', about(uln, 'circumstance.noted', { kind, note: 'Told in confidence.', since: '2026-08-01' }), shows)];

const review = (uln: string) => {
  const held = { programmeId: p(uln), heldOn: '2026-09-20', attendees: ['learner'], summary: 'Going well.' };
  return about(uln, 'review.held', { reviewId: fresh('rv'), ...held });
};
export const achievement = (uln: string) =>
  about(uln, 'achievement.recorded', { achievementId: fresh('ac'), kind: 'accredited', title: 'First aid', awardedOn: '2026-09-20' });

export const existenceOf =
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

export const endorsement = (uln: string, endorsementId: string) =>
  item('careers', about(uln, 'endorsement.given', { endorsementId, programmeKind: 'e2e', expectedLevel: 'level-1' }));

export const onProgramme: Story = (uln) => [
  item('forge', programme(uln, p(uln))),
  item('forge', about(uln, 'programme.agreed', { programmeId: p(uln), version: '1', objectives: ['Read a timetable'] })),
  item('forge', about(uln, 'review.scheduled', { reviewId: fresh('rv'), programmeId: p(uln), on: '2026-10-20' })),
  item('forge', review(uln)),
];

/** The referral that vouches for the school's own course. */
export const homeInstitution: Story = (uln, reader) => [
  ...referredTo(uln, reader),
  tie(reader, programme(uln, `own-${uln}`, { kind: 'school-course' })),
];

export const absent: Story = (uln) => [
  scene('forge', programme(uln, p(uln))),
  item('forge', about(uln, 'attendance.concern', { programmeId: p(uln), on: '2026-09-22', kind: 'late' })),
];

export const untilMovedOn: Story = (uln) => [
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

export const EP = 'e2e-passport@1#';
/** With the group in place of the reason. */
export const LEAVING = ['programmeId', 'leftOn', 'reasonGroup', 'note'];
/** Its link adviser is no other story's. */
export const LINKED = 'local-training';
export const ON_TASK = { basis: '6(1)(e)', level: 'full' } as const;
export const CONSENTED = { protocol: 'e2e-passport' };
