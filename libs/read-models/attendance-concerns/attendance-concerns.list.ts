// Concerns about attendance, before somebody leaves (views.md, S26; QPID study 90, annex 2).
import { addDays, type AgencySlug, type IsoDate, londonDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  compareDays,
  count,
  day,
  flag,
  IDENTITY,
  isBy,
  known,
  list,
  orNull,
  personFields,
  type PersonRow,
  personIn,
  ownAnchors,
  proposeAnchors,
  type RowAt,
  type SeenItem,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { programmeNamed, weekOn } from '../states/index.ts';

/** Days over which concerns are counted, how many of them want attention, and weeks in which one does. */
const [SPAN_DAYS, MANY, FIRST_WEEKS] = [28, 3, 12];

interface ConcernRow extends PersonRow {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly on: IsoDate | null;
  readonly week: number | null;
  readonly first12: boolean | null;
  readonly kind: string | null;
  readonly note: string | null;
  readonly count28d: number;
  readonly recordedOn: IsoDate | null;
  readonly attention: boolean;
}

const anchors = anchorsOf('attendance-concerns', 1, { 'attendance.concern': ({ on }) => on });

const rowOf = (seen: SeenItems, { on, anchor, knownAt }: RowAt): ConcernRow | undefined => {
  const concern = seen.at('attendance.concern', anchor);
  const happened = concern?.data.on;
  if (!concern || happened === undefined || happened > on) return undefined;
  const count28d = countOf(seen, concern, happened);
  const weeks = weeksOf(seen, concern, { happened, on });
  return {
    ...personIn(seen),
    of: known(concern.data.of ?? concern.source),
    ...orNull(concern.data, 'programmeId', 'kind', 'note'),
    on: happened,
    ...weeks,
    count28d,
    recordedOn: knownAt === undefined ? null : londonDate(knownAt),
    attention: count28d >= MANY || weeks.first12 === true,
  };
};

const weeksOf = (
  seen: SeenItems,
  concern: SeenItem<'attendance.concern'>,
  { happened, on }: { readonly happened: IsoDate; readonly on: IsoDate },
): Pick<ConcernRow, 'week' | 'first12'> => {
  const week = weekOn(known(programmeNamed(seen, concern, on)?.startedOn), happened);
  return { week, first12: week === null ? null : week <= FIRST_WEEKS };
};

/** Up to that day, of the same programme: ids are each agency's own. */
const countOf = (seen: SeenItems, concern: SeenItem<'attendance.concern'>, day: IsoDate): number =>
  seen
    .of('attendance.concern')
    .filter(
      ({ source, data }) =>
        source === concern.source &&
        data.programmeId === concern.data.programmeId &&
        isBy(data.on, day) &&
        (data.on ?? '') > addDays(day, -SPAN_DAYS),
    ).length;

export const attendanceConcerns = list<ConcernRow>({
  name: 'attendance-concerns',
  says: 'Concerns about attendance, as advisers, the provider and the school that sent the learner may see them.',
  view: anchors.view,
  purposes: ['support-learner', 'deliver-programme'],
  items: {
    anchor: ['attendance.concern'],
    beside: [...IDENTITY, 'programme.started', 'programme.left-early', 'programme.moved-on'],
  },
  filters: {
    from: { says: 'Of that day or later.', period: 'day' },
    to: { says: 'Of that day or before.', period: 'day' },
    programme: { says: "The agency's id for the programme." },
    provider: { says: 'Slug of the agency that runs it.' },
    attention: { says: 'Those alone that want attention.', codes: ['any'] },
  },
  fields: {
    ...personFields,
    of: text('Slug of the agency that runs the programme.'),
    programmeId: text('Its id for the programme.'),
    week: count('Week of the programme, from 1.'),
    on: day('Day.'),
    kind: text('What it is about.'),
    note: text('What the agency noted.'),
    count28d: count('Concerns of this programme within 28 days up to then, as far as may be seen.'),
    first12: flag('Whether within the first twelve weeks.'),
    recordedOn: day('Day on which the broker had it, and told whoever follows the learner.'),
    attention: flag('Three within 28 days, or one within the first twelve weeks.'),
  },
  table: ['familyName', 'givenName', 'of', 'on', 'kind', 'count28d', 'attention'],
  propose: proposeAnchors(anchors, { newestFirst: true }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<ConcernRow>({
    programme: ({ programmeId }, value) => programmeId === value,
    provider: ({ of }, value) => of === value,
    attention: ({ attention }) => attention,
  }),
  order: (one, other) => compareDays(other.on, one.on),
});
