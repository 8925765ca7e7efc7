// What agencies said of themselves, the oldest first: who may wait for somebody to vouch for it.
import type { AgencySlug, Position } from '#kernel';
import type { TieKind } from '#learner-file';
import type { RowOf, ViewReader } from '../engine/index.ts';
import type { TieCandidates } from './ties.query.ts';
import { claims, tiesView } from './ties.view.ts';

export interface ClaimsAsked {
  readonly kind: TieKind;
  readonly after: Position;
  /** Of claims. */
  readonly limit: number;
  /** Whether an outward code lies in the area of an agency. */
  readonly covers: (agency: AgencySlug, outward: string) => boolean;
}

export interface ClaimsMade {
  readonly position: Position;
  readonly rows: readonly TieCandidates[];
  /** After which claim to go on; absent: that was all. */
  readonly next?: Position;
}

type Claim = RowOf<typeof claims>;

/** Beyond as many as make a page: of where learners live most claims may be none. */
const READ_AT_ONCE = 1000;

/** Each learner once, with those who claim something. */
export const claimsMade = async (views: ViewReader, { kind, after, limit, covers }: ClaimsAsked): Promise<ClaimsMade> => {
  const found: Claim[] = [];
  let place = after;
  for (let atOnce = limit + 1; ; atOnce = READ_AT_ONCE) {
    const page = { where: { kind }, order: 'position', after: place, limit: atOnce } as const;
    const { position, rows } = await views.rows(tiesView, claims, page);
    for (const claim of rows) {
      if (found.length === limit) return { position, rows: byLearner(found), next: place };
      place = claim.position;
      if (claim.outward === '' || covers(claim.agency, claim.outward)) found.push(claim);
    }
    if (rows.length < atOnce) return { position, rows: byLearner(found) };
  }
};

const byLearner = (found: readonly Claim[]): readonly TieCandidates[] =>
  [...Map.groupBy(found, ({ learner }) => learner)].map(([learner, made]) => ({
    learner,
    parties: [...new Map(made.map(({ agency, since }) => [agency, since]))].map(([agency, since]) => ({ agency, since })),
  }));
