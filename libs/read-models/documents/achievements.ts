// What a learner achieved, each thing once, however many agencies recorded it (views.md, S22).
import type { CatalogueData } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import { alike, coded, day, daysBetween, type FieldsOf, type SeenItem, type SeenItems, text, texts, isNotAfter } from '../lists/index.ts';

export interface AchievementRow {
  readonly achievementId: string | null;
  readonly kind: string | null;
  readonly title: string | null;
  readonly level: string | null;
  readonly awardedOn: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly alsoBy: readonly AgencySlug[];
  /** The asker's name for the signed record. */
  readonly evidence: string | null;
}

export const achievementFields: FieldsOf<AchievementRow> = {
  achievementId: text('Its id, of the agency under `by`.'),
  kind: text('accredited or non-accredited.'),
  title: text('Title.'),
  level: coded(text('Level.'), 'assessment-levels'),
  awardedOn: day('Day of the award.'),
  by: text('Slug of the agency that awarded it first.'),
  alsoBy: texts('Slugs of other agencies that recorded the same, as far as may be seen.'),
  evidence: text('Id of the signed record, as the passport has it.'),
};

/** Awards of one title and level that lie so many days apart at most are one. */
const SAME_DAYS = 31;

type Recorded = SeenItem<'achievement.recorded'>;

type Award = Partial<CatalogueData['achievement.recorded']>;

/** What names it, but for its day. */
export const awardName = ({ kind, title, level }: Award): string => JSON.stringify([kind ?? '', alike(title), level ?? '']);

export const isSameDays = (one: IsoDate | null | undefined, other: IsoDate | null | undefined): boolean =>
  typeof one === 'string' && typeof other === 'string' && Math.abs(daysBetween(one, other)) <= SAME_DAYS;

export const isSameAward = (one: Award, other: Award): boolean =>
  one.title !== undefined && awardName(one) === awardName(other) && isSameDays(one.awardedOn, other.awardedOn);

const awardedFirst = (one: Recorded, other: Recorded): number =>
  (one.data.awardedOn ?? '').localeCompare(other.data.awardedOn ?? '') || one.place - other.place;

/** Each by the one awarded first; of one day, the one recorded first. */
const groupsOf = (recorded: readonly Recorded[]): readonly (readonly [Recorded, ...Recorded[]])[] => {
  const groups: [Recorded, ...Recorded[]][] = [];
  for (const one of [...recorded].sort(awardedFirst)) {
    const known = groups.find(
      ([first]) => awardName(first.data) === awardName(one.data) && isSameDays(first.data.awardedOn, one.data.awardedOn),
    );
    if (known) known.push(one);
    else groups.push([one]);
  }
  return groups;
};

const rowOf = ([first, ...others]: readonly [Recorded, ...Recorded[]]): AchievementRow => {
  const { achievementId = null, kind = null, title = null, level = null, awardedOn = null } = first.data;
  const also = others.flatMap(({ source }) => (source === undefined || source === first.source ? [] : [source]));
  return {
    achievementId,
    kind,
    title,
    level,
    awardedOn,
    by: first.source ?? null,
    alsoBy: [...new Set(also)].sort(),
    evidence: first.id ?? null,
  };
};

/** Awarded by that day, where one is named; the last first. */
export const achievementsIn = (seen: SeenItems, on?: IsoDate): readonly AchievementRow[] =>
  groupsOf(seen.of('achievement.recorded').filter(({ data: { awardedOn } }) => on === undefined || isNotAfter(awardedOn, on)))
    .map(rowOf)
    .sort((one, other) => (other.awardedOn ?? '').localeCompare(one.awardedOn ?? ''));
