// Who started and who finished in a month (views.md, S11; QPID study 90, 5.8 and 6.11).
import type { AgencySlug, IsoDate } from '#kernel';
import {
  type Change,
  changeField,
  changeFilter,
  chosenBy,
  code,
  coded,
  compareDays,
  count,
  day,
  IDENTITY,
  known,
  list,
  orNull,
  personFields,
  personIn,
  type PersonRow,
  type RowAt,
  type SeenItem,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { destinationIn, reasonIn, weekOn } from '../states/index.ts';
import { hasOwnStarts, proposeStarts } from './starts-and-finishes.query.ts';
import { startAnchors } from './starts-and-finishes.view.ts';

const EVENTS = ['start', 'left-early', 'moved-on'] as const;

interface StartRow extends PersonRow {
  readonly month: string;
  readonly event: (typeof EVENTS)[number];
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly kind: string | null;
  readonly title: string | null;
  readonly strand: string | null;
  readonly startedOn: IsoDate | null;
  readonly on: IsoDate | null;
  readonly plannedEnd: IsoDate | null;
  readonly week: number | null;
  readonly reason: string | null;
  readonly reasonGroup: string | null;
  readonly destination: string | null;
  readonly group: string | null;
  readonly change: Change;
  readonly forMonth: string;
}

type Started = SeenItem<'programme.started'>;

interface Happened {
  readonly event: StartRow['event'];
  readonly day: IsoDate | undefined;
  readonly source: AgencySlug | undefined;
  readonly programmeId: string | undefined;
  readonly own: boolean;
  readonly started: Started | undefined;
  readonly why: Pick<StartRow, 'reason' | 'reasonGroup' | 'destination' | 'group'>;
}

const NO_REASON = { reason: null, reasonGroup: null, destination: null, group: null };

const happenedAt = (seen: SeenItems, { anchor }: RowAt): Happened | undefined => {
  const started = seen.at('programme.started', anchor);
  if (started) return { event: 'start', day: started.data.startedOn, ...ofProgramme(started), started, why: NO_REASON };
  const left = seen.at('programme.left-early', anchor);
  if (left) {
    const { code: reason, group: reasonGroup } = reasonIn(left.data);
    return { event: 'left-early', day: left.data.leftOn, ...endOf(seen, left), why: { ...NO_REASON, reason, reasonGroup } };
  }
  const moved = seen.at('programme.moved-on', anchor);
  if (!moved) return undefined;
  const { code: destination, group } = destinationIn(moved.data);
  return { event: 'moved-on', day: moved.data.on, ...endOf(seen, moved), why: { ...NO_REASON, destination, group } };
};

type Named = Pick<Happened, 'source' | 'own'> & { readonly data: { readonly programmeId?: string } };

const ofProgramme = ({ source, own, data }: Named): Pick<Happened, 'source' | 'own' | 'programmeId'> => ({
  ...{ source, own, programmeId: data.programmeId },
});

const endOf = (seen: SeenItems, item: Named): Pick<Happened, 'source' | 'own' | 'programmeId' | 'started'> => ({
  ...ofProgramme(item),
  started: startsOf(seen, ofProgramme(item))[0],
});

const startsOf = (seen: SeenItems, { source, programmeId }: Pick<Happened, 'source' | 'programmeId'>): readonly Started[] =>
  seen.of('programme.started').filter((one) => one.source === source && one.data.programmeId === programmeId);

/** A pupil's course is none of a funder's (S11). Of two ends of one programme the first accepted counts (V10). */
const rowOf = (seen: SeenItems, at: RowAt): StartRow | undefined => {
  const { listed } = at;
  const happened = happenedAt(seen, at);
  if (!happened || !listed || isLeftOut(seen, happened, at)) return undefined;
  const { day: when, started } = happened;
  return {
    month: listed.period,
    event: happened.event,
    of: known(happened.source),
    programmeId: known(happened.programmeId),
    ...personIn(seen),
    ...orNull(started?.data, 'kind', 'title', 'strand', 'startedOn', 'plannedEnd'),
    on: known(when),
    week: when === undefined ? null : weekOn(known(started?.data.startedOn), when),
    ...happened.why,
    change: listed.change,
    forMonth: listed.forPeriod,
  };
};

/** Of what was withdrawn others than its source see no day. */
const isLeftOut = (seen: SeenItems, happened: Happened, at: RowAt): boolean => {
  if (isNoneOfTheirs(seen, happened, at)) return true;
  const { day: when } = happened;
  return at.listed?.change !== 'withdrawn' && (when === undefined || when > at.on || isSecondEnd(seen, happened, at));
};

/** An end does not say of what it is: where no start is seen, it may be a course's. */
const isNoneOfTheirs = (seen: SeenItems, { event, own, started, ...ended }: Happened, { asker }: RowAt): boolean => {
  if (own || !asker.roles.includes('funder')) return false;
  const starts = event === 'start' && started ? [started] : startsOf(seen, ended);
  return starts.length === 0 || starts.some(({ data }) => data.kind === 'school-course');
};

const isSecondEnd = (seen: SeenItems, { event, source, programmeId }: Happened, { anchor = 0 }: RowAt): boolean =>
  event !== 'start' &&
  [...seen.of('programme.left-early'), ...seen.of('programme.moved-on')].some(
    (one) => one.source === source && one.data.programmeId === programmeId && one.place < anchor,
  );

export const startsAndFinishes = list<StartRow>({
  name: 'starts-and-finishes',
  says: 'Programmes begun, left and moved on from in a month, and what became known, or was taken back, of earlier months since their lists closed.',
  view: startAnchors.view,
  purposes: ['account-for-funding', 'track-participation'],
  items: { anchor: ['programme.started', 'programme.left-early', 'programme.moved-on'], beside: [...IDENTITY] },
  filters: {
    month: { says: 'Month of the list; the one of `on` where nothing is said.', period: 'month' },
    provider: { says: 'Slug of the agency that runs the programme.' },
    kind: { says: 'Kind of programme, such as e2e.' },
    change: changeFilter,
  },
  fields: {
    month: text('Month of the list.'),
    event: code(EVENTS, 'What happened.'),
    of: text('Slug of the agency that runs the programme.'),
    programmeId: text('Its id for the programme.'),
    ...personFields,
    kind: coded(text('Kind, such as e2e.'), 'programme-kinds'),
    title: text('Title.'),
    strand: text('Strand.'),
    startedOn: day('First day.'),
    on: day('Day of what happened.'),
    plannedEnd: day('Planned last day.'),
    week: count('Week of the programme, from 1.'),
    reason: coded(text('Reason for leaving, where it may be seen.'), 'leaving-reasons'),
    reasonGroup: coded(text('Its group.'), 'reason-groups'),
    destination: text('CCIS code of what the learner moved on to, where it may be seen.'),
    group: coded(text('Its group.'), 'activity-groups'),
    change: changeField,
    forMonth: text('Month in which it happened.'),
  },
  table: ['month', 'event', 'of', 'programmeId', 'kind', 'on', 'change'],
  closing: { period: 'month', counted: 'event' },
  propose: proposeStarts,
  hasOwn: hasOwnStarts,
  row: rowOf,
  matches: chosenBy<StartRow>({
    provider: ({ of }, value) => of === value,
    kind: ({ kind }, value) => kind === value,
    change: ({ change }, value) => change === value,
  }),
  order: (one, other) =>
    compareDays(one.on, other.on) ||
    (one.of ?? '').localeCompare(other.of ?? '') ||
    (one.programmeId ?? '').localeCompare(other.programmeId ?? ''),
});
