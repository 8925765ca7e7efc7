// Who is responsible for a learner, so that what an adviser has to do is somebody's (views.md, part 4). Pure.
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import type { DutyEvent } from './duty-event.ts';
import { ADVISERS, ENDINGS } from './duty-types.ts';

export interface ResponsibleAdviser {
  readonly agency: AgencySlug;
  /** Nobody was assigned: the link adviser of where the learner is stands in (E2E p. 15). */
  readonly byFallback: boolean;
}

/** Some agency of which whoever asks may see no more than that it is another. */
export const SOMEBODY_ELSE: AgencySlug = '';

/** Roles that link a learner to a service, the first of them before the others. */
const ROLES = ['personal-adviser', 'dedicated-adviser', 'link-adviser'];
/** There may be several, who displace nobody. */
const DISPLACE_NOBODY = ['dedicated-adviser', 'key-worker', 'mentor'];

/**
 * Of assignments to one role, in order: the last, unless that one has ended. Whoever was displaced stays so when the next one ends; of
 * those who displace nobody the last that has not ended (sharing-matrix.md, adviser-for).
 */
export const currentOfRole = <Assigned>(
  role: string,
  inRole: readonly Assigned[],
  isEnded: (assigned: Assigned) => boolean,
): Assigned | undefined => {
  if (DISPLACE_NOBODY.includes(role)) return inRole.findLast((one) => !isEnded(one));
  const last = inRole.at(-1);
  return last === undefined || isEnded(last) ? undefined : last;
};

const textIn = ({ data }: DutyEvent, name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : '';
};

/** Whose adviser was a provider's link adviser at the end of a day. */
export type LinkAdviserOn = (provider: AgencySlug, on: IsoDate) => AgencySlug | undefined;

/** By role, a personal adviser first; else the link adviser of the provider of the latest current programme. */
export const responsibleAmong = (
  events: readonly DutyEvent[],
  on: IsoDate,
  linkAdviserOf: LinkAdviserOn,
): ResponsibleAdviser | undefined => {
  const inOrder = [...events].sort((one, other) => one.place - other.place);
  const assigned = inOrder.filter(({ type, confirmed }) => type === 'learner.adviser-assigned' && confirmed !== false);
  for (const role of ROLES) {
    const inRole = assigned.filter((event) => textIn(event, 'role') === role);
    const agency = agencyOfRole(role, inRole, { events: inOrder, on });
    if (agency !== undefined) return { agency, byFallback: false };
  }
  const provider = latestRunning(inOrder, on)?.source;
  const agency = provider === undefined ? undefined : linkAdviserOf(provider, on);
  return agency === undefined ? undefined : { agency, byFallback: true };
};

interface ToldBy {
  readonly events: readonly DutyEvent[];
  readonly on: IsoDate;
}

/** Somebody else, as long as another agency has the place of one's own. */
const agencyOfRole = (role: string, inRole: readonly DutyEvent[], { events, on }: ToldBy): AgencySlug | undefined => {
  const { since = '9999-12-31', until = '9999-12-31' } = inRole.at(-1)?.displaced ?? {};
  if (on < since) return currentOfRole(role, inRole, (event) => hasEnded(event, events, on))?.source;
  return on < until ? SOMEBODY_ELSE : undefined;
};

/** Only who assigned an adviser ends it. */
const hasEnded = (assigned: DutyEvent, events: readonly DutyEvent[], on: IsoDate): boolean =>
  events.some(
    (event) =>
      event.type === 'learner.adviser-ended' &&
      event.source === assigned.source &&
      event.place > assigned.place &&
      textIn(event, 'role') === textIn(assigned, 'role') &&
      textIn(event, 'on') <= on,
  );

/** Of those that began last on one day, the one recorded first. */
const latestRunning = (events: readonly DutyEvent[], on: IsoDate): DutyEvent | undefined =>
  events
    .filter((event) => event.type === 'programme.started' && textIn(event, 'startedOn') <= on && !isOver(event, events, on))
    .sort((one, other) =>
      textIn(one, 'startedOn') > textIn(other, 'startedOn') ? -1 : Number(one.data['startedOn'] !== other.data['startedOn']),
    )[0];

/** Nobody ends another's programme: ids are each agency's own. */
const isOver = (started: DutyEvent, events: readonly DutyEvent[], on: IsoDate): boolean =>
  events.some(
    (event) =>
      ENDINGS.includes(event.type) &&
      textIn(event, 'programmeId') === textIn(started, 'programmeId') &&
      event.source === started.source &&
      textIn(event, event.type === 'programme.left-early' ? 'leftOn' : 'on') <= on,
  );

