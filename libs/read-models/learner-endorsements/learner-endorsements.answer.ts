// Endorsements of one learner, as far as they may be seen (views.md, S4).
import { type DocumentTerms, type EndorsementRow, endorsementsIn } from '../documents/index.ts';
import type { SeenItems } from '../lists/index.ts';

export interface LearnerEndorsements {
  readonly rows: readonly EndorsementRow[];
}

export const endorsementsOf = (seen: SeenItems, terms: DocumentTerms): LearnerEndorsements => ({ rows: endorsementsIn(seen, terms) });
