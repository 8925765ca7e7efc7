// Who has to do what by when, learner by learner (views.md, part 4; E2E p. 13).
import { ABOUT_KINDS, BESIDE, DUTY_STATES, TRIGGERS } from '#duties';
import {
  anchorsOf,
  code,
  count,
  day,
  flag,
  group,
  IDENTITY,
  list,
  personFields,
  ownAnchors,
  proposeAnchors,
  rankedBy,
  text,
} from '../lists/index.ts';
import { type AboutRow, BEARERS, dutyRank, type DutyRow, dutyRows, isChosen } from './duties.answer.ts';

const toldOn = (_: unknown, on: string): string => on;
const anchors = anchorsOf('duties', 3, Object.fromEntries(TRIGGERS.map((type) => [type, toldOn])), { together: true });

export const aboutGroup = group<AboutRow>('What it is about.', {
  kind: code(ABOUT_KINDS, 'Whether that is a programme, a review, a referral or what else.'),
  id: text('As its agency calls it.'),
  of: text('Slug of that agency.'),
});

export const duties = list<DutyRow>({
  name: 'duties',
  says: 'What protocols ask of the agencies around a learner after something happened, by when, and whether it was done.',
  view: anchors.view,
  purposes: ['support-learner', 'deliver-programme', 'plan-learning'],
  items: { anchor: TRIGGERS, beside: [...IDENTITY, ...BESIDE] },
  filters: {
    state: { says: 'Whether it was done.', codes: DUTY_STATES },
    duty: { says: 'Id of the duty, as follow-up.' },
    'due-before': { says: 'Due before that day.', period: 'day' },
    bearer: { says: 'Whose it is.', codes: BEARERS },
    about: { says: 'Id of what it is about, or of the programme that that is of.' },
  },
  fields: {
    ...personFields,
    dutyId: text('Names it, towards the asking agency alone.'),
    protocol: text('The protocol and version that asks for it.'),
    duty: text('Its id there.'),
    says: text('What is to be done, in words.'),
    bearer: code(BEARERS, 'Whether the asking agency has to do it.'),
    byFallback: flag('Whether it is, since its link adviser stands in where nobody else is responsible.'),
    of: text('Slug of the agency that runs the programme that it is about.'),
    programmeId: text('Its id for the programme.'),
    about: aboutGroup,
    since: day('Day from which time runs.'),
    due: day('Last day in time.'),
    state: code(DUTY_STATES, 'Void: what it is about was over before.'),
    dischargedBy: text('Position of what did it, where the asking agency told that itself.'),
    dischargedOn: day('Day on which it was done.'),
    lateByDays: count('How many days late it was done; null where it was in time, or is not done.'),
    knownLate: flag('Whether it was done in time and told too late.'),
  },
  table: ['familyName', 'givenName', 'says', 'bearer', 'programmeId', 'due', 'state'],
  propose: proposeAnchors(anchors, { days: 'none' }),
  hasOwn: ownAnchors(anchors),
  row: dutyRows,
  matches: isChosen,
  ...rankedBy(dutyRank),
});
