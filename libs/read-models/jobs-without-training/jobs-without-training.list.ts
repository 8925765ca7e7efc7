// Jobs outside work-based training that were taken up in a month, without names for whoever pays (views.md, S11; QPID study 90, 5.8).
import type { IsoDate } from '#kernel';
import {
  anchorsOf,
  type Change,
  changeField,
  changeFilter,
  chosenBy,
  code,
  coded,
  compareDays,
  day,
  known,
  list,
  ownAnchors,
  proposeMonth,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { ACTIVITY_GROUPS, activityIn } from '../states/index.ts';

const JOBS: readonly (string | undefined)[] = ['330', '350', '360', '380'];

interface JobRow {
  readonly month: string;
  readonly from: IsoDate | null;
  readonly activityGroup: string | null;
  readonly change: Change;
  readonly forMonth: string;
}

const anchors = anchorsOf(
  'jobs-without-training',
  1,
  { 'destination.recorded': ({ activity, from }) => (JOBS.includes(activity) ? from : undefined) },
  { closing: true },
);

/** Of what was withdrawn others than its source see neither day nor group. */
const rowOf = (seen: SeenItems, { anchor, listed }: RowAt): JobRow | undefined => {
  const recorded = seen.at('destination.recorded', anchor);
  if (!recorded || !listed || (recorded.data.from === undefined && listed.change !== 'withdrawn')) return undefined;
  const { period: month, change, forPeriod: forMonth } = listed;
  return { month, from: known(recorded.data.from), activityGroup: activityIn(recorded.data).group, change, forMonth };
};

export const jobsWithoutTraining = list<JobRow>({
  name: 'jobs-without-training',
  says: 'Jobs without training that were taken up in a month, and what became known, or was taken back, of earlier months since their lists closed.',
  view: anchors.view,
  purposes: ['plan-provision'],
  items: { anchor: ['destination.recorded'], beside: [] },
  filters: { month: { says: 'Month; the one of `on` where nothing is said.', period: 'month' }, change: changeFilter },
  fields: {
    month: text('Month of the list.'),
    from: day('Since when.'),
    activityGroup: coded(code(ACTIVITY_GROUPS, 'Group of activities.'), 'activity-groups'),
    change: changeField,
    forMonth: text('Month in which the job was taken up.'),
  },
  table: ['month', 'from', 'activityGroup', 'change', 'forMonth'],
  closing: { period: 'month', counted: 'change' },
  propose: proposeMonth(anchors, { everybody: ['funder'] }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<JobRow>({ change: ({ change }, value) => change === value }),
  order: (one, other) => compareDays(one.from, other.from),
});
