// The risk of failing, assessed once for everybody on programme (views.md, S25; E2E p. 23–24).
import { ADVISERS } from '#duties';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  code,
  coded,
  compareDays,
  day,
  daysFirst,
  IDENTITY,
  isBy,
  isPast,
  known,
  list,
  personFields,
  personIn,
  type PersonRow,
  ownAnchors,
  proposeAnchors,
  rankedBy,
  type RowAt,
  saidBy,
  type SeenItem,
  type SeenItems,
  text,
} from '../lists/index.ts';
import {
  type AdviserTerm,
  assessmentsSeen,
  type AssessmentSeen,
  dueOfAdviser,
  isResponsible,
  isRunning,
  programmeOf,
  termDue,
} from '../states/index.ts';

const STATES = ['missing', 'due', 'valid', 'expired'] as const;
/** After the start, within which it is assessed; for which an assessment is valid that does not say. */
const VALID_DAYS = 90;

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

const rowOf = (seen: SeenItems, at: RowAt): RiskRow | undefined => {
  const { on } = at;
  const started = seen.at('programme.started', at.anchor);
  const programme = started && programmeOf(seen, started, on);
  if (!programme || !isRunning(programme)) return undefined;
  const { of, programmeId, startedOn } = programme;
  const referral = seen
    .of('referral.made')
    .filter(({ data }) => data.to === of)
    .filter(saidBy(on))
    .at(-1);
  return { ...personIn(seen), of, programmeId, startedOn, route: known(referral?.data.route), ...assessedIn(seen, started, at) };
};

type Assessed = Pick<RiskRow, 'state' | 'assessedOn' | 'validUntil' | 'by' | 'level' | 'due'>;
type Started = SeenItem<'programme.started'>;

/** The provider has its own day; the adviser's agency has longer where it came to be responsible later. */
const dueFor = (seen: SeenItems, { of, due, toldOn }: AdviserTerm & { readonly of: AgencySlug | undefined }, at: RowAt): IsoDate =>
  of !== at.asker.slug && isResponsible(seen, at) ? dueOfAdviser(seen, at, { due, toldOn }) : due;

const notAssessed = (seen: SeenItems, { data: { startedOn }, source: of, toldOn }: Started, at: RowAt): Assessed => {
  const first = startedOn && termDue(at, { duty: 'risk-of-failing', usual: 'P28D', from: startedOn, toldOn });
  const due = first === undefined ? null : dueFor(seen, { of, due: first, toldOn }, at);
  return { state: isPast(due, at.on) ? 'missing' : 'due', assessedOn: null, validUntil: null, by: null, level: null, due };
};

const assessedIn = (seen: SeenItems, started: Started, at: RowAt): Assessed => {
  const risk = lastRisk(seen, at.on);
  const assessedOn = risk?.data.assessedOn;
  if (!risk || assessedOn === undefined) return notAssessed(seen, started, at);
  const validUntil = risk.data.validUntil ?? addDays(assessedOn, VALID_DAYS);
  const told = { assessedOn, validUntil, by: known(risk.source), level: known(risk.data.outcome?.level) };
  const ended = { of: started.source, due: validUntil, toldOn: risk.toldOn };
  return { ...standingOf(validUntil, notAssessed(seen, started, at), { started, on: at.on, due: dueFor(seen, ended, at) }), ...told };
};

/** What ended before the programme began is of another time: it is to be assessed as if nobody had. */
const standingOf = (
  validUntil: IsoDate,
  { state, due: first }: Assessed,
  { started, on, due }: { readonly started: Started; readonly on: IsoDate; readonly due: IsoDate },
): Pick<Assessed, 'state' | 'due'> => {
  if (isPast(validUntil, started.data.startedOn ?? '')) return { state, due: first };
  return { state: validUntil < on ? 'expired' : 'valid', due };
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
    beside: [
      ...IDENTITY,
      'assessment.recorded',
      'assessment.rectified',
      'referral.made',
      'programme.left-early',
      'programme.moved-on',
      ...ADVISERS,
    ],
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
    due: day('By when it is to be assessed, or assessed anew: for an agency to which that passed, later.'),
  },
  table: ['familyName', 'givenName', 'of', 'startedOn', 'state', 'validUntil', 'due'],
  propose: proposeAnchors(anchors, { days: 'none' }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<RiskRow>({ state: ({ state }, value) => state === value, provider: ({ of }, value) => of === value }),
  ...rankedBy(({ due, startedOn }) => daysFirst(due, startedOn)),
});
