// Short words for what agencies tell about a learner, for journeys.
import type { CatalogueData, ShortType } from '#catalogue';
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { fresh, type Town } from './town.ts';

/** A morning of the school year, far from the review dates of the protocols. */
export const MORNING = Date.parse('2026-10-01T09:00:00Z');
export const DAY = 86_400_000;

export const about = <Type extends ShortType>(uln: string, type: Type, data: CatalogueData[Type]): EventToSend =>
  ({ type, subject: `uln:${uln}`, data }) as EventToSend;

/** Made by `careers` where nothing else is said. */
export const referral = (uln: string, to: AgencySlug, more: Partial<CatalogueData['referral.made']> = {}): EventToSend =>
  about(uln, 'referral.made', { referralId: fresh('r'), to, route: 'connexions', ...more });

export const adviser = (uln: string, role: CatalogueData['learner.adviser-assigned']['role'] = 'personal-adviser'): EventToSend =>
  about(uln, 'learner.adviser-assigned', { name: 'Pat Adviser', role });

export const programme = (uln: string, programmeId: string, more: Partial<CatalogueData['programme.started']> = {}): EventToSend =>
  about(uln, 'programme.started', {
    programmeId,
    kind: 'e2e',
    title: 'Entry to Employment',
    startedOn: '2026-09-10',
    plannedEnd: '2027-03-01',
    ...more,
  });

export const signOff = (uln: string, programmeId: string): EventToSend =>
  about(uln, 'programme.signed-off', { programmeId, signedBy: { name: 'Pat Adviser', role: 'personal-adviser' }, signedOn: '2026-09-30' });

export const leaving = (uln: string, programmeId: string, leftOn = '2026-09-30'): EventToSend =>
  about(uln, 'programme.left-early', { programmeId, leftOn, reason: 'personal', note: 'Said goodbye.' });

/** Vouches for whatever tie the agency has, or for the one named. */
export const confirmed = (uln: string, agency: AgencySlug, relationship?: CatalogueData['tie.confirmed']['relationship']): EventToSend =>
  about(uln, 'tie.confirmed', { agency, ...(relationship === undefined ? {} : { relationship }) });

/** The provider takes the adviser whom a careers service assigned. */
export const linkConfirmed = (by: AgencySlug): EventToSend => ({ type: 'link-adviser.confirmed', data: { by } });

export const linkAdviser = (provider: AgencySlug): EventToSend => ({ type: 'link-adviser.assigned', data: { provider, name: 'Lee Link' } });

/** Types and clauses of what an answer shows, one line each. */
export const linesOf = ({ body }: Awaited<ReturnType<Town['read']>>): readonly string[] =>
  (body.items ?? []).map(({ type, clause }) => `${type.slice('uk.concordat.'.length, -'.v1'.length)} by ${clause.replace(/^.*#/, '')}`);
