// A learner's programmes by the end of a day: which had begun, who runs those that go on, and when the last of them ended (ADR 90). Pure.
import type { AgencySlug, IsoDate } from '#kernel';
import type { DutyEvent } from './duty-event.ts';
import type { DutyThings } from './duty-things.ts';
import { ENDINGS, inPlaces } from './duty-types.ts';
import { firstWhere, NEVER } from './timeline.ts';
import type { HappenedBy } from './referrals.ts';

/** Of programmes in some order: the day of the last end of all up to each, or never where one of them goes on. */
type RunningEnd = readonly IsoDate[];

const endsUpTo = (ends: readonly (IsoDate | undefined)[]): RunningEnd => {
  const running: IsoDate[] = [];
  for (const [at, end = NEVER] of ends.entries()) {
    const before = running[at - 1] ?? end;
    running.push(end > before ? end : before);
  }
  return running;
};

const dayBegun = ({ data: { startedOn } }: DutyEvent): IsoDate => (typeof startedOn === 'string' ? startedOn : '');

const byDayBegun = (one: DutyEvent, other: DutyEvent): number =>
  dayBegun(one) < dayBegun(other) ? -1 : Number(dayBegun(one) > dayBegun(other));

/** The days on which the first began, and the first of those that go on. */
interface Runner {
  readonly source: AgencySlug | undefined;
  readonly first: IsoDate;
  readonly goesOn: IsoDate;
}

/** `endedOn`: undefined where nothing began, or some of it goes on. */
interface Ended {
  readonly hasBegun: boolean;
  readonly endedOn: IsoDate | undefined;
}

/** Of some programmes in an order of their own: that some first of them ended is told by how many they are. */
interface InOrder {
  readonly starts: readonly DutyEvent[];
  readonly ends: RunningEnd;
}

const firstOf = ({ ends }: InOrder, count: number): Ended => {
  const last = ends[count - 1];
  return { hasBegun: last !== undefined, endedOn: last === NEVER ? undefined : last };
};

export class Programmes {
  readonly #things: DutyThings;
  readonly #dayOf: (event: DutyEvent) => IsoDate;
  readonly #isKnown: HappenedBy;
  readonly #ends = new Map<string, DutyEvent | undefined>();
  readonly #at = new Map<AgencySlug, InOrder>();
  #endings: ReadonlyMap<unknown, readonly DutyEvent[]> | undefined;
  #begun: InOrder | undefined;
  #runners: readonly Runner[] | undefined;

  /** `isKnown`: what happened, and was told, by the end of the day that is asked about. */
  constructor(things: DutyThings, dayOf: (event: DutyEvent) => IsoDate, isKnown: HappenedBy) {
    this.#things = things;
    this.#dayOf = dayOf;
    this.#isKnown = isKnown;
  }

  /** Whether somebody may be on any that had begun by then: a pupil's course is none. */
  hasBegun(day: IsoDate): boolean {
    return this.#countBegun(day) > 0;
  }

  /** On which the last of those ended. */
  endOfBegun(day: IsoDate): IsoDate | undefined {
    return firstOf(this.#inDays(), this.#countBegun(day)).endedOn;
  }

  /** Who runs those that had begun by then and go on; where none does, who ran them. */
  runners(day: IsoDate): readonly AgencySlug[] {
    this.#runners ??= this.#runnersFound();
    const running = this.#runners.filter(({ goesOn }) => goesOn <= day);
    const begun = running.length > 0 ? running : this.#runners.filter(({ first }) => first <= day);
    return begun.flatMap(({ source }) => source ?? []);
  }

  /** Of those that are known to have begun where somebody was referred to, since: the day of the last end. */
  endSince({ place, data: { to } }: DutyEvent): Ended {
    if (typeof to !== 'string') return { hasBegun: false, endedOn: undefined };
    const at = this.#at.get(to) ?? this.#lastFirst(to);
    this.#at.set(to, at);
    const count = firstWhere(at.starts, (start) => start.place <= place);
    return firstOf(at, count);
  }

  /** Day on which a programme ended that an event is, or is about. */
  endOf(event: DutyEvent): IsoDate | undefined {
    const { programmeId } = event.data;
    if (programmeId === undefined) return undefined;
    const name = JSON.stringify([event.type, this.#things.ownerOf(event, 'programmeId'), programmeId]);
    if (!this.#ends.has(name)) this.#ends.set(name, this.#endFound(event));
    const end = this.#ends.get(name);
    return end && this.#dayOf(end);
  }

  #endFound(event: DutyEvent): DutyEvent | undefined {
    this.#endings ??= Map.groupBy(this.#things.of(...ENDINGS).filter(this.#isKnown), ({ data }) => data['programmeId']);
    const ofAny = this.#endings.get(undefined) ?? [];
    const ofThat = this.#endings.get(event.data['programmeId']) ?? [];
    const endings = ofAny.length === 0 ? ofThat : [...ofThat, ...ofAny].sort(inPlaces);
    return endings.find((ending) => this.#things.areOne(event, ending) && this.#mayEnd(ending, event));
  }

  /** Nobody ends another's programme; where it is not seen whose the event's is, the id alone tells, unless several are of it. */
  #mayEnd({ source, confirmed }: DutyEvent, event: DutyEvent): boolean {
    const owner = this.#things.ownerOf(event, 'programmeId');
    if (owner !== undefined) return owner === source;
    return confirmed !== false && this.#things.identifying('programmeId', event.data['programmeId']).length === 0;
  }

  #inDays(): InOrder {
    this.#begun ??= this.#inOrder(
      this.#things
        .of('programme.started')
        .filter(({ data }) => data['kind'] !== 'school-course')
        .toSorted(byDayBegun),
    );
    return this.#begun;
  }

  #countBegun(day: IsoDate): number {
    return firstWhere(this.#inDays().starts, (start) => dayBegun(start) > day);
  }

  #lastFirst(source: AgencySlug): InOrder {
    const known = this.#things.of('programme.started').filter((start) => start.source === source && this.#isKnown(start));
    return this.#inOrder(known.reverse());
  }

  #inOrder(starts: readonly DutyEvent[]): InOrder {
    return { starts, ends: endsUpTo(starts.map((start) => this.endOf(start))) };
  }

  #runnersFound(): readonly Runner[] {
    const { starts } = this.#inDays();
    return [...Map.groupBy(starts, ({ source }) => source)].map(([source, begun]) => {
      const [first, goesOn] = [begun[0], begun.find((start) => this.endOf(start) === undefined)];
      return { source, first: first ? dayBegun(first) : NEVER, goesOn: goesOn ? dayBegun(goesOn) : NEVER };
    });
  }
}
