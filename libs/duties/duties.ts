// What somebody must do by when, worked out of what was recorded of a learner and of the day (views.md, part 4; ADR 40). Pure.
import { type AgencySlug, daysBetween, type IsoDate } from '#kernel';
import type { Duty } from '#sharing-protocols';
import type { DutyEvent, DutyInstance, DutyKinds, DutyOutcome, DutyTerm } from './duty-event.ts';
import { DutyThings } from './duty-things.ts';
import { ADVISERS, dayIn, type DutyTime, hasFacts, isReckoned, timeAfter, timeOf, type TriggeredDuty, triggerOf } from './duty-types.ts';
import { later } from './timeline.ts';
import { Outcomes, REFERRAL } from './outcomes.ts';
import { Programmes } from './programmes.ts';
import { refers } from './referrals.ts';
import { Responsibility } from './responsible.ts';

export * from './duty-event.ts';

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
  readonly #programmes: Programmes;
  readonly #outcomes: Outcomes;
  #advisers: Responsibility | undefined;

  /** `events` in any order, without what was retracted. `on`: the day at whose end it is asked. `before`: see `with`. */
  constructor(events: readonly DutyEvent[], kinds: DutyKinds, on: IsoDate, before?: DutyReckoning) {
    const things = before ? before.#things.with(events) : new DutyThings(events, kinds);
    const [dayOf, isKnown] = [this.#dayOf, this.#isKnown];
    this.#kinds = kinds;
    this.on = on;
    this.#things = things;
    this.#programmes = new Programmes(things, dayOf, isKnown);
    this.#outcomes = new Outcomes({ ...{ things, kinds, on, dayOf, isKnown }, programmes: this.#programmes, added: events });
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

  /** `by`: who alone may do it. */
  outcomeOf(one: TriggeredDuty, by?: AgencySlug): DutyOutcome {
    return this.#outcomes.of(one, by);
  }

  /** Of what stood before the events with which it is reckoned on: only these may have done it. */
  outcomeOfStanding(one: TriggeredDuty, by?: AgencySlug): DutyOutcome {
    return this.#outcomes.ofStanding(one, by);
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
    return duty.while === 'on-programme' ? this.#programmes.runners(time.due) : [];
  }

  /** The next day, after this one, on which a referral that waits is over. */
  get nextLapse(): IsoDate | undefined {
    const { referrals } = this.#things;
    return this.#things
      .of(REFERRAL)
      .flatMap((referral) => referrals.lapseOf(referral, this.#isKnown) ?? [])
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

  /**
   * Of a referral that nobody answered, from the day on which it lapsed, or was recorded, if that was later: who asks for some refusals
   * alone does not ask for this.
   */
  #timeOfLapse(duty: Duty, referral: DutyEvent): KnownTime | undefined {
    const lapsedOn = hasFacts({}, duty.when) ? this.#things.referrals.lapseOf(referral, this.#isKnown) : undefined;
    if (lapsedOn === undefined) return undefined;
    const day = later(lapsedOn, referral.recordedOn ?? lapsedOn);
    return { ...timeAfter(duty, day, { day: lapsedOn }), knownOn: day, toldOn: lapsedOn };
  }

  /** Whoever came by another way than the service's own is to have an adviser since then, and not since the programme began. */
  #isWanted({ duty, trigger, time }: TriggeredDuty): boolean {
    if (duty.while === 'on-programme') return this.#programmes.hasBegun(time.due);
    return duty.while !== 'without-adviser' || !(this.#hasAdviser(time.since) || this.#things.referrals.cameByAnotherWay(trigger));
  }

  /** At the end of a day, by what was known then. */
  #hasAdviser(day: IsoDate): boolean {
    this.#advisers ??= new Responsibility(
      this.#things.of(...ADVISERS),
      () => undefined,
      () => true,
    );
    return this.#advisers.on(day) !== undefined;
  }

  #stateOf({ doneBy: done, settledOn }: DutyOutcome, due: IsoDate): DutyStanding {
    if (settledOn === undefined) return { state: due < this.on ? 'overdue' : 'open' };
    if (!done) return { state: 'void' };
    const lateBy = daysBetween(due, settledOn);
    const told = done.knownOn > due ? { knownLate: true as const } : {};
    return { state: 'discharged', dischargedBy: done, dischargedOn: settledOn, ...(lateBy > 0 ? { lateBy } : told) };
  }

  /** Day on which an event took effect: as it says itself, else the day on which it became known. */
  readonly #dayOf = (event: DutyEvent): IsoDate => dayIn(this.#things.factsOf(event), this.#kinds(event.type).on) ?? event.knownOn;

  readonly #isKnown = (event: DutyEvent): boolean => this.#dayOf(event) <= this.on && event.knownOn <= this.on;
}
