// Who has the offer of a place, who applied, and who has neither (views.md, S9; QPID study 90, 4.18 and 6.2–6.5).
import type { AgencySlug, IsoDate } from '#kernel';
import {
  chosenBy,
  compareDays,
  daysFirst,
  daysBetween,
  firstDayOfYear,
  isBy,
  known,
  orNull,
  type PersonRow,
  personIn,
  type Place,
  type RowAt,
  type SeenItem,
  type SeenItems,
  saidBy,
} from '../lists/index.ts';
import { adviserIn } from '../states/index.ts';

/** The first that holds is the state. */
export const GUARANTEE_STATES = [
  'in-learning',
  'accepted',
  'placed',
  'offer-held',
  'offer-not-suitable',
  'declined-all',
  'applied',
  'no-application',
] as const;
export type GuaranteeState = (typeof GUARANTEE_STATES)[number];
const SAFE: readonly GuaranteeState[] = ['in-learning', 'accepted', 'placed', 'offer-held'];
export const YEAR_GROUPS = ['11', '12'] as const;

export interface OfferRow {
  readonly agency: AgencySlug | null;
  readonly provision: string | null;
  readonly madeOn: IsoDate | null;
  readonly answer: 'none' | 'accepted' | 'declined';
  readonly startsOn: IsoDate | null;
}

export interface AppliedRow {
  readonly agency: AgencySlug | null;
  readonly submittedOn: IsoDate | null;
}

export interface GuaranteeAdviser {
  readonly agency: AgencySlug | null;
  readonly name: string | null;
}

export interface GuaranteeRow extends PersonRow {
  readonly dateOfBirth: IsoDate | null;
  /** Null where the birth date is not known to whoever needs it. */
  readonly cohort: string | null;
  readonly homeInstitution: AgencySlug | null;
  readonly state: GuaranteeState;
  readonly offers: readonly OfferRow[];
  readonly applications: readonly AppliedRow[];
  readonly placedAt: AgencySlug | null;
  readonly adviser: GuaranteeAdviser | null;
  readonly daysWithout: number | null;
  readonly notSuitable: boolean;
  readonly attention: boolean;
}

export interface CohortAsked extends Pick<RowAt, 'on' | 'chosen'> {
  readonly partnership: Pick<RowAt['partnership'], 'guaranteeBy'>;
}

/** The year of the September to come; what was promised for one is followed up until everybody is to have an offer. */
export const cohortOf = ({ on, chosen, partnership: { guaranteeBy } }: CohortAsked): number => {
  const year = Number(on.slice(0, 4));
  return Number(chosen['cohort'] ?? (on > `${year}-${guaranteeBy}` ? year + 1 : year));
};

/** Who is born from September on is in the year group below. */
const leavesYear11 = (born: IsoDate): number => Number(born.slice(0, 4)) + (born.slice(5) >= '09-01' ? 1 : 0) + 16;

export const guaranteeRow = (seen: SeenItems, at: RowAt): GuaranteeRow | undefined => {
  const cohort = cohortOf(at);
  const { dateOfBirth } = seen.identity;
  const isOf = dateOfBirth === undefined || leavesYear11(dateOfBirth) === cohort - (at.chosen['year-group'] === '12' ? 1 : 0);
  const offers = offersOf(seen, String(cohort), at.on);
  const applications = seen.of('application.submitted').filter((one) => saidBy(at.on)(one) && isFor(one, at, cohort));
  // Who may not know who it is asks about offers alone.
  const isUnknown = dateOfBirth === undefined && seen.identity.familyName === undefined;
  if (!isOf || (isUnknown && offers.length + applications.length === 0)) return undefined;
  return rowOf(seen, at, { cohort, offers, applications });
};

type Applying = SeenItem<'application.submitted' | 'application.placed'>;

const daysIn = ({ data: { choices = [] } }: Applying): readonly IsoDate[] => choices.flatMap(({ startsOn }) => startsOn ?? []);

