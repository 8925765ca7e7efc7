// The risk of failing, assessed once for everybody on programme (views.md, S25; E2E p. 23–24).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  code,
  coded,
  compareDays,
  day,
  IDENTITY,
  isBy,
  isPast,
  known,
  list,
  personFields,
  personIn,
  type PersonRow,
  proposeAnchors,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { assessmentsSeen, type AssessmentSeen, isRunning, programmeOf } from '../states/index.ts';

const STATES = ['missing', 'due', 'valid', 'expired'] as const;
/** After the start, within which it is assessed; for which an assessment is valid that does not say. */
const [ASSESS_DAYS, VALID_DAYS] = [28, 90];

interface RiskRow extends PersonRow {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly startedOn: IsoDate | null;
  readonly route: string | null;
  readonly state: (typeof STATES)[number];
  readonly assessedOn: IsoDate | null;
  readonly validUntil: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly level: string | null;
  readonly due: IsoDate | null;
}

/** Pupils' courses are not of it. */
const anchors = anchorsOf('risk-assessments', 1, {
  'programme.started': ({ startedOn, kind }) => (kind === 'school-course' ? undefined : startedOn),
});

const rowOf = (seen: SeenItems, { on, anchor }: RowAt): RiskRow | undefined => {
  const started = seen.at('programme.started', anchor);
  const programme = started && programmeOf(seen, started, on);
  if (!programme || !isRunning(programme)) return undefined;
  const { of, programmeId, startedOn } = programme;
  const referral = seen
    .of('referral.made')
    .filter(({ data }) => data.to === of)
    .at(-1);
  return { ...personIn(seen), of, programmeId, startedOn, route: known(referral?.data.route), ...assessedIn(seen, startedOn, on) };
};

type Assessed = Pick<RiskRow, 'state' | 'assessedOn' | 'validUntil' | 'by' | 'level' | 'due'>;

const notAssessed = (startedOn: IsoDate | null, on: IsoDate): Assessed => {
  const due = startedOn && addDays(startedOn, ASSESS_DAYS);
  return { state: isPast(due, on) ? 'missing' : 'due', assessedOn: null, validUntil: null, by: null, level: null, due };
};

const assessedIn = (seen: SeenItems, startedOn: IsoDate | null, on: IsoDate): Assessed => {
  const risk = lastRisk(seen, on);
  const assessedOn = risk?.data.assessedOn;
  if (!risk || assessedOn === undefined) return notAssessed(startedOn, on);
  const validUntil = risk.data.validUntil ?? addDays(assessedOn, VALID_DAYS);
  const told = { assessedOn, validUntil, by: known(risk.source), level: known(risk.data.outcome?.level) };
  return { ...standingOf(validUntil, startedOn, on), ...told };
};

/** What ended before the programme began is of another time: it is to be assessed as if nobody had. */
const standingOf = (validUntil: IsoDate, startedOn: IsoDate | null, on: IsoDate): Pick<Assessed, 'state' | 'due'> => {
  const { state, due } = notAssessed(startedOn, on);
  if (isPast(validUntil, startedOn ?? '')) return { state, due };
  return { state: validUntil < on ? 'expired' : 'valid', due: validUntil };
};

/** By whichever agency: it counts for all. */
const lastRisk = (seen: SeenItems, on: IsoDate): AssessmentSeen | undefined =>
  assessmentsSeen(seen, 'risk-of-failing')
    .filter(({ data }) => isBy(data.assessedOn, on))
    .toSorted((one, other) => compareDays(known(one.data.assessedOn), known(other.data.assessedOn)))
    .at(-1);

export const riskAssessments = list<RiskRow>({
  name: 'risk-assessments',
  says: 'Learners on programme, and whether their risk of failing is assessed.',
  view: anchors.view,
  purposes: ['support-learner', 'deliver-programme'],
  items: {
    anchor: ['programme.started'],
    beside: [...IDENTITY, 'assessment.recorded', 'assessment.rectified', 'referral.made', 'programme.left-early', 'programme.moved-on'],
  },
  filters: {
    state: { says: 'Whether it is assessed.', codes: STATES },
    provider: { says: 'Slug of the agency that runs the programme.' },
  },
  fields: {
    ...personFields,
    of: text('Slug of the agency that runs the programme.'),
    programmeId: text('Its id for the programme.'),
    startedOn: day('First day.'),
    route: coded(text('By which way the learner came there.'), 'referral-routes'),
    state: code(STATES, 'Missing: not assessed within four weeks, as far as may be seen.'),
    assessedOn: day('Day of the last assessment.'),
    validUntil: day('Its last day.'),
    by: text('Slug of the agency that assessed.'),
    level: coded(text('Level found.'), 'assessment-levels'),
    due: day('By when it is to be assessed, or assessed anew.'),
  },
  table: ['familyName', 'givenName', 'of', 'startedOn', 'state', 'validUntil', 'due'],
  propose: proposeAnchors(anchors, { days: 'none' }),
  row: rowOf,
  matches: chosenBy<RiskRow>({ state: ({ state }, value) => state === value, provider: ({ of }, value) => of === value }),
  order: (one, other) => compareDays(one.due, other.due) || compareDays(one.startedOn, other.startedOn),
});
