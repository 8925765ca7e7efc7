// The learner's own progress file: programmes, reviews and what is to be done, achievements, as the learner prints them (views.md, S22).
import type { AgencySlug, IsoDate } from '#kernel';
import {
  achievementFields,
  type AchievementRow,
  achievementsIn,
  actionFields,
  type ActionRow,
  actionsIn,
  programmeFields,
  type ProgrammeRow,
  programmesIn,
  reviewFields,
  type ReviewRow,
  reviewsIn,
} from '../documents/index.ts';
import { day, groups, orNull, SeenItems, text, texts } from '../lists/index.ts';
import { ownPage, type OwnTerms } from './own-page.ts';

interface ComingRow {
  readonly reviewId: string | null;
  readonly programmeId: string | null;
  readonly of: AgencySlug | null;
  readonly on: IsoDate | null;
  readonly asked: readonly string[];
}

interface Plan {
  readonly programmes: readonly ProgrammeRow[];
  readonly coming: readonly ComingRow[];
  readonly reviews: readonly ReviewRow[];
  readonly actions: readonly ActionRow[];
  readonly achievements: readonly AchievementRow[];
}

const TYPES = [
  ...(['programme.started', 'programme.agreed', 'programme.signed-off', 'programme.queried'] as const),
  ...(['programme.left-early', 'programme.moved-on', 'review.scheduled', 'review.held', 'achievement.recorded'] as const),
];

/** Of each review the day named last, from today on, unless it was held. */
const comingIn = (seen: SeenItems, on: IsoDate): readonly ComingRow[] => {
  const held = new Set(reviewsIn(seen, on).map(({ of, reviewId }) => `${of ?? ''}\n${reviewId ?? ''}`));
  const last = new Map(
    seen.of('review.scheduled').map(({ data, source }): readonly [string, ComingRow] => {
      const of = data.of ?? source ?? null;
      const row = { ...orNull(data, 'reviewId', 'programmeId', 'on'), of, asked: data.attendanceRequested ?? [] };
      return [`${of ?? ''}\n${row.reviewId ?? ''}`, row];
    }),
  );
  return [...last]
    .flatMap(([key, row]) => (row.on !== null && row.on >= on && !held.has(key) ? [row] : []))
    .sort((one, other) => (one.on ?? '').localeCompare(other.on ?? ''));
};

/** What an agency says that does not stand with the learner is no part of it: the record shows it, as not checked (W2). */
const vouchedIn = (seen: SeenItems): SeenItems => new SeenItems([...seen.all.entries()].filter(([, { confirmed }]) => confirmed !== false));

const planIn = (all: SeenItems, { on }: OwnTerms): Plan => {
  const seen = vouchedIn(all);
  const reviews = reviewsIn(seen, on);
  return {
    programmes: programmesIn(seen, on),
    coming: comingIn(seen, on),
    reviews: reviews.toReversed(),
    actions: actionsIn(reviews),
    achievements: achievementsIn(seen),
  };
};

export const ownPlan = ownPage<Plan>({
  name: 'own-plan',
  path: 'plan',
  says: 'Programmes, reviews and what they left to be done, and achievements, each thing once.',
  items: { types: TYPES, categories: ['programme', 'leaving', 'review', 'achievement'] },
  fields: {
    programmes: groups<ProgrammeRow>('By their first days.', programmeFields),
    coming: groups<ComingRow>('Reviews that are to be held, the next one first.', {
      reviewId: text('Its id.'),
      programmeId: text('Id of the programme.'),
      of: text('Slug of the agency that runs the programme, or holds the review.'),
      on: day('Day.'),
      asked: texts('Who is asked to come.'),
    }),
    reviews: groups<ReviewRow>('Reviews held, the last one first.', reviewFields),
    actions: groups<ActionRow>('What reviews agreed to be done.', actionFields),
    achievements: groups<AchievementRow>('The last awarded first.', achievementFields),
  },
  content: planIn,
});
