// What the demo's agencies tell over five months, collected chapter by chapter and put in the order of time.
import type { CatalogueData, ShortType } from '#catalogue';
import { type AgencyEvent, type EventToSend, type Outcome, toEvent } from '#client';
import { addDays, type Instant, type IsoDate } from '#kernel';
import type { Slug } from './cast.ts';

/** Days that the story spans; it ends the day before the demo is made. */
export const STORY_DAYS = 150;

export interface Told {
  readonly kind: 'told';
  readonly at: Instant;
  readonly by: Slug;
  readonly event: AgencyEvent;
  /** `unverifiable`: the signature is spoilt on the way. */
  readonly expected: Outcome | 'unverifiable';
}

/** Somebody looks at a learner's passport. */
export interface Looked {
  readonly kind: 'looked';
  readonly at: Instant;
  readonly by: Slug;
  readonly ref: string;
  readonly purposes: readonly string[];
  /** Of the agency; without one its system looks by itself. */
  readonly staff?: string;
}

export type Step = Told | Looked;

export interface Telling {
  /** `uln:…` or `local:…`. */
  readonly subject?: string;
  readonly expected?: Told['expected'];
}

const HOUR = 3_600_000;
const SECOND = 1000;
/** Agencies tell what happened on a day from nine o'clock on, in the order of the telling. */
const MORNING = 9 * HOUR;

export class Story {
  readonly #firstDay: IsoDate;
  readonly #steps: Step[] = [];
  readonly #counts = new Map<Slug, number>();

  constructor(firstDay: IsoDate) {
    this.#firstDay = firstDay;
  }

  /** Day 0 is the first. */
  date(day: number): IsoDate {
    return addDays(this.#firstDay, day);
  }

  /** A day that is yet to come is not told: undefined. */
  tell<Type extends ShortType>(
    by: Slug,
    day: number,
    [type, data]: readonly [Type, CatalogueData[Type]],
    { subject, expected = 'accepted' }: Telling = {},
  ): Told | undefined {
    const count = (this.#counts.get(by) ?? 0) + 1;
    this.#counts.set(by, count);
    if (day >= STORY_DAYS) return undefined;
    const at = this.#instant(day);
    const what = { type, data, id: `${by}-${count}`, time: new Date(at).toISOString(), ...(subject === undefined ? {} : { subject }) };
    return this.#add({ kind: 'told', at, by, event: toEvent(by, what as EventToSend), expected });
  }

  /** The same event once more, or under its id another one. */
  again(told: Told | undefined, day: number, change: { readonly data?: object; readonly expected: Told['expected'] }): void {
    if (told === undefined || day >= STORY_DAYS) return;
    const { data, expected } = change;
    this.#add({ ...told, at: this.#instant(day), event: data === undefined ? told.event : { ...told.event, data }, expected });
  }

  /** An agency's system, or somebody of its staff. */
  look(who: Slug | Pick<Required<Looked>, 'by' | 'staff'>, day: number, ref: string, purposes: readonly string[]): void {
    const asker = typeof who === 'string' ? { by: who } : who;
    if (day < STORY_DAYS) this.#add({ kind: 'looked', at: this.#instant(day), ...asker, ref, purposes });
  }

  /** In the order of time. */
  steps(): readonly Step[] {
    return [...this.#steps].sort((a, b) => a.at - b.at);
  }

  #instant(day: number): Instant {
    return Date.parse(`${this.date(day)}T00:00:00Z`) + MORNING + this.#steps.length * SECOND;
  }

  #add<One extends Step>(step: One): One {
    this.#steps.push(step);
    return step;
  }
}