// Day by day, and when that passed from one agency to another (ADR 74).

/** After a duty passed to another agency within which that agency may do it, however late it was by then. */
export const PASSED_ON_DAYS = 5;

const MOVES: ReadonlySet<string> = new Set([...ADVISERS, ...ENDINGS, 'programme.started']);

/** Of an event that may move who is responsible: from when on it has an effect. */
const EFFECTIVE: Partial<Record<DutyEvent['type'], string>> = {
  'learner.adviser-ended': 'on',
  'programme.started': 'startedOn',
  'programme.left-early': 'leftOn',
  'programme.moved-on': 'on',
};

/** Nobody could go by what was told later: it moves a duty once it is both so and known. */
const turnsOn = ({ type, knownOn, undated, displaced, data }: DutyEvent): readonly IsoDate[] => {
  const field = EFFECTIVE[type];
  const effective = field === undefined ? undefined : data[field];
  const known = typeof effective === 'string' && effective > knownOn ? effective : knownOn;
  return [undated ? undefined : known, displaced?.since, displaced?.until].flatMap((day) => day ?? []);
};

export class Responsibility {
  /** Those that say who is responsible. */
  readonly #events: readonly DutyEvent[];
  readonly #linkAdviserOf: LinkAdviserOn;
  readonly #mayBear: (agency: AgencySlug) => boolean;
  /** On which another may be responsible than before, in order. */
  readonly #turns: readonly IsoDate[];
  readonly #byDay = new Map<IsoDate, ResponsibleAdviser | undefined>();

  /** `mayBear`: whether an agency holds the role whose duties are the responsible adviser's. */
  constructor(events: readonly DutyEvent[], linkAdviserOf: LinkAdviserOn, mayBear: (agency: AgencySlug) => boolean) {
    this.#events = events.filter(({ type }) => MOVES.has(type));
    this.#linkAdviserOf = linkAdviserOf;
    this.#mayBear = mayBear;
    this.#turns = [...new Set(this.#events.flatMap(turnsOn))].sort();
  }

  /** At the end of a day, by what was known then. */
  on(day: IsoDate): ResponsibleAdviser | undefined {
    if (!this.#byDay.has(day)) this.#byDay.set(day, this.#found(day));
    return this.#byDay.get(day);
  }

  /** Whose adviser was a provider's link adviser at the end of a day. */
  linkAdviserOf(provider: AgencySlug, day: IsoDate): AgencySlug | undefined {
    return this.#linkAdviserOf(provider, day);
  }

  #found(day: IsoDate): ResponsibleAdviser | undefined {
    const known = this.#events.filter(({ knownOn, undated }) => undated || knownOn <= day);
    return responsibleAmong(known, day, this.#linkAdviserOf);
  }

  /**
   * The last day in time of what was due on `due` and first somebody's on `from`, as whoever bears it on `to` has it: five days after it
   * passed to them at the least. Whoever was the last to bear it before nobody did gets no more days.
   */
  dueOf(due: IsoDate, from: IsoDate, to: IsoDate): IsoDate {
    let [bearer, passedOn]: [AgencySlug | undefined, IsoDate | undefined] = [this.#bearerOn(from), undefined];
    for (let day = this.#nextAfter(from); day !== undefined && day <= to; day = this.#nextAfter(day)) {
      const next = this.#bearerOn(day);
      if (next !== undefined && next !== bearer) [bearer, passedOn] = [next, day];
    }
    const least = passedOn === undefined ? due : addDays(passedOn, PASSED_ON_DAYS);
    return least > due ? least : due;
  }

  /** The next day on which another may be responsible: whoever stands in as a provider's link adviser may change on any. */
  #nextAfter(day: IsoDate): IsoDate | undefined {
    return this.on(day)?.byFallback === false ? this.turnAfter(day) : addDays(day, 1);
  }

  #bearerOn(day: IsoDate): AgencySlug | undefined {
    const agency = this.on(day)?.agency;
    return agency === SOMEBODY_ELSE || (agency !== undefined && this.#mayBear(agency)) ? agency : undefined;
  }

  /** The first day after this one on which another may be responsible without anything more being told. */
  turnAfter(day: IsoDate): IsoDate | undefined {
    return this.#turns.find((turn) => turn > day);
  }
}
