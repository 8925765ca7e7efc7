// Learners to be followed up within two weeks of being informed (views.md, S6; E2E p. 13).
import { ADVISERS } from '#duties';
import type { AgencySlug } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  code,
  count,
  day,
  daysBetween,
  daysFirst,
  IDENTITY,
  known,
  list,
  personFields,
  type PersonRow,
  personIn,
  ownAnchors,
  proposeAnchors,
  rankedBy,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { FOLLOW_UP_STATES, type FollowUpRow, followUpOf, programmeNamed } from '../states/index.ts';

interface FollowUpsRow extends PersonRow, FollowUpRow {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly lateByDays: number | null;
}

const anchors = anchorsOf('follow-ups', 1, { 'adviser.informed': ({ on }) => on });

const rowOf = (seen: SeenItems, at: RowAt): FollowUpsRow | undefined => {
  const informed = seen.at('adviser.informed', at.anchor);
  const found = informed && followUpOf(seen, informed, at);
  if (!found) return undefined;
  const { of, programmeId = null } = informed.data;
  const lateByDays = found.madeOn !== null && found.madeOn > found.due ? daysBetween(found.due, found.madeOn) : null;
  return { ...personIn(seen), of: of ?? known(programmeNamed(seen, informed, at.on)?.of), programmeId, ...found, lateByDays };
};

export const followUps = list<FollowUpsRow>({
  name: 'follow-ups',
  says: 'Learners of whom an adviser was informed, and whether the adviser has followed up.',
  view: anchors.view,
  purposes: ['deliver-programme', 'support-learner'],
  items: {
    anchor: ['adviser.informed'],
    beside: [...IDENTITY, 'follow-up.made', 'programme.started', 'programme.left-early', 'programme.moved-on', ...ADVISERS],
  },
  filters: {
    state: { says: 'Whether it was made.', codes: FOLLOW_UP_STATES },
    provider: { says: 'Slug of the agency that runs the programme.' },
    from: { says: 'Informed on that day or later.', period: 'day' },
    to: { says: 'Informed on that day or before.', period: 'day' },
  },
  fields: {
    ...personFields,
    of: text('Slug of the agency that runs the programme.'),
    programmeId: text('Its id for the programme.'),
    informedOn: day('Day on which the adviser was informed.'),
    due: day('Last day to follow up: later, where it passed to another agency.'),
    state: code(FOLLOW_UP_STATES, 'Discharged: made. Void: the learner left before.'),
    madeOn: day('Day on which it was made.'),
    lateByDays: count('How many days late; null where it was in time, or not made.'),
  },
  table: ['familyName', 'givenName', 'of', 'informedOn', 'due', 'state', 'madeOn'],
  propose: proposeAnchors(anchors),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<FollowUpsRow>({ state: ({ state }, value) => state === value, provider: ({ of }, value) => of === value }),
  ...rankedBy(({ due, informedOn }) => daysFirst(due, informedOn)),
});
