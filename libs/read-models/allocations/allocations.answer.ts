// Whether a learner has an adviser who is responsible, and since when not (views.md, S5 and part 4; E2E p. 13–15).
import { districtOf, holds, placeOf } from '#agencies';
import { LAPSE_DAYS, refers } from '#duties';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  known,
  chosenBy,
  compareDays,
  daysFirst,
  isBy,
  isPast,
  orNull,
  type PersonRow,
  personIn,
  type Place,
  type RowAt,
  saidBy,
  type SeenItem,
  type SeenItems,
} from '../lists/index.ts';
import { adviserIn, answerTo, type Assigned, isAdviser, programmeOf, startsAfter, termDue } from '../states/index.ts';

export const ALLOCATION_STATES = ['to-allocate', 'allocated'] as const;
export const WHY = ['self-referral', 'other-agency', 'out-of-area', 'adviser-left', 'declined', 'handover'] as const;
const USUAL_TERM = 'P5D';

export interface Responsible {
  readonly agency: AgencySlug | null;
  readonly name: string | null;
  readonly byFallback: boolean;
}

export interface AllocationRow extends PersonRow {
  readonly provider: AgencySlug | null;
  readonly programmeId: string | null;
  readonly startedOn: IsoDate | null;
  readonly route: string | null;
  readonly referredBy: AgencySlug | null;
  readonly office: string | null;
  readonly outOfArea: boolean | null;
  readonly adviserAssigned: string | null;
  readonly responsible: Responsible | null;
  readonly state: (typeof ALLOCATION_STATES)[number];
  readonly since: IsoDate | null;
  readonly due: IsoDate | null;
  readonly overdue: boolean;
  readonly why: (typeof WHY)[number] | null;
}

type Referral = SeenItem<'referral.made'>;
type Ended = SeenItem<'learner.adviser-ended'>;

/** What leads to a row. */
interface Origin {
  readonly provider: AgencySlug | undefined;
  readonly started?: SeenItem<'programme.started'> | undefined;
  readonly referral?: Referral | undefined;
}

/** One row a learner and provider: of several events the last makes it. */
export const allocationRow = (seen: SeenItems, at: RowAt): AllocationRow | undefined => {
  const origin = byProgramme(seen, at) ?? byReferral(seen, at) ?? byEnding(seen, at);
  return origin && rowOf(seen, at, origin);
};

const byProgramme = (seen: SeenItems, { on, anchor }: RowAt): Origin | undefined => {
  const started = seen.at('programme.started', anchor);
  if (!started || started.data.kind === 'school-course' || programmeOf(seen, started, on).state !== 'running') return undefined;
  const later = ({ source, place, data }: SeenItem<'programme.started'>): boolean =>
    source === started.source && place > started.place && isBy(data.startedOn, on);
  const isLast = !seen.of('programme.started').some(later);
  return isLast ? { provider: started.source, started, referral: referralTo(seen, started, on) } : undefined;
};

/** The last before it. */
const referralTo = (seen: SeenItems, { source, place: begun }: SeenItem<'programme.started'>, on: IsoDate): Referral | undefined =>
  seen
    .of('referral.made')
    .filter(saidBy(on))
    .filter((one) => source !== undefined && one.data.to === source && one.place < begun && refers(one))
    .at(-1);

const byReferral = (seen: SeenItems, { on, anchor, asker }: RowAt): Origin | undefined => {
  const referral = seen.at('referral.made', anchor);
  if (!referral || !refers(referral) || !saidBy(on)(referral) || isOver(seen, referral, on)) return undefined;
  const { to } = referral.data;
  if (referral.data.route === 'self') return { provider: referral.source, referral };
  return to === asker.slug ? { provider: undefined, referral } : undefined;
};

/** Answered, lapsed, or followed by a programme. */
const isOver = (seen: SeenItems, referral: Referral, on: IsoDate): boolean => {
  const answer = answerTo(seen, referral, on);
  if (answer !== undefined && answer.state !== 'accepted') return true;
  const { toldOn } = referral;
  return (toldOn !== undefined && addDays(toldOn, LAPSE_DAYS) < on) || startsAfter(seen, referral, on).length > 0;
};

/** Whose programme or referral is seen has a row by that. */
const byEnding = (seen: SeenItems, { on, anchor }: RowAt): Origin | undefined => {
  const ended = seen.at('learner.adviser-ended', anchor);
  return ended?.own && seen.of('programme.started').length === 0 && lastEnded(seen, on)?.place === ended.place
    ? { provider: undefined }
    : undefined;
};

/** By that day. */
const lastEnded = (seen: SeenItems, on: IsoDate): Ended | undefined =>
  seen
    .of('learner.adviser-ended')
    .filter(({ data }) => isBy(data.on, on))
    .at(-1);

const rowOf = (seen: SeenItems, { on, asker, partnership }: RowAt, origin: Origin): AllocationRow => {
  const { provider, started, referral } = origin;
  const isHandover = provider === undefined && referral !== undefined;
  const assigned = assignedIn(seen, on, isHandover);
  return {
    ...personIn(seen),
    provider: known(provider),
    ...orNull(started?.data, 'programmeId', 'startedOn'),
    ...referredBy(referral),
    office: known(assigned?.data.office ?? referral?.data.office),
    outOfArea: isOutside(seen, referral, asker.districts),
    adviserAssigned: known(assigned?.data.role),
    responsible: responsibleIn(assigned, provider, asker.slug),
    ...allocatingIn(seen, origin, { assigned, isHandover, on, partnership }),
  };
};

