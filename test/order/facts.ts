// What is told of one learner on programme, in no order of its own: each may come before or after each other, twice, and hours late.
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { IDS, type Side } from '../isolation/sides.ts';
import { about } from '../journeys/told.ts';

export interface Fact {
  readonly by: AgencySlug;
  /** With an id, so that it can be told twice. */
  readonly event: EventToSend;
}

const { programmeId } = IDS;
const concernOn = (uln: string, on: string): EventToSend => about(uln, 'attendance.concern', { programmeId, on, kind: 'absent' });
const reviewed = (uln: string, reviewId: string, heldOn: string): EventToSend =>
  about(uln, 'review.held', { reviewId, programmeId, heldOn, attendees: ['learner', 'key-worker', 'personal-adviser'], summary: 'Well.' });

const byProvider = (uln: string): readonly EventToSend[] => [
  about(uln, 'programme.agreed', { programmeId, version: '1', objectives: ['read'] }),
  about(uln, 'review.scheduled', { reviewId: 'v-1', programmeId, on: '2026-10-12', attendanceRequested: ['personal-adviser'] }),
  about(uln, 'review.scheduled', { reviewId: 'v-2', programmeId, on: '2026-11-12' }),
  reviewed(uln, 'v-9', '2026-10-12'),
  reviewed(uln, 'v-0', '2026-09-20'),
  ...['2026-09-28', '2026-10-01', '2026-10-05'].map((on) => concernOn(uln, on)),
  about(uln, 'achievement.recorded', {
    achievementId: 'ac-1',
    kind: 'accredited',
    title: 'Safety',
    level: 'level-1',
    awardedOn: '2026-10-05',
  }),
  about(uln, 'programme.left-early', { programmeId, leftOn: '2026-10-15', reason: 'health', note: 'Ill.' }),
  about(uln, 'offer.made', { offerId: 'of-1', cohort: '2027', provision: 'Level 2' }),
];

const byCareers = (uln: string): readonly EventToSend[] => [
  about(uln, 'adviser.informed', { programmeId, on: '2026-09-12' }),
  about(uln, 'follow-up.made', { programmeId, on: '2026-10-01', by: 'Pat', outcome: 'seen' }),
  about(uln, 'programme.signed-off', {
    ...{ programmeId, signedBy: { name: 'Pat', role: 'personal-adviser' }, signedOn: '2026-10-01', version: '1' },
  }),
  about(uln, 'destination.recorded', { activity: '619', from: '2026-10-15', verifiedOn: '2026-10-16' }),
  about(uln, 'destination.recorded', { activity: '330', from: '2026-10-17', verifiedOn: '2026-10-18' }),
  about(uln, 'destination.recorded', { activity: '310', from: '2026-08-01', verifiedOn: '2026-10-19' }),
];

export const factsAbout = (side: Side, uln: string): readonly Fact[] => [
  ...byProvider(uln).map((event, n) => ({ by: `forge-${side}`, event: { ...event, id: `fact-forge-${n}` } })),
  ...byCareers(uln).map((event, n) => ({ by: `careers-${side}`, event: { ...event, id: `fact-careers-${n}` } })),
];