/** What names no day is for the year that was asked about when it was told. */
const isFor = (one: Applying, { on, partnership }: RowAt, cohort: number): boolean => {
  const days = daysIn(one);
  if (days.length > 0) return days.every((day) => day.startsWith(String(cohort)));
  return cohortOf({ on: one.toldOn ?? on, chosen: {}, partnership }) === cohort;
};

/** The last of that year; one without a day is of the year of its application. */
const placedIn = (seen: SeenItems, at: RowAt, cohort: number): SeenItem<'application.placed'> | undefined => {
  const dated = (one: SeenItem<'application.placed'>): Applying => {
    const { applicationId, of } = one.data;
    const isIt = ({ data, source }: SeenItem<'application.submitted'>): boolean =>
      data.applicationId === applicationId && (of === undefined || of === source);
    return (daysIn(one).length === 0 && seen.of('application.submitted').find(isIt)) || one;
  };
  return seen
    .of('application.placed')
    .filter((one) => saidBy(at.on)(one) && isFor(dated(one), at, cohort))
    .at(-1);
};

interface Facts {
  readonly cohort: number;
  readonly offers: readonly Offer[];
  readonly applications: readonly SeenItem<'application.submitted'>[];
}

interface Offer extends OfferRow {
  readonly answeredOn: IsoDate | undefined;
  readonly isUnsuitable: boolean;
}

const offersOf = (seen: SeenItems, cohort: string, on: IsoDate): readonly Offer[] =>
  seen
    .of('offer.made')
    .filter(({ data, toldOn = on }) => data.cohort === cohort && toldOn <= on)
    .map((made) => ({
      agency: known(made.source),
      ...orNull(made.data, 'provision', 'startsOn'),
      madeOn: known(made.toldOn),
      ...answerTo(seen, made, on),
    }));

/** The last of them. */
const answerTo = (seen: SeenItems, { data, source }: SeenItem<'offer.made'>, on: IsoDate): Omit<Offer, keyof Made> => {
  const isAnswer = (one: SeenItem<'offer.accepted'>): boolean =>
    one.data.offerId === data.offerId && one.source === source && saidBy(on)(one);
  const accepted = seen
    .of('offer.accepted')
    .filter(isAnswer)
    .map(({ place, toldOn }) => ({ place, toldOn, reason: undefined, answer: 'accepted' as const }));
  const declined = seen
    .of('offer.declined')
    .filter(isAnswer)
    .map(({ place, toldOn, data: { reason } }) => ({ place, toldOn, reason, answer: 'declined' as const }));
  const last = [...accepted, ...declined].sort((one, other) => one.place - other.place).at(-1);
  if (!last) return { answer: 'none', answeredOn: undefined, isUnsuitable: false };
  return { answer: last.answer, answeredOn: last.toldOn, isUnsuitable: last.reason === 'not-suitable' };
};

type Made = Pick<OfferRow, 'agency' | 'provision' | 'startsOn' | 'madeOn'>;

const rowOf = (seen: SeenItems, at: RowAt, facts: Facts): GuaranteeRow => {
  const { on } = at;
  const { guaranteeBy } = at.partnership;
  const { cohort, offers, applications } = facts;
  const placed = placedIn(seen, at, cohort);
  const state = stateOf(seen, at, { ...facts, isPlaced: placed !== undefined });
  return {
    ...personIn(seen),
    ...orNull(seen.identity, 'dateOfBirth'),
    cohort: seen.identity.dateOfBirth === undefined ? null : String(cohort),
    homeInstitution: schoolOf(seen, on),
    state,
    offers: offers.map(({ answeredOn: _, isUnsuitable: __, ...offer }) => offer),
    applications: applications.flatMap(({ data: { choices = [] }, toldOn }) =>
      choices.map(({ agency }) => ({ agency, submittedOn: known(toldOn) })),
    ),
    placedAt: firstOf(placed?.data.choices),
    adviser: adviserOf(seen, on),
    daysWithout: SAFE.includes(state) ? null : daysWithout(offers, at.chosen['year-group'] === '12' ? cohort - 1 : cohort, on),
    notSuitable: offers.some(({ isUnsuitable }) => isUnsuitable),
    attention: !SAFE.includes(state) && isTime({ cohort, on, guaranteeBy, hasApplied: applications.length > 0 }),
  };
};