/** A service to which a learner is handed over has to find an adviser of its own. */
const assignedIn = (seen: SeenItems, on: IsoDate, isHandover: boolean): Assigned | undefined => {
  const current = adviserIn(seen, on);
  return isHandover && !current?.own ? undefined : current;
};

const referredBy = (referral: Referral | undefined): Pick<AllocationRow, 'route' | 'referredBy'> => ({
  route: known(referral?.data.route),
  referredBy: known(referral?.source),
});

type Allocating = Pick<AllocationRow, 'state' | 'since' | 'due' | 'overdue' | 'why'>;
const ALLOCATED: Allocating = { state: 'allocated', since: null, due: null, overdue: false, why: null };

interface Allocated extends Pick<RowAt, 'on' | 'partnership'> {
  readonly assigned: Assigned | undefined;
  readonly isHandover: boolean;
}

/** As the duties to find an adviser have it: who came by another way than the service's own is given one since, whoever had them before. */
const allocatingIn = (seen: SeenItems, origin: Origin, at: Allocated): Allocating => {
  const came = cameBy(seen, origin, at.on);
  if (at.assigned && (came === undefined || isGivenSince(seen, came, at))) return ALLOCATED;
  const left = at.assigned ? undefined : lastEnded(seen, at.on)?.data.on;
  const since = lastOf(came ? came.toldOn : startOf(origin), left);
  const due = since && termDue(at, { duty: dutyIn(since, came, left), usual: USUAL_TERM, from: since });
  return { state: 'to-allocate', since, due, overdue: isPast(due, at.on), why: whyIn(seen, { ...at, referral: origin.referral, left }) };
};

/** Which of the duties to find an adviser it is: after an adviser left, a referral, or a start. */
const dutyIn = (since: IsoDate, came: Referral | undefined, left: IsoDate | undefined): string => {
  if (since === left) return 'allocate-again';
  return came ? 'allocate' : 'allocate-starter';
};

const startOf = ({ started }: Origin): IsoDate | undefined => started?.data.startedOn;

const lastOf = (...days: readonly (IsoDate | undefined)[]): IsoDate | null =>
  days
    .flatMap((day) => day ?? [])
    .sort()
    .at(-1) ?? null;

/** By another way than the service's own, on a referral that came to something: what is said of it after the start changes nothing. */
const cameBy = (seen: SeenItems, { referral, started }: Origin, on: IsoDate): Referral | undefined => {
  if (referral?.data.route === undefined || referral.data.route === 'connexions') return undefined;
  return (answerTo(seen, referral, on, started?.place)?.state ?? 'accepted') === 'accepted' ? referral : undefined;
};

const isGivenSince = (seen: SeenItems, { place, toldOn }: Referral, { isHandover }: Allocated): boolean =>
  seen.of('learner.adviser-assigned').some((one) => {
    const isLater = compareDays(known(one.toldOn), known(toldOn)) || one.place - place;
    return isAdviser(one) && isLater > 0 && (one.own || !isHandover);
  });

/** The link adviser of the provider stands in where nobody else is responsible. */
const responsibleIn = (assigned: Assigned | undefined, provider: AgencySlug | undefined, linked: AgencySlug): Responsible | null => {
  if (assigned) return { agency: known(assigned.source), name: known(assigned.data.name), byFallback: false };
  return provider === undefined ? null : { agency: linked, name: null, byFallback: true };
};

interface Because extends Allocated {
  readonly referral: Referral | undefined;
  readonly left: IsoDate | undefined;
}

const whyIn = (seen: SeenItems, { referral, left, isHandover, on }: Because): AllocationRow['why'] => {
  if (isHandover) return 'handover';
  if (left !== undefined) return 'adviser-left';
  const { route } = referral?.data ?? {};
  if (route === 'out-of-area') return route;
  if (route === 'self') return 'self-referral';
  return isDeclinedSince(seen, on, referral) ? 'declined' : 'other-agency';
};

const isDeclinedSince = (seen: SeenItems, on: IsoDate, { place: made }: { readonly place: number } = { place: -1 }): boolean =>
  seen
    .of('referral.declined')
    .filter(saidBy(on))
    .some(({ place }) => place > made);

const isOutside = (seen: SeenItems, referral: Referral | undefined, districts: readonly string[]): boolean | null => {
  if (referral?.data.route === 'out-of-area') return true;
  const place = placeOf(seen.identity.postcode ?? '');
  if (!place) return null;
  return !districts.some((text) => {
    const district = districtOf(text);
    return district !== undefined && holds(district, place);
  });
};

export const isChosen = chosenBy<AllocationRow>({
  state: ({ state }, value) => state === value,
  office: ({ office }, value) => office === value,
  reason: ({ why }, value) => why === value,
  provider: ({ provider }, value) => provider === value,
});

/** What is due first, then who started first. */
export const allocationRank = ({ due, startedOn }: AllocationRow): Place => daysFirst(due, startedOn);
