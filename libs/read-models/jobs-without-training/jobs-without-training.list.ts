// Jobs outside work-based training that were taken up in a month, without names for whoever pays (views.md, S11; QPID study 90, 5.8).
import { addDays, type IsoDate } from '#kernel';
import {
  anchorsFor,
  anchorsOf,
  code,
  compareDays,
  day,
  list,
  type Proposed,
  type Proposing,
  type RowAt,
  type SeenItems,
  text,
  whomConcerns,
} from '../lists/index.ts';
import type { ViewReader } from '../engine/index.ts';
import { ACTIVITY_GROUPS, activityIn } from '../states/index.ts';

const JOBS: readonly (string | undefined)[] = ['330', '350', '360', '380'];

interface JobRow {
  readonly month: string;
  readonly from: IsoDate;
  readonly activityGroup: string | null;
}

const anchors = anchorsOf('jobs-without-training', 1, {
  'destination.recorded': ({ activity, from }) => (JOBS.includes(activity) ? from : undefined),
});

const propose = async (views: ViewReader, { asker, on, chosen, after, limit }: Proposing): Promise<Proposed> => {
  const month = chosen['month'] ?? on.slice(0, 7);
  const last = addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
  const between = { day: { from: `${month}-01`, to: last < on ? last : on } };
  const among = asker.roles.includes('funder') ? {} : { among: whomConcerns(asker) };
  return anchorsFor(views, anchors, { ...among, where: { type: 'destination.recorded' }, between, limit, ...(after && { after }) });
};

const rowOf = (seen: SeenItems, { anchor }: RowAt): JobRow | undefined => {
  const recorded = seen.at('destination.recorded', anchor);
  const from = recorded?.data.from;
  return recorded && from !== undefined ? { month: from.slice(0, 7), from, activityGroup: activityIn(recorded.data).group } : undefined;
};

export const jobsWithoutTraining = list<JobRow>({
  name: 'jobs-without-training',
  says: 'Jobs without training that were taken up in a month.',
  view: anchors.view,
  purposes: ['plan-provision'],
  items: { anchor: ['destination.recorded'], beside: [] },
  filters: { month: { says: 'Month; the one of `on` where nothing is said.', period: 'month' } },
  fields: {
    month: text('Month.'),
    from: day('Since when.'),
    activityGroup: code(ACTIVITY_GROUPS, 'Group of activities.'),
  },
  table: ['month', 'from', 'activityGroup'],
  propose,
  row: rowOf,
  matches: () => true,
  order: (one, other) => compareDays(one.from, other.from),
});
