// What came of a duty: what did it, or until when what it is about went on (views.md, part 4; ADR 87). Pure.
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import type { Duty } from '#sharing-protocols';
import { type Done, Discharges, type DoneFacts, firstDone, isLater, type Wanted } from './discharges.ts';
import type { DutyEvent, DutyKinds, DutyOutcome } from './duty-event.ts';
import { areOfOne } from './duty-things.ts';
import { dayIn, ENDINGS, type TriggeredDuty, triggerOf } from './duty-types.ts';
import type { Programmes } from './programmes.ts';
import { LAPSE_DAYS } from './referrals.ts';

export const REFERRAL = 'referral.made';

const START = 'programme.started';

/** It follows from a referral that waits for an answer. */
const isOfReferral = (duty: Duty): boolean => triggerOf(duty) === REFERRAL;

export interface OutcomeFacts extends Omit<DoneFacts, 'of'> {
  readonly kinds: DutyKinds;
  /** The day at whose end it is asked. */
  readonly on: IsoDate;
  readonly programmes: Programmes;
  /** What came last, of which alone it is asked whether it did what nothing before had done. */
  readonly added: readonly DutyEvent[];
}

export class Outcomes {
  readonly #facts: OutcomeFacts;
  readonly #all: Discharges;
  readonly #added: Discharges;

  constructor(facts: OutcomeFacts) {
    this.#facts = facts;
    this.#all = new Discharges({ ...facts, of: (type) => facts.things.of(type) });
    this.#added = new Discharges({ ...facts, of: (type) => facts.added.filter((event) => event.type === type) });
  }

  /** `by`: who alone may do it. */
  of(one: TriggeredDuty, by?: AgencySlug): DutyOutcome {
    return this.#outcome(one, by, this.#all);
  }

  /** Of what stood before. */
  ofStanding(one: TriggeredDuty, by?: AgencySlug): DutyOutcome {
    return this.#outcome(one, by, this.#added);
  }

