// The lists that the oracle knows.
import { followUps, onProgramme, reviews, type RowsOf, signOffs } from './rows-of-advisers.ts';
import { allocations } from './rows-of-allocations.ts';
import { supplements } from './rows-of-assessments.ts';
import { activities, attendanceConcerns, jobsWithoutTraining, riskAssessments, startsAndFinishes } from './rows-of-areas.ts';
import { caseload } from './rows-of-caseloads.ts';
import { duties } from './rows-of-duties.ts';
import { planningCalendar } from './rows-of-calendar.ts';
import { applications, endorsements, guarantee, placementsSought, visits } from './rows-of-places.ts';
import { type Applicant, proposals } from './rows-of-brokerage.ts';
import { issues } from './rows-of-issues.ts';
import { earlyLeavers } from './rows-of-leavers.ts';
import { referrals } from './rows-of-referrals.ts';
import { cases, releases } from './rows-of-youth-justice.ts';
import { findings, gaps, labourNeeds, procedures, provision, targets, type ThingRows, vacancies, workplaces } from './rows-of-things.ts';

import type { Row } from './facts.ts';
import type { Question } from './sight.ts';
import type { Told } from './told.ts';

export interface ListOracle {
  readonly name: string;
  /** Below `/v1/`, with a query. */
  readonly path: string;
  readonly rows: RowsOf;
  /** Whom it is for, whatever a clause would show them besides: those whom the person concerns, and roles that a clause of it names. */
  readonly concerned?: readonly string[];
  /** Fields that it does not work out. */
  readonly without?: readonly string[];
  /** It has no pages. */
  readonly isWhole?: true;
  /** By filters that choose rows of which one field has the value asked for: that field. */
  readonly filters?: Readonly<Record<string, string>>;
}

const MONTHS = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];

export const LISTS: readonly ListOracle[] = [
  { name: 'on-programme', path: 'on-programme', rows: onProgramme, filters: { provider: 'of', linked: 'adviserAssigned' } },
  { name: 'caseload', path: 'caseload', rows: caseload, without: ['lastContactOn', 'overdueDuties.says'] },
  { name: 'applications', path: 'applications', rows: applications, concerned: [], filters: { state: 'state' } },
  {
    name: 'endorsements',
    path: 'endorsements',
    rows: endorsements,
    concerned: ['funder'],
    without: ['reached'],
    filters: { state: 'state' },
  },
  { name: 'visits', path: 'visits', rows: visits, concerned: [], filters: { provider: 'of' } },
  {
    name: 'placements/sought',
    path: 'placements/sought',
    rows: placementsSought,
    concerned: ['ebp', 'connexions'],
    filters: { area: 'area', occupation: 'occupation' },
  },
  { name: 'youth-justice/cases', path: 'youth-justice/cases', rows: cases, concerned: [] },
  { name: 'youth-justice/releases', path: 'youth-justice/releases', rows: releases, concerned: [], filters: { overdue: 'overdue' } },
  { name: 'guarantee', path: 'guarantee?cohort=2026', rows: guarantee(2026, 11) },
  { name: 'guarantee', path: 'guarantee?cohort=2027&year-group=12', rows: guarantee(2027, 12) },
  { name: 'follow-ups', path: 'follow-ups', rows: followUps, concerned: [], filters: { state: 'state' } },
  { name: 'sign-offs', path: 'sign-offs', rows: signOffs, concerned: [], filters: { state: 'state' } },
  { name: 'reviews', path: 'reviews', rows: reviews, concerned: [], filters: { state: 'state', provider: 'of' } },
  {
    name: 'referrals',
    path: 'referrals',
    rows: referrals,
    concerned: [],
    filters: { state: 'state', route: 'route', to: 'to', from: 'of', office: 'office' },
  },
  {
    name: 'early-leavers',
    path: 'early-leavers',
    rows: earlyLeavers,
    concerned: ['funder'],
    filters: { provider: 'of', first12: 'first12', state: 'state' },
  },
  {
    name: 'early-leavers',
    path: 'early-leavers?state=open',
    rows: (seen, question) => earlyLeavers(seen, question).filter(({ state }) => state === 'open'),
    concerned: ['funder'],
  },
  {
    name: 'attendance-concerns',
    path: 'attendance-concerns',
    rows: attendanceConcerns,
    concerned: [],
    filters: { programme: 'programmeId', provider: 'of' },
  },
  { name: 'risk-assessments', path: 'risk-assessments', rows: riskAssessments, concerned: [], filters: { state: 'state' } },
  { name: 'activities', path: 'activities', rows: activities, concerned: [], filters: { group: 'group' } },
  {
    name: 'assessments/supplements',
    path: 'assessments/supplements',
    rows: supplements,
    concerned: [],
    filters: { reason: 'reason', framework: 'framework', domain: 'domain' },
  },
  {
    name: 'allocations',
    path: 'allocations',
    rows: allocations,
    concerned: ['connexions'],
    filters: { state: 'state', reason: 'why', provider: 'provider', office: 'office' },
  },
  {
    name: 'duties',
    path: 'duties',
    rows: duties,
    concerned: [],
    without: ['dutyId', 'says', 'dischargedBy'],
    filters: { state: 'state', duty: 'duty', bearer: 'bearer', about: 'programmeId' },
  },
  {
    name: 'data-quality/issues',
    path: 'data-quality/issues',
    rows: issues,
    concerned: [],
    without: ['position', 'says', 'advice'],
    filters: { rule: 'rule', severity: 'severity', agency: 'source', state: 'state' },
  },
  ...MONTHS.map((month) => ({ name: 'starts-and-finishes', path: `starts-and-finishes?month=${month}`, rows: startsAndFinishes(month) })),
  ...MONTHS.map((month) => ({
    name: 'jobs-without-training',
    path: `jobs-without-training?month=${month}`,
    rows: jobsWithoutTraining(month),
  })),
];

/** Worked out of what is seen of everybody, and of things. */
export interface WorkedOutOracle extends Omit<ListOracle, 'rows' | 'isWhole'> {
  readonly rows: (applicants: readonly Applicant[], things: readonly Told[], question: Question) => readonly Row[];
}

export const WORKED_OUT: readonly WorkedOutOracle[] = [
  { name: 'brokerage/proposals', path: 'brokerage/proposals', rows: proposals() },
  ...['2026', '2027'].map((cohort) => ({
    ...{ name: 'brokerage/proposals', path: `brokerage/proposals?cohort=${cohort}`, rows: proposals(cohort) },
  })),
];

export interface ThingOracle extends Omit<ListOracle, 'rows'> {
  readonly rows: ThingRows;
}

export const THINGS: readonly ThingOracle[] = [
  { name: 'vacancies', path: 'vacancies', rows: vacancies, filters: { state: 'state' } },
  { name: 'provision', path: 'provision', rows: provision, filters: { agency: 'of', kind: 'kind', level: 'level' } },
  { name: 'provision-gaps', path: 'provision-gaps', rows: gaps },
  { name: 'labour-needs', path: 'labour-needs', rows: labourNeeds },
  { name: 'targets', path: 'targets', rows: targets },
  { name: 'workplaces', path: 'workplaces', rows: workplaces },
  { name: 'planning/calendar', path: 'planning/calendar', rows: planningCalendar, isWhole: true, filters: { state: 'state' } },
  { name: 'quality/procedures', path: 'quality/procedures', rows: procedures },
  { name: 'quality/findings', path: 'quality/findings', rows: findings },
];
