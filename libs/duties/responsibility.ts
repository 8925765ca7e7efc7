// Who is responsible for a learner day by day, and when that passed from one agency to another (views.md, part 4; ADR 74). Pure.
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import type { DutyEvent } from './duties.ts';
import { ADVISERS, ENDINGS } from './duty-types.ts';
import { type LinkAdviserOn, responsibleAmong, type ResponsibleAdviser, SOMEBODY_ELSE } from './responsible.ts';

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
