// What the young people of an area do, and of whom that is to be asked again (views.md, S13).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  code,
  coded,
  day,
  daysFirst,
  group,
  IDENTITY,
  known,
  list,
  orNull,
  personFields,
  personIn,
  type PersonRow,
  ownAnchors,
  proposeAnchors,
  rankedBy,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';
import {
  ACTIVITY_GROUPS,
  activityIn,
  addMonths,
  courseEnd,
  type Destination,
  destinationOn,
  isLearning,
  isRunning,
  lapseOf,
  NEET_GROUPS,
  programmesIn,
} from '../states/index.ts';

const CURRENCIES = ['current', 'due', 'lapsed'] as const;

interface Contradiction {
  readonly of: AgencySlug | null;
  readonly startedOn: IsoDate | null;
}

interface ActivityRow extends PersonRow {
  readonly activity: string | null;
  readonly group: string | null;
  readonly from: IsoDate | null;
  readonly verifiedOn: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly currency: (typeof CURRENCIES)[number] | null;
  readonly lapsesOn: IsoDate | null;
  readonly contradictedBy: Contradiction | null;
}

const anchors = anchorsOf('activities', 1, { 'destination.recorded': ({ from }) => from });

/** Of a learner's destinations the one that stands makes the row. */
const rowOf = (seen: SeenItems, { on, anchor }: RowAt): ActivityRow | undefined => {
  const destination = destinationOn(seen, on);
  if (!destination || destination.place !== anchor) return undefined;
  const { data, source } = destination;
  const { code: activity, group: activityGroup } = activityIn(data);
  const lapsesOn = lapseIn(seen, destination, on);
  return {
    ...personIn(seen),
    activity,
    group: activityGroup,
    ...orNull(data, 'from', 'verifiedOn'),
    by: known(source),
    currency: currencyOf(lapsesOn, on),
    lapsesOn,
    contradictedBy: contradictionOf(seen, { activityGroup, from: known(data.from), on }),
  };
};

/** Of learning the day after the course ends, where its source named no day, and no longer than the table has it. */
const lapseIn = (seen: SeenItems, { data: { activity, from, verifiedOn, until } }: Destination, on: IsoDate): IsoDate | null => {
  if (activity === undefined || verifiedOn === undefined) return null;
  if (until !== undefined || from === undefined || !isLearning(activity)) return lapseOf(activity, { verifiedOn, until });
  const end = courseEnd(seen, { from, on });
  return lapseOf(activity, { verifiedOn, until: end && addDays(end, 1) });
};

/** Due for a month before. */
const currencyOf = (lapsesOn: IsoDate | null, on: IsoDate): ActivityRow['currency'] => {
  if (lapsesOn === null) return null;
  if (lapsesOn <= on) return 'lapsed';
  return addMonths(lapsesOn, -1) <= on ? 'due' : 'current';
};

/** A programme that goes on, begun since. */
const contradictionOf = (
  seen: SeenItems,
  { activityGroup, from, on }: { readonly activityGroup: string | null; readonly from: IsoDate | null; readonly on: IsoDate },
): Contradiction | null => {
  if (!NEET_GROUPS.includes(activityGroup)) return null;
  const running = programmesIn(seen, on).find((one) => isRunning(one) && (one.startedOn ?? '') >= (from ?? ''));
  return running ? { of: running.of, startedOn: running.startedOn } : null;
};

export const activities = list<ActivityRow>({
  name: 'activities',
  says: 'What the young people of the area do, since when, and until when that counts.',
  view: anchors.view,
  purposes: ['track-participation'],
  items: {
    anchor: ['destination.recorded'],
    beside: [...IDENTITY, 'programme.started', 'programme.left-early', 'programme.moved-on'],
  },
  filters: {
    state: { says: 'The one that stands; there is no other.', codes: ['current'] },
    group: { says: 'Group of activities.', codes: ACTIVITY_GROUPS },
    stale: { says: 'Whether it counts no more.', codes: ['true', 'false'] },
    'not-contacted-since': { says: 'Verified before that day.', period: 'day' },
  },
  fields: {
    ...personFields,
    activity: coded(text('CCIS code, where it may be seen.'), 'ccis-activity'),
    group: coded(code(ACTIVITY_GROUPS, 'Its group.'), 'activity-groups'),
    from: day('Since when.'),
    verifiedOn: day('Day on which it was verified.'),
    by: text('Slug of the agency that recorded it.'),
    currency: coded(code(CURRENCIES, 'Due: it counts for a month more at most.'), 'currency'),
    lapsesOn: day('From when on it counts no more.'),
    contradictedBy: group<Contradiction>('A programme that goes on, of whoever is not in education, employment or training.', {
      of: text('Slug of the agency that runs it.'),
      startedOn: day('First day.'),
    }),
  },
  table: ['familyName', 'givenName', 'activity', 'group', 'from', 'verifiedOn', 'lapsesOn'],
  propose: proposeAnchors(anchors, { days: 'none' }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<ActivityRow>({
    group: ({ group: one }, value) => one === value,
    stale: ({ currency }, value) => String(currency === 'lapsed') === value,
    'not-contacted-since': ({ verifiedOn }, value) => (verifiedOn ?? '') < value,
  }),
  ...rankedBy<ActivityRow>(({ lapsesOn }) => daysFirst(lapsesOn)),
});
