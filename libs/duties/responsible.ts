// Who is responsible for a learner, so that what an adviser has to do is somebody's (views.md, part 4). Pure.
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import type { DutyEvent } from './duty-event.ts';
import { ADVISERS, ENDINGS, inPlaces } from './duty-types.ts';
import { assignedIn, earlier, firstWhere, later, NEVER, runningIn, type Span, textIn, Timeline } from './timeline.ts';

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

/** Whose adviser was a provider's link adviser at the end of a day. */
export type LinkAdviserOn = (provider: AgencySlug, on: IsoDate) => AgencySlug | undefined;

// By role, a personal adviser first; else the link adviser of the provider of the latest current programme.

/** Whoever has a role: `last`, who was assigned last, until when; `current`, of those who displace nobody, the last that is left. */
interface OfRole {
  readonly last: Timeline<Span<DutyEvent>>;
  readonly current: Timeline<Span<DutyEvent>>;
}

const asSpan = (span: Span<DutyEvent>): Span<Span<DutyEvent>> => ({ ...span, held: span });
const forEver = (span: Span<DutyEvent>): Span<Span<DutyEvent>> => ({ ...span, held: span, until: NEVER });

const ofRole = (assigned: readonly Span<DutyEvent>[], role: string): OfRole => {
  const inRole = assigned.filter(({ held }) => textIn(held, 'role') === role);
  const last = new Timeline(inRole.map(forEver));
  return { last, current: DISPLACE_NOBODY.includes(role) ? new Timeline(inRole.map(asSpan)) : last };
};

const whileHeld = (span: Span<DutyEvent> | undefined, on: IsoDate): DutyEvent | undefined =>
  span !== undefined && on < span.until ? span.held : undefined;

/** Somebody else, as long as another agency has the place of one's own. */
const agencyOf = ({ last, current }: OfRole, on: IsoDate): AgencySlug | undefined => {
  const { since = NEVER, until = NEVER } = last.on(on)?.held.displaced ?? {};
  if (on >= since) return on < until ? SOMEBODY_ELSE : undefined;
  return whileHeld(current.on(on), on)?.source;
};

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
  readonly #linkAdviserOf: LinkAdviserOn;
  readonly #mayBear: (agency: AgencySlug) => boolean;
  /** On which another may be responsible than before, in order. */
  readonly #turns: readonly IsoDate[];
  readonly #roles: readonly OfRole[];
  readonly #running: Timeline<DutyEvent>;
  readonly #byDay = new Map<IsoDate, ResponsibleAdviser | undefined>();
  /** The same, also by what was known all along. */
  readonly #changes: readonly IsoDate[];
  readonly #first: IsoDate;
  #passing: Passing | undefined;

  /** `mayBear`: whether an agency holds the role whose duties are the responsible adviser's. */
  constructor(events: readonly DutyEvent[], linkAdviserOf: LinkAdviserOn, mayBear: (agency: AgencySlug) => boolean) {
    const moving = events.filter(({ type }) => MOVES.has(type)).sort(inPlaces);
    this.#linkAdviserOf = linkAdviserOf;
    this.#mayBear = mayBear;
    this.#turns = [...new Set(moving.flatMap(turnsOn))].sort();
    const assigned = assignedIn(moving);
    this.#roles = ROLES.map((role) => ofRole(assigned, role));
    this.#running = new Timeline(runningIn(moving));
    const timelines = [this.#running, ...this.#roles.flatMap(({ last, current }) => [last, current])];
    this.#changes = [...new Set([...this.#turns, ...timelines.flatMap(({ days }) => days)])].sort();
    this.#first = events.reduce((first, { knownOn }) => earlier(knownOn, first), NEVER);
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
    for (const role of this.#roles) {
      const agency = agencyOf(role, day);
      if (agency !== undefined) return { agency, byFallback: false };
    }
    const provider = this.#running.on(day)?.source;
    const agency = provider === undefined ? undefined : this.#linkAdviserOf(provider, day);
    return agency === undefined ? undefined : { agency, byFallback: true };
  }

  /**
   * The last day in time of what was due on `due` and first somebody's on `from`, as whoever bears it on `to` has it: five days after it
   * passed to them at the least. Whoever was the last to bear it before nobody did gets no more days.
   */
  dueOf(due: IsoDate, from: IsoDate, to: IsoDate): IsoDate {
    const passedOn = this.#passedOn(from, to);
    return passedOn === undefined ? due : later(due, addDays(passedOn, PASSED_ON_DAYS));
  }

  /** The last day after `from`, until `to`, on which somebody else came to bear it; where nobody did on `from`, the first who did. */
  #passedOn(from: IsoDate, to: IsoDate): IsoDate | undefined {
    const { begun, passed } = this.#passingUntil(from, to);
    const last = passed[firstWhere(passed, (day) => day > to) - 1] ?? '';
    if (last > from) return last;
    const first = begun[firstWhere(begun, (day) => day > from)] ?? NEVER;
    return first <= to && this.#bearerOn(from) === undefined ? first : undefined;
  }

  /** Gone through once, day by day, from the first that anybody asks about. */
  #passingUntil(from: IsoDate, to: IsoDate): Passing {
    const known = this.#passing;
    const passing = known && known.from <= from ? known : passingFrom(earlier(from, this.#first));
    this.#passing = passing;
    for (; passing.next <= to; passing.next = this.#nextAfter(passing.next)) goOn(passing, this.#bearerOn(passing.next));
    return passing;
  }

  /** The next day on which another may be responsible: whoever stands in as a provider's link adviser may change on any. */
  #nextAfter(day: IsoDate): IsoDate {
    const isByLink = this.on(day)?.byFallback !== false && this.#running.on(day) !== undefined;
    return isByLink ? addDays(day, 1) : (this.#changes[firstWhere(this.#changes, (change) => change > day)] ?? NEVER);
  }

  #bearerOn(day: IsoDate): AgencySlug | undefined {
    const agency = this.on(day)?.agency;
    return agency === SOMEBODY_ELSE || (agency !== undefined && this.#mayBear(agency)) ? agency : undefined;
  }

  /** The first day after this one on which another may be responsible without anything more being told. */
  turnAfter(day: IsoDate): IsoDate | undefined {
    return this.#turns[firstWhere(this.#turns, (turn) => turn > day)];
  }
}

/** Days on which somebody came to bear what the responsible adviser does: any, and such as had not borne it last. */
interface Passing {
  readonly from: IsoDate;
  next: IsoDate;
  before: AgencySlug | undefined;
  last: AgencySlug | undefined;
  readonly begun: IsoDate[];
  readonly passed: IsoDate[];
}

const passingFrom = (from: IsoDate): Passing => ({ from, next: from, before: undefined, last: undefined, begun: [], passed: [] });

const goOn = (passing: Passing, bearer: AgencySlug | undefined): void => {
  const { next, before, last } = passing;
  passing.before = bearer;
  if (bearer === undefined) return;
  if (bearer !== before) passing.begun.push(next);
  if (bearer !== last) passing.passed.push(next);
  passing.last = bearer;
};
