// Which learners to look at for consents, and for withdrawals: proposed alone, what they are their files say.
import { consentDigest, type FindIndex, type WithdrawalProposed } from '#disclosure';
import type { AgencySlug, Instant, LearnerId, Position } from '#kernel';
import type { Found, ViewReader } from '../engine/index.ts';
import { parties, persons, tiesView } from '../ties/index.ts';
import { consentEvents, consentsView } from './consents.view.ts';

export interface ConsentCandidate extends WithdrawalProposed {
  /** Who recorded it. */
  readonly source: AgencySlug;
  readonly recordedAt: Instant;
}

/** Of learners alone who have to do with this agency. */
interface Known {
  readonly knownTo?: AgencySlug;
}

export interface ConsentProposals extends Known {
  readonly kind: 'begun' | 'withdrawn';
  /** Recorded by this agency alone. */
  readonly source?: AgencySlug;
  /** Smaller positions alone. */
  readonly before?: Position;
  readonly limit: number;
}

const among = ({ knownTo }: Known) =>
  knownTo === undefined
    ? {}
    : {
        among: {
          column: 'learner' as const,
          view: tiesView,
          any: [{ table: parties, column: 'agency', value: knownTo }],
          united: { table: persons, by: 'person' },
        },
      };

/** The latest first. */
export const proposeConsents = async (
  views: ViewReader,
  { kind, knownTo, source, before, limit }: ConsentProposals,
): Promise<Found<ConsentCandidate>> => {
  const { position, rows } = await views.rows(consentsView, consentEvents, {
    where: { kind, ...(source !== undefined && { source }) },
    ...among(knownTo === undefined ? {} : { knownTo }),
    order: 'position',
    newestFirst: true,
    ...(before !== undefined && { after: before }),
    limit,
  });
  return {
    position,
    rows: rows.map(({ position: at, learner, revision, source: by, recorded_at: recordedAt }) => ({
      ...{ position: at, learner, revision, source: by, recordedAt },
    })),
  };
};

/** Recorded since then, the latest first; at most so many. */
export const consentsSince = async (
  views: ViewReader,
  { since, most, ...asked }: Pick<ConsentProposals, 'kind' | 'source'> & { readonly since: Instant; readonly most: number },
): Promise<Found<ConsentCandidate>> => {
  const { position, rows } = await proposeConsents(views, { ...asked, limit: most });
  return { position, rows: rows.filter(({ recordedAt }) => recordedAt >= since) };
};

/** Whose consent was given or refused under an id, by whichever agency or by one: the latest first, each once. */
export const learnersWithConsent = async (
  views: ViewReader,
  { id, source, limit, ...known }: Parameters<FindIndex['consents']>[0],
): Promise<readonly LearnerId[]> => {
  const { rows } = await views.rows(consentsView, consentEvents, {
    where: { id_digest: consentDigest(id), ...(source !== undefined && { source }) },
    ...among(known),
    order: 'position',
    newestFirst: true,
    limit,
  });
  return [...new Set(rows.map(({ learner }) => learner))];
};
