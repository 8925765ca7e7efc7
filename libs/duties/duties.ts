// What somebody must do by when, worked out of what was recorded of a learner and of the day (views.md, part 4; ADR 40). Pure.
import { type AgencySlug, daysBetween, type IsoDate } from '#kernel';
import type { Duty } from '#sharing-protocols';
import type { DutyEvent, DutyKinds } from './duty-event.ts';
import { DutyEnds, type DutyOutcome, REFERRAL } from './duty-ends.ts';
import { type DutyTime, isReckoned, timeAfter, timeOf, type TriggeredDuty, triggerOf } from './duty-moments.ts';
import { DutyThings } from './duty-things.ts';
import { ADVISERS } from './duty-types.ts';
import { responsibleAmong } from './responsible.ts';

export type { DisplacedFor, DutyEvent, DutyKinds } from './duty-event.ts';
export type { DutyOutcome } from './duty-ends.ts';
export { type DutyTime, isReckoned, type TriggeredDuty } from './duty-moments.ts';

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

interface KnownTime extends DutyTime {
  /** The version that was in force then governs it. */
  readonly knownOn: IsoDate;
  readonly toldOn: IsoDate;
}

/** Of a duty that follows a refusal, referrals as well: one that lapses is refused by nobody's word (views.md, D2). */
const typesOf = (duty: Duty): readonly string[] => {
  const type = triggerOf(duty);
  return type === 'referral.declined' ? [type, REFERRAL] : [type];
};

export const byDueDay = (one: Pick<DutyInstance, 'due'>, other: Pick<DutyInstance, 'due'>): number =>
  one.due < other.due ? -1 : Number(one.due > other.due);

export class DutyReckoning {
  readonly #kinds: DutyKinds;
  /** The day at whose end it is asked. */
  readonly on: IsoDate;
  readonly #things: DutyThings;
  readonly #ends: DutyEnds;

  /** `events` in any order, without what was retracted. `on`: the day at whose end it is asked. `before`: see `with`. */
  constructor(events: readonly DutyEvent[], kinds: DutyKinds, on: IsoDate, before?: DutyReckoning) {
    this.#kinds = kinds;
    this.on = on;
    this.#things = before ? before.#things.with(events) : new DutyThings(events, kinds);
    this.#ends = new DutyEnds(this.#things, kinds, on);
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
    return terms.filter(isReckoned).flatMap((term) =>
      typesOf(term.duty).flatMap((type) => {
        const events = by === undefined ? this.#things.of(type) : by.filter((event) => event.type === type);
        return events.flatMap((event) => this.#triggeredBy(event, term) ?? []);
      }),
    );
  }

  /** `isBy`: what does not discharge it counts for nothing. */
  outcomeOf(one: TriggeredDuty, isBy: (done: DutyEvent) => boolean = () => true): DutyOutcome {
    const done = this.#ends.dischargesOf(one).find(isBy);
    return done ? { doneBy: done, settledOn: this.#ends.dayOf(done) } : this.#ends.overIn(one);
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

  /** Of what has to be done as long as somebody is on programme: who runs those programmes that go on. */
  placesOf({ duty, time }: TriggeredDuty): readonly AgencySlug[] {
    if (duty.while !== 'on-programme') return [];
    const begun = this.#things.begunBy(time.due);
    const running = begun.filter((start) => this.#things.endOf(start, this.#ends.isKnown) === undefined);
    return (running.length > 0 ? running : begun).flatMap(({ source }) => source ?? []);
  }

  /** The next day, after this one, on which a referral that waits is over. */
  get nextLapse(): IsoDate | undefined {
    return this.#things
      .of('referral.made')
      .flatMap((referral) => this.#things.lapseOf(referral, this.#ends.isKnown) ?? [])
      .filter((day) => day > this.on)
      .sort()[0];
  }

  #triggeredBy(trigger: DutyEvent, { protocol, duty, from, until = '9999-12-31' }: DutyTerm): TriggeredDuty | undefined {
    const time = trigger.type === triggerOf(duty) ? this.#timeOf(duty, trigger) : this.#timeOfLapse(duty, trigger);
    const last = until < this.on ? until : this.on;
    if (time === undefined || time.knownOn < from || time.knownOn > last) return undefined;
    const found = { protocol, duty, trigger, time, toldOn: time.toldOn };
    return this.#isWanted(found) ? found : undefined;
  }

  #timeOf(duty: Duty, trigger: DutyEvent): KnownTime | undefined {
    const { recordedOn, knownOn: toldOn } = trigger;
    const knownOn = recordedOn ?? toldOn;
    const time = timeOf(duty, { facts: this.#things.factsOf(trigger), day: this.#ends.dayOf(trigger), knownOn });
    return time && { ...time, knownOn, toldOn };
  }

  /** Of a referral that nobody answered, from the day on which it lapsed. */
  #timeOfLapse(duty: Duty, referral: DutyEvent): KnownTime | undefined {
    const day = this.#things.lapseOf(referral, this.#ends.isKnown);
    return day === undefined ? undefined : { ...timeAfter(duty, day, { day }), knownOn: day, toldOn: day };
  }

  /** Whoever came by another way than the service's own is to have an adviser since then, and not since the programme began. */
  #isWanted({ duty, trigger, time }: TriggeredDuty): boolean {
    if (duty.while === 'on-programme') return this.#things.begunBy(time.due).length > 0;
    return duty.while !== 'without-adviser' || !(this.#hasAdviser(time.since) || this.#things.cameByAnotherWay(trigger));
  }

  /** At the end of a day, by what was known then. */
  #hasAdviser(day: IsoDate): boolean {
    const known = this.#things.of(...ADVISERS).filter(({ undated, knownOn }) => undated === true || knownOn <= day);
    return responsibleAmong(known, day, () => undefined) !== undefined;
  }

  #stateOf({ doneBy: done, settledOn }: DutyOutcome, due: IsoDate): DutyStanding {
    if (settledOn === undefined) return { state: due < this.on ? 'overdue' : 'open' };
    if (!done) return { state: 'void' };
    const lateBy = daysBetween(due, settledOn);
    const told = done.knownOn > due ? { knownLate: true as const } : {};
    return { state: 'discharged', dischargedBy: done, dischargedOn: settledOn, ...(lateBy > 0 ? { lateBy } : told) };
  }
}
