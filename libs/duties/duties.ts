// What somebody must do by when, worked out of what was recorded of a learner and of the day (views.md, part 4; ADR 40). Pure.
import { type AgencySlug, dayAfter, dayBefore, daysBetween, type IsoDate } from '#kernel';
import type { Duty, When } from '#sharing-protocols';
import { ENDINGS } from './duty-types.ts';
import type { DutyEvent, DutyKinds } from './duty-event.ts';
import { DutyThings } from './duty-things.ts';

export type { DisplacedFor, DutyEvent, DutyKinds } from './duty-event.ts';

/** A duty, and the days on which what triggers it falls under it. */
export interface DutyTerm {
  /** `id@version`. */
  readonly protocol: string;
  readonly duty: Duty;
  readonly from: IsoDate;
  /** The last day; absent: it still is in force. */
  readonly until?: IsoDate;
  /** When the last party signed who must; what was over by then was never undertaken. */
  readonly agreedOn?: IsoDate;
}

export const DUTY_STATES = ['open', 'overdue', 'discharged', 'void'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

export interface DutyInstance {
  readonly protocol: string;
  readonly duty: Duty;
  readonly trigger: DutyEvent;
  /** Day from which time runs. */
  readonly since: IsoDate;
  /** The last day in time. */
  readonly due: IsoDate;
  readonly state: DutyState;
  readonly dischargedBy?: DutyEvent;
  readonly dischargedOn?: IsoDate;
  /** Days after `due`, where it was done too late. */
  readonly lateBy?: number;
  /** Done in time, and told too late: the person was served, the record was slow. */
  readonly knownLate?: true;
}

type DutyStanding = Pick<DutyInstance, 'state' | 'dischargedBy' | 'dischargedOn' | 'lateBy' | 'knownLate'>;

/** What makes it somebody's. */
export type DutyOfEvent = Pick<DutyInstance, 'duty' | 'trigger'>;

/** A duty that an event triggered, however it stands. */
export interface TriggeredDuty extends DutyOfEvent {
  readonly protocol: string;
  readonly time: DutyTime;
  /** Day on which its source told what triggers it: whose it was first was decided then. */
  readonly toldOn: IsoDate;
}

/** What came of it, until when it may pass to others. */
export interface DutyOutcome {
  readonly doneBy?: DutyEvent;
  /** Day on which it was done, or the programme that it is about ended; absent while it stands. */
  readonly settledOn?: IsoDate;
}

/** What recipients of notices do is told of the notices themselves (ADR 15). */
const ACKNOWLEDGED = 'notice.acknowledged';
/** Towards a day: what was done within this time before counts, as an initial assessment does by default. */
const BEFOREHAND = 'P180D';

const dayIn = (event: DutyEvent, field: string | undefined): IsoDate | undefined => {
  const day = field === undefined ? undefined : event.data[field];
  return typeof day === 'string' ? day : undefined;
};

const hasFacts = ({ data }: DutyEvent, when: When = {}): boolean =>
  Object.entries(when).every(([field, values]) => values.some((value) => value === data[field]));

type MomentParts = readonly [type: string, field: string | undefined];

/** Moments are words of agreements, so they are few. */
const parted = new Map<string, MomentParts>();

/** Of `review.held.nextReviewDue`: the type, and the field or none. */
const partsOf = (moment: string): MomentParts => {
  const known = parted.get(moment);
  if (known) return known;
  const [noun, verb, field] = moment.split('.');
  const parts: MomentParts = [`${noun}.${verb}`, field];
  parted.set(moment, parts);
  return parts;
};

/** Something of a learner's makes it; duties by the calendar, and those to answer notices, are told elsewhere. */
export const isReckoned = ({ duty: { after, by, dischargedBy } }: DutyTerm): boolean =>
  (after ?? by) !== undefined && !dischargedBy.includes(ACKNOWLEDGED);

/** Type of the events that may trigger it. */
const triggerOf = ({ after, by = '' }: Duty): string => partsOf(after ?? by)[0];

export interface DutyTime {
  readonly since: IsoDate;
  readonly due: IsoDate;
  /** What discharges it happened on this day at the earliest. */
  readonly earliest: IsoDate;
}

export const byDueDay = (one: Pick<DutyInstance, 'due'>, other: Pick<DutyInstance, 'due'>): number =>
  one.due < other.due ? -1 : Number(one.due > other.due);

export class DutyReckoning {
  readonly #kinds: DutyKinds;
  /** The day at whose end it is asked. */
  readonly on: IsoDate;
  readonly #things: DutyThings;

  /** `events` in any order, without what was retracted. `on`: the day at whose end it is asked. `before`: see `with`. */
  constructor(events: readonly DutyEvent[], kinds: DutyKinds, on: IsoDate, before?: DutyReckoning) {
    this.#kinds = kinds;
    this.on = on;
    this.#things = before ? before.#things.with(events) : new DutyThings(events, kinds);
  }

  /** With events of which none identifies what is named already: that costs what they do, however many there are. */
  with(added: readonly DutyEvent[]): DutyReckoning {
    return new DutyReckoning(added, this.#kinds, this.on, this);
  }

  /** In the order of their due days. */
  under(terms: readonly DutyTerm[]): readonly DutyInstance[] {
    return this.triggered(terms)
      .map((one) => this.standing(one))
      .sort(byDueDay);
  }

  /** `by`: of all events, those whose duties are asked for. */
  triggered(terms: readonly DutyTerm[], by?: readonly DutyEvent[]): readonly TriggeredDuty[] {
    return terms.filter(isReckoned).flatMap((term) => {
      const type = triggerOf(term.duty);
      const events = by === undefined ? this.#things.of(type) : by.filter((event) => event.type === type);
      return events.flatMap((event) => this.#triggeredBy(event, term) ?? []);
    });
  }

  outcomeOf({ duty, trigger, time }: TriggeredDuty): DutyOutcome {
    const done = this.#dischargeOf(duty, trigger, time);
    if (done) return { doneBy: done, settledOn: this.#dayOf(done) };
    const ended = this.#endOf(trigger);
    return ended ? { settledOn: this.#dayOf(ended) } : {};
  }

  /** `due`: its last day in time where that is another than the first. */
  standing(one: TriggeredDuty, due = one.time.due, outcome = this.outcomeOf(one)): DutyInstance {
    const { protocol, duty, trigger, time } = one;
    return { protocol, duty, trigger, since: time.since, due, ...this.#stateOf(outcome, due) };
  }

  /** Whose the id in that field of an event is; undefined where that is not seen. */
  ownerOf(event: DutyEvent, name: string): AgencySlug | undefined {
    return this.#things.ownerOf(event, name);
  }

  /** Day on which an event took effect: as it says itself, else the day on which it became known. */
  #dayOf(event: DutyEvent): IsoDate {
    return dayIn(event, this.#kinds(event.type).on) ?? event.knownOn;
  }

  #triggeredBy(event: DutyEvent, { protocol, duty, from, until = '9999-12-31' }: DutyTerm): TriggeredDuty | undefined {
    const trigger = event.recordedOn === undefined ? event : { ...event, knownOn: event.recordedOn };
    const governed = trigger.knownOn >= from && trigger.knownOn <= until && trigger.knownOn <= this.on;
    const time = governed ? this.#timeOf(duty, trigger) : undefined;
    return time && { protocol, duty, trigger, time, toldOn: event.knownOn };
  }

  /** Undefined where the event triggers nothing. */
  #timeOf(duty: Duty, trigger: DutyEvent): DutyTime | undefined {
    const [type, field] = partsOf(duty.after ?? duty.by ?? '');
    if (trigger.type !== type || !hasFacts(trigger, duty.when)) return undefined;
    const day = field === undefined ? trigger.knownOn : dayIn(trigger, field);
    if (day === undefined) return undefined;
    return duty.by === undefined ? this.#timeAfter(duty, trigger, day) : this.#timeTowards(duty, trigger, day);
  }

  /** What was done a term before counts too: whoever was served beforehand was served. */
  #timeAfter({ within, after = '' }: Duty, trigger: DutyEvent, day: IsoDate): DutyTime {
    const happened = this.#dayOf(trigger);
    const before = partsOf(after)[1] === undefined ? happened : dayBefore(day, within);
    return { since: day, due: dayAfter(day, within), earliest: before < happened ? before : happened };
  }

  #timeTowards({ within, less = 'P0D' }: Duty, trigger: DutyEvent, day: IsoDate): DutyTime {
    const [wanted, least] = [dayBefore(day, less), dayAfter(trigger.knownOn, within)];
    const due = wanted > least || less === 'P0D' ? wanted : least;
    return { since: trigger.knownOn, due, earliest: dayBefore(due, BEFOREHAND) };
  }

  #stateOf({ doneBy: done, settledOn }: DutyOutcome, due: IsoDate): DutyStanding {
    if (settledOn === undefined) return { state: due < this.on ? 'overdue' : 'open' };
    if (!done) return { state: 'void' };
    const lateBy = daysBetween(due, settledOn);
    const told = done.knownOn > due ? { knownLate: true as const } : {};
    return { state: 'discharged', dischargedBy: done, dischargedOn: settledOn, ...(lateBy > 0 ? { lateBy } : told) };
  }

  /** The one that happened first: whoever does it again was in time already. */
  #dischargeOf({ dischargedBy, dischargedWhen }: Duty, trigger: DutyEvent, { earliest }: DutyTime): DutyEvent | undefined {
    const days = (event: DutyEvent): boolean => this.#dayOf(event) >= earliest && this.#dayOf(event) <= this.on && event.knownOn <= this.on;
    return this.#things
      .of(...new Set(dischargedBy))
      .filter((event) => event.place !== trigger.place && hasFacts(event, dischargedWhen))
      .filter((event) => days(event) && this.#things.areOne(trigger, event))
      .sort((one, other) => (this.#dayOf(one) < this.#dayOf(other) ? -1 : 1))[0];
  }

  /** What ends the programme that the trigger is about. */
  #endOf(trigger: DutyEvent): DutyEvent | undefined {
    if (ENDINGS.includes(trigger.type) || trigger.data['programmeId'] === undefined) return undefined;
    return this.#things
      .of(...ENDINGS)
      .filter((event) => this.#dayOf(event) <= this.on && event.knownOn <= this.on)
      .find((event) => this.#things.areOne(trigger, event) && this.#things.mayEnd(event, trigger));
  }
}
