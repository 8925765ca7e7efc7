// On which days reviews are scheduled at which provider: the plan of advisers' visits (views.md, S6; E2E p. 20).
import type { AgencySlug, IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  compareDays,
  day,
  flag,
  IDENTITY,
  known,
  list,
  orNull,
  personFields,
  type PersonRow,
  personIn,
  ownAnchors,
  proposeAnchors,
  type RowAt,
  type SeenItems,
  text,
  texts,
} from '../lists/index.ts';
import { heldBy, isOf, programmeNamed, scheduledIn } from '../states/index.ts';

interface VisitRow extends PersonRow {
  readonly on: IsoDate | null;
  readonly of: AgencySlug | null;
  readonly reviewId: string | null;
  readonly programmeId: string | null;
  readonly attendanceRequested: readonly string[];
  readonly reason: string | null;
  readonly held: boolean;
}

const anchors = anchorsOf('visits', 1, { 'review.scheduled': ({ on }) => on });

const rowOf = (seen: SeenItems, { on, anchor }: RowAt): VisitRow | undefined => {
  const scheduled = scheduledIn(seen).find(({ place }) => place === anchor);
  if (!scheduled) return undefined;
  const { attendanceRequested = [], ...data } = scheduled.data;
  return {
    ...personIn(seen),
    ...orNull(data, 'on', 'reviewId', 'programmeId', 'reason'),
    of: known(data.of ?? programmeNamed(seen, scheduled, on)?.of ?? scheduled.source),
    attendanceRequested,
    held: heldBy(seen, on).some(isOf(seen, scheduled)),
  };
};

export const visits = list<VisitRow>({
  name: 'visits',
  says: 'Days for which reviews are scheduled, by provider: when advisers are at which centre.',
  view: anchors.view,
  purposes: ['support-learner', 'deliver-programme'],
  items: {
    anchor: ['review.scheduled'],
    beside: [...IDENTITY, 'review.held', 'programme.started', 'programme.left-early', 'programme.moved-on'],
  },
  filters: {
    provider: { says: 'Slug of the agency that runs the programme.' },
    from: { says: 'Scheduled for that day or later.', period: 'day' },
    to: { says: 'Scheduled for that day or before.', period: 'day' },
  },
  fields: {
    ...personFields,
    on: day('Day for which it is scheduled.'),
    of: text('Slug of the agency that runs the programme.'),
    reviewId: text('Id of the review.'),
    programmeId: text("The agency's id for the programme."),
    attendanceRequested: texts('Whose attendance is requested.'),
    reason: text('Why.'),
    held: flag('Whether it was held.'),
  },
  table: ['on', 'of', 'familyName', 'givenName', 'attendanceRequested', 'reason'],
  propose: proposeAnchors(anchors, { ahead: true }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<VisitRow>({ provider: ({ of }, value) => of === value }),
  order: (one, other) => compareDays(one.on, other.on) || (one.of ?? '').localeCompare(other.of ?? ''),
});