const firstOf = ([choice]: readonly { readonly agency: AgencySlug }[] = []): AgencySlug | null => known(choice?.agency);

const adviserOf = (seen: SeenItems, on: IsoDate): GuaranteeAdviser | null => {
  const adviser = adviserIn(seen, on);
  return adviser?.data.role === 'personal-adviser' ? { agency: known(adviser.source), name: known(adviser.data.name) } : null;
};

const stateOf = (
  seen: SeenItems,
  { on }: RowAt,
  { cohort, offers, applications, isPlaced }: Facts & { readonly isPlaced: boolean },
): GuaranteeState => {
  const begun = seen
    .of('programme.started')
    .some(({ data }) => isBy(data.startedOn, on) && (data.startedOn ?? '') >= firstDayOfYear(cohort));
  const holds: Readonly<Record<GuaranteeState, boolean>> = {
    'in-learning': begun,
    accepted: offers.some(({ answer }) => answer === 'accepted'),
    placed: isPlaced,
    'offer-held': offers.some(({ answer }) => answer === 'none'),
    'offer-not-suitable': offers.some(({ isUnsuitable }) => isUnsuitable),
    'declined-all': offers.length > 0,
    applied: applications.length > 0,
    'no-application': true,
  };
  return GUARANTEE_STATES.find((state) => holds[state]) ?? 'no-application';
};

/** Of the course begun last, whichever was recorded last. */
const schoolOf = (seen: SeenItems, on: IsoDate): AgencySlug | null =>
  seen
    .of('programme.started')
    .filter(({ data }) => data.kind === 'school-course' && isBy(data.startedOn, on))
    .toSorted((one, other) => compareDays(known(one.data.startedOn), known(other.data.startedOn)))
    .at(-1)?.source ?? null;

/** Since the last offer fell away, or since year 11 began, which ends in that year. */
const daysWithout = (offers: readonly Offer[], year11: number, on: IsoDate): number | null => {
  const since = [`${year11 - 1}-09-01`, ...offers.flatMap(({ answeredOn }) => answeredOn ?? [])].sort().at(-1) ?? on;
  return since > on ? null : daysBetween(since, on);
};

interface Term extends Pick<RowAt, 'on'>, Pick<RowAt['partnership'], 'guaranteeBy'> {
  readonly cohort: number;
  readonly hasApplied: boolean;
}

/** For whoever has no place: from June on without an application, and for everybody once all are to have an offer. */
const isTime = ({ cohort, on, guaranteeBy, hasApplied }: Term): boolean =>
  on > `${cohort}-${guaranteeBy}` || (!hasApplied && on >= `${cohort}-06-01`);

export const isChosen = chosenBy<GuaranteeRow>({
  state: ({ state }, value) => state === value,
  school: ({ homeInstitution }, value) => homeInstitution === value,
  since: ({ offers }, value) => offers.some(({ madeOn }) => (madeOn ?? '') >= value),
});

const urgency = ({ cohort, attention, state }: GuaranteeRow): number =>
  (cohort === null ? 100 : 0) + (attention ? 0 : 50) - GUARANTEE_STATES.indexOf(state);

/** Attention first, then who has least, then who has had nothing longest; whose birth date is not known, last. */
export const guaranteeRank = (row: GuaranteeRow): Place => [urgency(row), -(row.daysWithout ?? -1), ...daysFirst(row.dateOfBirth)];
