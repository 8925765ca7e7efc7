// What came of a duty: what was done after the event that makes it, or that what it is about was over (views.md, part 4; ADR 87). Pure.
import { addDays, type IsoDate } from '#kernel';
import type { Duty } from '#sharing-protocols';
import type { DutyEvent, DutyKinds } from './duty-event.ts';
import { dayIn, hasFacts, type TriggeredDuty, triggerOf } from './duty-moments.ts';
import type { DutyThings } from './duty-things.ts';
import { ENDINGS } from './duty-types.ts';
import { LAPSE_DAYS } from './referral-words.ts';

/** What came of it, until when it may pass to others. */
export interface DutyOutcome {
  readonly doneBy?: DutyEvent;
  /** Day on which it was done, or what it is about was over; absent while it stands. */
  readonly settledOn?: IsoDate;
}

export const REFERRAL = 'referral.made';

const isStart = ({ type }: DutyEvent): boolean => type === 'programme.started';

/** It follows from a referral that waits for an answer. */
const isOfReferral = (duty: Duty): boolean => triggerOf(duty) === REFERRAL;

export class DutyEnds {
  readonly #things: DutyThings;
  readonly #kinds: DutyKinds;
  readonly #on: IsoDate;

  /** `on`: the day at whose end it is asked. */
  constructor(things: DutyThings, kinds: DutyKinds, on: IsoDate) {
    this.#things = things;
    this.#kinds = kinds;
    this.#on = on;
  }

  /** Day on which an event took effect: as it says itself, else the day on which it became known. */
  dayOf(event: DutyEvent): IsoDate {
    return dayIn(this.#things.factsOf(event), this.#kinds(event.type).on) ?? event.knownOn;
  }

  readonly isKnown = (event: DutyEvent): boolean => this.dayOf(event) <= this.#on && event.knownOn <= this.#on;

  /** The one that happened first comes first: whoever does it again was in time already. */
  dischargesOf(one: TriggeredDuty): readonly DutyEvent[] {
    const { dischargedBy, dischargedWhen } = one.duty;
    return this.#things
      .of(...new Set(dischargedBy))
      .filter((event) => hasFacts(this.#things.factsOf(event), dischargedWhen))
      .filter((event) => this.isKnown(event) && this.#isOfThat(one, event) && this.#isSince(one, event))
      .sort((first, other) => (this.dayOf(first) < this.dayOf(other) ? -1 : Number(this.dayOf(first) > this.dayOf(other))));
  }

  /** The word of whoever does not stand does nothing for anybody else. */
  #isOfThat({ duty, trigger }: TriggeredDuty, event: DutyEvent): boolean {
    if (event.place === trigger.place || (event.confirmed === false && event.source !== trigger.source)) return false;
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
    return countsUntil === undefined ? this.dayOf(event) >= time.earliest : countsUntil >= time.since;
  }

  #isAfter(trigger: DutyEvent, event: DutyEvent, earliest: IsoDate): boolean {
    const day = this.dayOf(event);
    return day > earliest || (day === earliest && event.place > trigger.place);
  }

  #validUntil(event: DutyEvent): IsoDate | undefined {
    return event.type === 'assessment.recorded' ? dayIn(this.#things.factsOf(event), 'validUntil') : undefined;
  }

  /** The same thing once more, as a review that was arranged is when it is held. */
  #isItself(trigger: DutyEvent, event: DutyEvent): boolean {
    const { identifies: given } = this.#kinds(event.type);
    if (given === undefined || event.type === trigger.type || given !== this.#kinds(trigger.type).identifies) return false;
    return event.source === trigger.source && event.data[given] === trigger.data[given];
  }

  /** Of two of one kind, or of which neither has a day of its own, the one that was recorded later is the later of a day. */
  #isNext(trigger: DutyEvent, event: DutyEvent): boolean {
    const [{ refersTo, on }, { identifies = '', on: otherOn }] = [this.#kinds(trigger.type), this.#kinds(event.type)];
    return event.type === trigger.type || refersTo.includes(identifies) || (on ?? otherOn) === undefined;
  }

  /** What it is about was over before anybody did it. */
  overIn({ duty, trigger, time }: TriggeredDuty): DutyOutcome {
    if (ENDINGS.includes(trigger.type)) return {};
    if (trigger.type === REFERRAL) return isOfReferral(duty) ? this.#referralOver(trigger) : this.#answeredIn(trigger);
    return this.#allEnded(duty.while === 'on-programme' ? this.#things.begunBy(time.due) : [trigger]);
  }

  /** By what ended the last of them. */
  #allEnded(starts: readonly DutyEvent[]): DutyOutcome {
    const ends = starts.map((start) => this.#things.endOf(start, this.isKnown));
    const days = ends.flatMap((end) => (end === undefined ? [] : [this.dayOf(end)])).sort();
    const last = days.length === starts.length ? days.at(-1) : undefined;
    return last === undefined ? {} : { settledOn: last };
  }

  /** Once it lapsed: after all. */
  #answeredIn(referral: DutyEvent): DutyOutcome {
    const word = this.#things.wordsOf(referral).find(this.isKnown);
    return word ? { settledOn: this.dayOf(word) } : {};
  }

  /** Refused, taken back, or followed by nothing for half a year; or what began there has ended. */
  #referralOver(referral: DutyEvent): DutyOutcome {
    const refused = this.#things.wordsOf(referral).find((word) => word.type !== 'referral.accepted' && this.isKnown(word));
    if (refused) return { settledOn: this.dayOf(refused) };
    const begun = this.#things.begunAfter(referral).filter(this.isKnown);
    if (begun.length > 0) return this.#allEnded(begun);
    const lapse = addDays(referral.knownOn, LAPSE_DAYS + 1);
    return lapse > this.#on ? {} : { settledOn: lapse };
  }
}