  #outcome(one: TriggeredDuty, by: AgencySlug | undefined, among: Discharges): DutyOutcome {
    const types = new Set(one.duty.dischargedBy as readonly DutyEvent['type'][]);
    const done = firstDone([...types].flatMap((type) => this.#firstOf(type, { one, by, among })));
    return done ? { doneBy: done.event, settledOn: done.day } : this.#overIn(one);
  }

  /** The one that happened first comes first: whoever does it again was in time already. */
  #firstOf(type: DutyEvent['type'], { one, by, among }: Asked): readonly Done[] {
    const isIt = (event: DutyEvent): boolean => (by === undefined || event.source === by) && this.#does(one, event);
    const named = among.some(this.#namedBy(type, one), one.duty).filter(({ event }) => isIt(event));
    if (this.#isLookedUp(type, one)) return named;
    const first = among.first({ ...this.#since(type, one), ...{ one, type, by, isIt }, isOfLearner: isOfReferral(one.duty) });
    return first ? [...named, first] : named;
  }

  /** What there are few of: what began on a referral, words on it, and the same thing once more. */
  #namedBy(type: DutyEvent['type'], { duty, trigger }: TriggeredDuty): readonly DutyEvent[] {
    const { things, kinds } = this.#facts;
    if (isOfReferral(duty) && type === START) return things.referrals.takenUp(trigger);
    if (isOfReferral(duty)) return this.#isWord(type) ? things.referrals.wordsOf(trigger).filter((word) => word.type === type) : [];
    const { identifies: given = '' } = kinds(type);
    const id = trigger.data[given];
    if (trigger.source === undefined || id === undefined) return [];
    return things.givenBy(type, trigger.source, id).filter((event) => this.#isItself(trigger, event));
  }

  #isLookedUp(type: DutyEvent['type'], { duty }: TriggeredDuty): boolean {
    return isOfReferral(duty) && (type === START || this.#isWord(type));
  }

  #isWord(type: DutyEvent['type']): boolean {
    return this.#facts.kinds(type).refersTo.includes('referralId');
  }

  #does(one: TriggeredDuty, event: DutyEvent): boolean {
    return this.#isOfThat(one, event) && this.#isSince(one, event);
  }

  /** The word of whoever does not stand does nothing for anybody else. */
  #isOfThat(one: TriggeredDuty, event: DutyEvent): boolean {
    const { duty, trigger } = one;
    if (event.place === trigger.place || (event.confirmed === false && !areOfOne(event, trigger))) return false;
    return isOfReferral(duty) || this.#facts.things.areOne(trigger, event);
  }

  /** What was arranged is done whenever that itself is; a place taken up is one. */
  #isSince(one: TriggeredDuty, event: DutyEvent): boolean {
    const { duty, trigger } = one;
    if ((isOfReferral(duty) && event.type === START) || this.#isItself(trigger, event)) return true;
    const { earliest, validOn } = this.#since(event.type, one);
    const countsUntil = dayIn(this.#facts.things.factsOf(event), 'validUntil');
    if (validOn !== undefined && countsUntil !== undefined) return countsUntil >= validOn;
    return isLater({ event, day: this.#facts.dayOf(event) }, earliest);
  }

  /** What is assessed counts as long as it is valid; of what is next in a row, only what comes later. */
  #since(type: DutyEvent['type'], { duty, trigger, time }: TriggeredDuty): Pick<Wanted, 'earliest' | 'validOn'> {
    const isNext = this.#isNext(trigger.type, type);
    const isOfValid = !isNext && duty.by === undefined && type === 'assessment.recorded';
    return {
      earliest: { day: time.earliest, place: isNext ? trigger.place : -Infinity },
      validOn: isOfValid ? time.since : undefined,
    };
  }

  /** The same thing once more, as a review that was arranged is when it is held. */
  #isItself(trigger: DutyEvent, event: DutyEvent): boolean {
    const { kinds } = this.#facts;
    const { identifies: given } = kinds(event.type);
    if (given === undefined || event.type === trigger.type || given !== kinds(trigger.type).identifies) return false;
    return areOfOne(event, trigger) && event.data[given] !== undefined && event.data[given] === trigger.data[given];
  }

  /** Of two of one kind, or of which neither has a day of its own, the one that was recorded later is the later of a day. */
  #isNext(trigger: DutyEvent['type'], type: DutyEvent['type']): boolean {
    const { kinds } = this.#facts;
    const [{ refersTo, on }, { identifies = '', on: otherOn }] = [kinds(trigger), kinds(type)];
    return type === trigger || refersTo.includes(identifies) || (on ?? otherOn) === undefined;
  }

  /** What it is about was over before anybody did it. */
  #overIn({ duty, trigger, time }: TriggeredDuty): DutyOutcome {
    if (ENDINGS.includes(trigger.type)) return {};
    if (trigger.type === REFERRAL) return isOfReferral(duty) ? this.#referralOver(trigger) : this.#answeredIn(trigger);
    const { programmes } = this.#facts;
    return over(duty.while === 'on-programme' ? programmes.endOfBegun(time.due) : programmes.endOf(trigger));
  }

  /** Once it lapsed: after all. */
  #answeredIn(referral: DutyEvent): DutyOutcome {
    const { things, dayOf, isKnown } = this.#facts;
    const word = things.referrals.wordsOf(referral).find(isKnown);
    return over(word && dayOf(word));
  }

  /** Refused, taken back, or followed by nothing for half a year; or what began there has ended. */
  #referralOver(referral: DutyEvent): DutyOutcome {
    const { things, dayOf, isKnown, programmes, on } = this.#facts;
    const refused = things.referrals.refusalOf(referral, isKnown);
    if (refused) return over(dayOf(refused));
    const begun = programmes.endSince(referral);
    if (begun.hasBegun) return over(begun.endedOn);
    const lapse = addDays(referral.knownOn, LAPSE_DAYS + 1);
    return over(lapse > on ? undefined : lapse);
  }
}

const over = (settledOn: IsoDate | undefined): DutyOutcome => (settledOn === undefined ? {} : { settledOn });

interface Asked {
  readonly one: TriggeredDuty;
  readonly by: AgencySlug | undefined;
  readonly among: Discharges;
}
