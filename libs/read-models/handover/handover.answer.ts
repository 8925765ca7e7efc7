// What goes along to the next provider, college or school: no notes, no attendance, of assessments only that they exist (views.md, S26).
import {
  type AchievementRow,
  achievementsIn,
  type ActionRow,
  actionsIn,
  type Assessed,
  assessmentsIn,
  type DocumentTerms,
  type EndorsementRow,
  endorsementsIn,
  latestOfEach,
  type ProgrammeRow,
  programmesIn,
  type ReviewRow,
  reviewsIn,
} from '../documents/index.ts';
import type { SeenItems } from '../lists/index.ts';

export type ExistingRow = Pick<Assessed, 'assessmentId' | 'framework' | 'domain' | 'by' | 'assessedOn' | 'validUntil' | 'standing'>;

export interface Handover {
  readonly programme: readonly ProgrammeRow[];
  readonly reviews: readonly ReviewRow[];
  readonly achievements: readonly AchievementRow[];
  readonly openActions: readonly Omit<ActionRow, 'done'>[];
  readonly endorsements: readonly EndorsementRow[];
  readonly assessments: readonly ExistingRow[];
}

export const handoverIn = (seen: SeenItems, terms: DocumentTerms): Handover => {
  const { on } = terms;
  const reviews = reviewsIn(seen, on);
  return {
    programme: programmesIn(seen, on),
    reviews,
    achievements: achievementsIn(seen, on),
    openActions: actionsIn(reviews).flatMap(({ done, ...action }) => (done ? [] : [action])),
    endorsements: endorsementsIn(seen, terms),
    assessments: latestOfEach(assessmentsIn(seen, on)).map(({ assessmentId, framework, domain, by, assessedOn, validUntil, standing }) => ({
      assessmentId,
      framework,
      domain,
      by,
      assessedOn,
      validUntil,
      standing,
    })),
  };
};
