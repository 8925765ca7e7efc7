// Achievements that are recorded twice: what somebody has to look at, so that each counts once (views.md, S22).
import { type AgencySlug, type IsoDate, londonDate } from '#kernel';
import { isSameAward } from '../documents/index.ts';
import {
  chosenBy,
  code,
  coded,
  compareDays,
  count,
  day,
  daysBetween,
  group,
  list,
  orNull,
  type RowAt,
  type SeenItem,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { proposeDuplicates } from './duplicates.query.ts';
import { duplicatesView } from './duplicates.view.ts';

const STATES = ['open', 'waived'] as const;

interface AwardTold {
  readonly by: AgencySlug | null;
  readonly achievementId: string | null;
  readonly awardedOn: IsoDate | null;
}

interface DuplicateRow {
  readonly kind: string | null;
  readonly title: string | null;
  readonly level: string | null;
  readonly first: AwardTold;
  readonly again: AwardTold;
  readonly daysApart: number;
  readonly since: IsoDate;
  readonly position: string;
  readonly state: (typeof STATES)[number];
}

type Recorded = SeenItem<'achievement.recorded'>;

const toldOf = ({ source, data }: Recorded): AwardTold => ({ by: source ?? null, ...orNull(data, 'achievementId', 'awardedOn') });

/** Undefined where what the asker may see does not bear it out. */
const rowOf = (seen: SeenItems, { anchor, knownAt = 0, position = 0, partnership }: RowAt): DuplicateRow | undefined => {
  const again = seen.at('achievement.recorded', anchor);
  const first = again && seen.of('achievement.recorded').find((one) => one.place < again.place && isSameAward(one.data, again.data));
  if (!first) return undefined;
  const [one, other] = [first.data.awardedOn ?? '', again.data.awardedOn ?? ''];
  return {
    ...orNull(first.data, 'kind', 'title', 'level'),
    first: toldOf(first),
    again: toldOf(again),
    daysApart: Math.abs(daysBetween(one, other)),
    since: londonDate(knownAt),
    position: String(position),
    state: partnership.isWaived({ rule: 'achievement-twice', position }) ? 'waived' : 'open',
  };
};

const awardFields = {
  by: text('Slug of the agency that recorded it.'),
  achievementId: text('Its id.'),
  awardedOn: day('Day of the award.'),
};

export const duplicates = list<DuplicateRow>({
  name: 'data-quality/duplicates',
  says: 'Achievements recorded twice: to an agency of what it recorded itself, to the data manager of all.',
  view: duplicatesView,
  purposes: ['assure-data-quality'],
  items: { anchor: ['achievement.recorded'], beside: [] },
  office: 'data-manager',
  isOwn: true,
  filters: {
    agency: { says: 'Slug of an agency that recorded one of the two.' },
    state: { says: 'Whether it was waived.', codes: STATES },
  },
  fields: {
    kind: text('accredited or non-accredited.'),
    title: text('Title.'),
    level: coded(text('Level.'), 'assessment-levels'),
    first: group<AwardTold>('The one recorded first.', awardFields),
    again: group<AwardTold>('The one recorded again.', awardFields),
    daysApart: count('Days between the two.'),
    since: day('On which the second was recorded.'),
    position: text('Of the second in the log.'),
    state: code(STATES, 'Whether it was waived.'),
  },
  table: ['since', 'title', 'level', 'first_by', 'first_awardedOn', 'again_by', 'again_awardedOn', 'state'],
  propose: proposeDuplicates,
  row: rowOf,
  matches: chosenBy<DuplicateRow>({
    agency: ({ first, again }, value) => [first.by, again.by].includes(value),
    state: ({ state }, value) => state === value,
  }),
  order: (one, other) => compareDays(one.since, other.since),
});
