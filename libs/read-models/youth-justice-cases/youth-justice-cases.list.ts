// Young people under an order, for the youth offending team and their adviser alone (views.md, S7; E2E p. 17–19). No row has a name.
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  compareDays,
  day,
  flag,
  group,
  isBy,
  isPast,
  known,
  list,
  orNull,
  ownAnchors,
  proposeAnchors,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { assessmentsSeen, isByItsAgency, isRunning, programmesIn, type ProgrammeRow, termDue } from '../states/index.ts';

/** After the start within which a conference is held; for which an assessment is valid that does not say. */
const VALID_DAYS = 90;

interface OnProgramme {
  readonly of: AgencySlug | null;
  readonly startedOn: IsoDate | null;
}

interface CaseRow {
  readonly order: string | null;
  readonly until: IsoDate | null;
  readonly riskAssessedOn: IsoDate | null;
  readonly riskValidUntil: IsoDate | null;
  readonly lastConferenceOn: IsoDate | null;
  readonly conferenceDue: IsoDate | null;
  readonly overdue: boolean;
  readonly programme: OnProgramme | null;
  readonly placementWithoutConference: boolean;
}

const anchors = anchorsOf('youth-justice-cases', 1, { 'offence.noted': ({ order }, toldOn) => (order === undefined ? undefined : toldOn) });

/** As long as the order is in force. */
const rowOf = (seen: SeenItems, at: RowAt): CaseRow | undefined => {
  const { on, anchor } = at;
  const offence = seen.at('offence.noted', anchor);
  const { order, until = null } = offence?.data ?? {};
  if (order === undefined || isPast(until, on)) return undefined;
  const conferences = conferencesBy(seen, on);
  const programme = programmesIn(seen, on).filter(isRunning).at(-1);
  const conferenceDue = dueOf(seen, at, { programme, conferences });
  return {
    order,
    until,
    ...riskIn(seen, on),
    lastConferenceOn: known(conferences.at(-1)),
    conferenceDue,
    overdue: isPast(conferenceDue, on),
    programme: programme ? orNull(programme, 'of', 'startedOn') : null,
    placementWithoutConference: isPlacedWithout(seen, { conferences, from: known(programme?.startedOn), on }),
  };
};

const conferencesBy = (seen: SeenItems, on: IsoDate): readonly IsoDate[] =>
  seen
    .of('case-conference.held')
    .flatMap(({ data }) => (isBy(data.on, on) ? (data.on ?? []) : []))
    .sort();

/** Of the programme that goes on; null where one was held since its start. */
const dueOf = (seen: SeenItems, at: RowAt, { programme, conferences }: Conferred): IsoDate | null => {
  const from = known(programme?.startedOn);
  if (programme === undefined || from === null || conferences.some((held) => held >= from)) return null;
  const toldOn = seen.of('programme.started').find(isByItsAgency(programme))?.toldOn;
  return termDue(at, { duty: 'case-conference', usual: 'P28D', from, toldOn });
};

interface Conferred {
  readonly programme: ProgrammeRow | undefined;
  readonly conferences: readonly IsoDate[];
}

const riskIn = (seen: SeenItems, on: IsoDate): Pick<CaseRow, 'riskAssessedOn' | 'riskValidUntil'> => {
  const risk = assessmentsSeen(seen, 'risk-of-reoffending')
    .filter(({ data }) => isBy(data.assessedOn, on))
    .toSorted((one, other) => compareDays(known(one.data.assessedOn), known(other.data.assessedOn)))
    .at(-1);
  const { assessedOn, validUntil } = risk?.data ?? {};
  if (assessedOn === undefined) return { riskAssessedOn: null, riskValidUntil: null };
  return { riskAssessedOn: assessedOn, riskValidUntil: validUntil ?? addDays(assessedOn, VALID_DAYS) };
};

interface Placing {
  readonly conferences: readonly IsoDate[];
  readonly from: IsoDate | null;
  readonly on: IsoDate;
}

/** Placed with an employer before any conference of the programme. */
const isPlacedWithout = (seen: SeenItems, { conferences, from, on }: Placing): boolean =>
  seen.of('placement.started').some(({ data: { on: placed } }) => {
    if (placed === undefined || placed > on || placed < (from ?? '')) return false;
    return !conferences.some((held) => held >= (from ?? '') && held <= placed);
  });

export const youthJusticeCases = list<CaseRow>({
  name: 'youth-justice/cases',
  says: 'Young people under an order: risk, case conferences and programme. No row has a name.',
  view: anchors.view,
  purposes: ['prevent-reoffending', 'support-learner'],
  items: {
    anchor: ['offence.noted'],
    beside: [
      'assessment.recorded',
      'assessment.rectified',
      'case-conference.held',
      'programme.started',
      'programme.left-early',
      'programme.moved-on',
      'placement.started',
    ],
  },
  filters: {
    order: { says: 'Which order.' },
    overdue: { says: 'Whether a case conference is overdue.', codes: ['true', 'false'] },
  },
  fields: {
    order: text('Which order.'),
    until: day('Its last day; null where none was named.'),
    riskAssessedOn: day('Day on which the risk of reoffending was assessed last.'),
    riskValidUntil: day('Last day of that assessment.'),
    lastConferenceOn: day('Day of the last case conference.'),
    conferenceDue: day('By when one is to be held; null where one was, since the programme began.'),
    overdue: flag('Whether it is overdue.'),
    programme: group<OnProgramme>('The programme that goes on, where it may be seen.', {
      of: text('Slug of the agency that runs it.'),
      startedOn: day('First day.'),
    }),
    placementWithoutConference: flag('Whether placed with an employer before a case conference, as far as may be seen.'),
  },
  table: ['order', 'until', 'riskValidUntil', 'lastConferenceOn', 'conferenceDue', 'placementWithoutConference'],
  propose: proposeAnchors(anchors, { days: 'none' }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<CaseRow>({
    order: ({ order }, value) => order === value,
    overdue: ({ overdue }, value) => String(overdue) === value,
  }),
  order: (one, other) => compareDays(one.conferenceDue, other.conferenceDue),
});
