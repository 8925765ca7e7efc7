// What somebody must do by when, worked out of what was recorded of a learner and of the day (views.md, part 4; ADR 40). Pure.
import { addDays, type AgencySlug, daysBetween, type IsoDate } from '#kernel';
import type { Duty } from '#sharing-protocols';
import type { DutyEvent, DutyInstance, DutyKinds, DutyOutcome, DutyTerm } from './duty-event.ts';
import { areOfOne, DutyThings } from './duty-things.ts';
import {
  ADVISERS,
  LAPSE_DAYS,
  dayIn,
  type DutyTime,
  ENDINGS,
  hasFacts,
  isReckoned,
  refers,
  timeAfter,
  timeOf,
  type TriggeredDuty,
  triggerOf,
} from './duty-types.ts';
import { responsibleAmong } from './responsible.ts';

export * from './duty-event.ts';

type DutyStanding = Pick<DutyInstance, 'state' | 'dischargedBy' | 'dischargedOn' | 'lateBy' | 'knownLate'>;

const REFERRAL = 'referral.made';

const isStart = ({ type }: DutyEvent): boolean => type === 'programme.started';

/** It follows from a referral that waits for an answer. */
const isOfReferral = (duty: Duty): boolean => triggerOf(duty) === REFERRAL;

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
    return terms.filter(isReckoned).flatMap((term) =>
      typesOf(term.duty).flatMap((type) => {
        const events = by === undefined ? this.#things.of(type) : by.filter((event) => event.type === type);
        return events.flatMap((event) => this.#triggeredBy(event, term) ?? []);
      }),
    );
  }

  /** `isBy`: what does not discharge it counts for nothing. */
  outcomeOf(one: TriggeredDuty, isBy: (done: DutyEvent) => boolean = () => true): DutyOutcome {
    const done = this.#dischargesOf(one).find(isBy);
    return done ? { doneBy: done, settledOn: this.#dayOf(done) } : this.#overIn(one);
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
    const running = begun.filter((start) => this.#things.endOf(start, this.#isKnown) === undefined);
    return (running.length > 0 ? running : begun).flatMap(({ source }) => source ?? []);
  }

  /** The next day, after this one, on which a referral that waits is over. */
  get nextLapse(): IsoDate | undefined {
    return this.#things
      .of('referral.made')
      .flatMap((referral) => this.#things.lapseOf(referral, this.#isKnown) ?? [])
      .filter((day) => day > this.on)
      .sort()[0];
  }

  #triggeredBy(trigger: DutyEvent, { protocol, duty, ...term }: DutyTerm): TriggeredDuty | undefined {
    if (trigger.type === REFERRAL && !refers(trigger)) return undefined;
    const time = trigger.type === triggerOf(duty) ? this.#timeOf(duty, trigger) : this.#timeOfLapse(duty, trigger);
    if (time === undefined || !this.#isAsked(term, time.knownOn)) return undefined;
    const found = { protocol, duty, trigger, time, toldOn: time.toldOn };
    return this.#isWanted(found) ? found : undefined;
  }

  /** As far as it has come, for what became known while the agreement is in force. */
  #isAsked({ from, until = '9999-12-31' }: Pick<DutyTerm, 'from' | 'until'>, knownOn: IsoDate): boolean {
    return knownOn >= from && knownOn <= until && knownOn <= this.on;
  }

  #timeOf(duty: Duty, trigger: DutyEvent): KnownTime | undefined {
    const { recordedOn, knownOn: toldOn } = trigger;
    const knownOn = recordedOn ?? toldOn;
    const time = timeOf(duty, { facts: this.#things.factsOf(trigger), day: this.#dayOf(trigger), knownOn });
    return time && { ...time, knownOn, toldOn };
  }

  /** Of a referral that nobody answered, from the day on which it lapsed. */
  #timeOfLapse(duty: Duty, referral: DutyEvent): KnownTime | undefined {
    const day = this.#things.lapseOf(referral, this.#isKnown);
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

  /** Day on which an event took effect: as it says itself, else the day on which it became known. */
  #dayOf(event: DutyEvent): IsoDate {
    return dayIn(this.#things.factsOf(event), this.#kinds(event.type).on) ?? event.knownOn;
  }

  readonly #isKnown = (event: DutyEvent): boolean => this.#dayOf(event) <= this.on && event.knownOn <= this.on;

  /** The one that happened first comes first: whoever does it again was in time already. */
  #dischargesOf(one: TriggeredDuty): readonly DutyEvent[] {
    const { dischargedBy, dischargedWhen } = one.duty;
    return this.#things
      .of(...new Set(dischargedBy))
      .filter((event) => hasFacts(this.#things.factsOf(event), dischargedWhen))
      .filter((event) => this.#isKnown(event) && this.#isOfThat(one, event) && this.#isSince(one, event))
      .sort((first, other) => (this.#dayOf(first) < this.#dayOf(other) ? -1 : Number(this.#dayOf(first) > this.#dayOf(other))));
  }

  /** The word of whoever does not stand does nothing for anybody else. */
  #isOfThat({ duty, trigger }: TriggeredDuty, event: DutyEvent): boolean {
    if (event.place === trigger.place || (event.confirmed === false && !areOfOne(event, trigger))) return false;
    if (!isOfReferral(duty)) return this.#things.areOne(trigger, event);
    if (isStart(event)) return this.#things.takenUp(trigger).includes(event);
    const isWord = this.#kinds(event.type).refersTo.includes('referralId');
    return !isWord || this.#things.wordsOf(trigger).some(({ place }) => place === event.place);
  }

  /** What is assessed counts as long as it is valid, and what was arranged is done whenever that itself is; a place taken up is one. */
  #isSince(one: TriggeredDuty, event: DutyEvent): boolean {
    const { duty, trigger, time } = one;
    if ((isOfReferral(duty) && isStart(event)) || this.#isItself(trigger, event)) return true;
    if (this.#isNext(trigger, event)) return this.#isAfter(trigger, event, time.earliest);
    const countsUntil = duty.by === undefined ? this.#validUntil(event) : undefined;
    return countsUntil === undefined ? this.#dayOf(event) >= time.earliest : countsUntil >= time.since;
  }

  #isAfter(trigger: DutyEvent, event: DutyEvent, earliest: IsoDate): boolean {
    const day = this.#dayOf(event);
    return day > earliest || (day === earliest && event.place > trigger.place);
  }

  #validUntil(event: DutyEvent): IsoDate | undefined {
    return event.type === 'assessment.recorded' ? dayIn(this.#things.factsOf(event), 'validUntil') : undefined;
  }

  /** The same thing once more, as a review that was arranged is when it is held. */
  #isItself(trigger: DutyEvent, event: DutyEvent): boolean {
    const { identifies: given } = this.#kinds(event.type);
    if (given === undefined || event.type === trigger.type || given !== this.#kinds(trigger.type).identifies) return false;
    return areOfOne(event, trigger) && event.data[given] !== undefined && event.data[given] === trigger.data[given];
  }

  /** Of two of one kind, or of which neither has a day of its own, the one that was recorded later is the later of a day. */
  #isNext(trigger: DutyEvent, event: DutyEvent): boolean {
    const [{ refersTo, on }, { identifies = '', on: otherOn }] = [this.#kinds(trigger.type), this.#kinds(event.type)];
    return event.type === trigger.type || refersTo.includes(identifies) || (on ?? otherOn) === undefined;
  }

  /** What it is about was over before anybody did it. */
  #overIn({ duty, trigger, time }: TriggeredDuty): DutyOutcome {
    if (ENDINGS.includes(trigger.type)) return {};
    if (trigger.type === REFERRAL) return isOfReferral(duty) ? this.#referralOver(trigger) : this.#answeredIn(trigger);
    return this.#allEnded(duty.while === 'on-programme' ? this.#things.begunBy(time.due) : [trigger]);
  }

  /** By what ended the last of them. */
  #allEnded(starts: readonly DutyEvent[]): DutyOutcome {
    const ends = starts.map((start) => this.#things.endOf(start, this.#isKnown));
    const days = ends.flatMap((end) => (end === undefined ? [] : [this.#dayOf(end)])).sort();
    const last = days.length === starts.length ? days.at(-1) : undefined;
    return last === undefined ? {} : { settledOn: last };
  }

  /** Once it lapsed: after all. */
  #answeredIn(referral: DutyEvent): DutyOutcome {
    const word = this.#things.wordsOf(referral).find(this.#isKnown);
    return word ? { settledOn: this.#dayOf(word) } : {};
  }

  /** Refused, taken back, or followed by nothing for half a year; or what began there has ended. */
  #referralOver(referral: DutyEvent): DutyOutcome {
    const refused = this.#things.refusalOf(referral, this.#isKnown);
    if (refused) return { settledOn: this.#dayOf(refused) };
    const begun = this.#things.begunAfter(referral).filter(this.#isKnown);
    if (begun.length > 0) return this.#allEnded(begun);
    const lapse = addDays(referral.knownOn, LAPSE_DAYS + 1);
    return lapse > this.on ? {} : { settledOn: lapse };
  }
}
