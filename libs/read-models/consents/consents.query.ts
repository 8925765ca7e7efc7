// Which learners to look at for consents, and for withdrawals: proposed alone, what they are their files say.
import type { AgencySlug, Instant, LearnerId, Position, Revision } from '#kernel';
import type { Found, ViewReader } from '../engine/index.ts';
import { parties, tiesView } from '../ties/index.ts';
import { consentEvents, consentsView } from './consents.view.ts';

export interface ConsentCandidate {
  /** Of the event. */
  readonly position: Position;
  readonly learner: LearnerId;
  readonly revision: Revision;
  /** Who recorded it. */
  readonly source: AgencySlug;
  readonly recordedAt: Instant;
}

export interface ConsentProposals {
  readonly kind: 'begun' | 'withdrawn';
  /** Of learners alone who have to do with this agency. */
  readonly knownTo?: AgencySlug;
  /** Recorded by this agency alone. */
  readonly source?: AgencySlug;
  /** Smaller positions alone. */
  readonly before?: Position;
  readonly limit: number;
}

/** The latest first. */
export const proposeConsents = async (
  views: ViewReader,
  { kind, knownTo, source, before, limit }: ConsentProposals,
): Promise<Found<ConsentCandidate>> => {
  const { position, rows } = await views.rows(consentsView, consentEvents, {
    where: { kind, ...(source !== undefined && { source }) },
    ...(knownTo !== undefined && {
      among: { column: 'learner', view: tiesView, any: [{ table: parties, column: 'agency', value: knownTo }] },
    }),
    order: 'position',
    newestFirst: true,
    ...(before !== undefined && { after: before }),
    limit,
  });
  return { position, rows: rows.map(({ kind: _, recorded_at: recordedAt, ...row }) => ({ ...row, recordedAt })) };
};

/** Recorded since then, the latest first; at most so many. */
export const consentsSince = async (
  views: ViewReader,
  { since, most, ...asked }: Pick<ConsentProposals, 'kind' | 'source'> & { readonly since: Instant; readonly most: number },
): Promise<Found<ConsentCandidate>> => {
  const { position, rows } = await proposeConsents(views, { ...asked, limit: most });
  return { position, rows: rows.filter(({ recordedAt }) => recordedAt >= since) };
};
