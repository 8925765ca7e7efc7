// Which messages the log holds already, and which are on their way into it (invariant 3: once).
import { randomUUID } from 'node:crypto';
import type { Catalogue } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import { openContribution, type OpenedContribution, REPEAT_AVOIDED } from '#learner-file';
import { type Keys, keysOf, type LoadsKeys } from '#privacy';
import type { Missing } from '#unit-of-work';
import { correlation } from '#bus';
import type { EventToJudge } from './checks/event-form.ts';

/** What the log holds under the id of a message, or of a notice that is answered. */
export interface SeenMessage {
  readonly recorded: RecordedEvent;
  /** Undefined where it was erased, or is no message. */
  readonly opened: OpenedContribution | undefined;
}

interface Holder {
  readonly owner: MessagesSeen;
  readonly released: Promise<void>;
}

/** Ids of messages that are judged but not yet on disk, and who holds them. */
export type MessagesInFlight = Map<string, Holder>;

export interface SeenIn {
  readonly store: Pick<EventStore, 'findByIds'>;
  readonly vault: LoadsKeys;
  readonly catalogue: Catalogue;
}

/** What the ids of messages that are judged together were found to be. */
export class MessagesSeen {
  readonly #store: Pick<EventStore, 'findByIds'>;
  readonly #vault: LoadsKeys;
  readonly #catalogue: Catalogue;
  readonly #inFlight: MessagesInFlight;
  readonly #found = new Map<string, SeenMessage | undefined>();
  #release: () => void = () => undefined;
  #held: readonly string[] = [];
  #asked: string[] = [];
  #finding: Promise<void> | undefined;

  constructor({ store, vault, catalogue }: SeenIn, inFlight: MessagesInFlight) {
    this.#store = store;
    this.#vault = vault;
    this.#catalogue = catalogue;
    this.#inFlight = inFlight;
  }

  /** Of these ids, those that were not looked up, or that another message holds which is under way. */
  missing(ids: readonly string[]): readonly Missing[] {
    return ids.flatMap((id) => (this.#otherWith(id) || !this.#found.has(id) ? [{ from: this, name: id }] : []));
  }

  /** What is recorded under an id that is not missing; undefined where nothing is. */
  find(id: string): SeenMessage | undefined {
    if (!this.#found.has(id)) throw new Error('Look first: this message id was not looked up.');
    return this.#found.get(id);
  }

  /** All that are asked for in one turn are looked up together. */
  async load(id: string): Promise<void> {
    await this.#otherWith(id)?.released;
    this.#asked.push(id);
    await (this.#finding ??= Promise.resolve().then(async () => this.#findAsked()));
  }

  async #findAsked(): Promise<void> {
    const ids = this.#asked;
    this.#asked = [];
    this.#finding = undefined;
    const found = await this.#store.findByIds(ids);
    const messages = [...found.values()].filter((recorded) => this.#isMessage(recorded));
    const keys = await keysOf(this.#vault, messages);
    for (const id of ids) this.#found.set(id, this.#seen(found.get(id), keys));
  }

  #seen(recorded: RecordedEvent | undefined, keys: Keys): SeenMessage | undefined {
    return recorded && { recorded, opened: this.#isMessage(recorded) ? openContribution(recorded, keys) : undefined };
  }

  /** Whoever answers a notice gives its id, and may give that of anything. */
  #isMessage({ type }: RecordedEvent): boolean {
    return type === REPEAT_AVOIDED || this.#catalogue.type(type) !== undefined;
  }

  #otherWith(id: string): Holder | undefined {
    const holder = this.#inFlight.get(id);
    return holder?.owner === this ? undefined : holder;
  }

  /** Another writer was first: what was found may have changed. Nothing is held meanwhile, so that nobody who holds waits for another. */
  forget(): void {
    this.#found.clear();
    this.release();
  }

  /** Makes others who meet these ids wait until `release`. */
  hold(ids: readonly string[]): void {
    const { promise: released, resolve } = Promise.withResolvers<void>();
    this.#held = ids;
    this.#release = resolve;
    for (const id of ids) this.#inFlight.set(id, { owner: this, released });
  }

  release(): void {
    for (const id of this.#held) this.#inFlight.delete(id);
    this.#held = [];
    this.#release();
  }
}

// What a message brings to its judging beside its content: ids, drawn once before, so that judging it again makes the same (ADR 25).

/** Of a registration or correction. All are random: nothing leads from one to another, nor from the event to them. */
export interface LinkedIds {
  /** Of the learner whom it registers, and the name under which what leads to the learner is sealed. */
  readonly learner: string;
  readonly alias: string;
  /** Of the broker's own events, by which identifiers lead to the learner: as many as there can be. */
  readonly own: readonly { readonly event: string; readonly correlation: string }[];
}

/** Of what an event may make beside itself. */
export interface NewIds {
  readonly linked?: LinkedIds;
  /** Of the decision by which the sender of an assessment is told of one that exists. */
  readonly decision?: string;
}

export interface Metadata {
  /** Of the use case in whose course the message is judged. */
  readonly correlation: string;
  /** By place among the message's events. */
  readonly newIds: readonly NewIds[];
}

/** A ULN, a local id, and two combinations of name and date of birth: with a postcode, and with a school. */
const drawLinked = (): NewIds => ({
  linked: { learner: randomUUID(), alias: randomUUID(), own: [drawOwn(), drawOwn(), drawOwn(), drawOwn()] },
});

const drawOwn = (): LinkedIds['own'][number] => ({ event: randomUUID(), correlation: randomUUID() });

/** Most events make nothing but themselves. */
const DRAWN: ReadonlyMap<unknown, () => NewIds> = new Map([
  ['uk.concordat.learner.registered.v1', drawLinked],
  ['uk.concordat.learner.corrected.v1', drawLinked],
  ['uk.concordat.assessment.recorded.v1', () => ({ decision: randomUUID() })],
]);
const NONE: NewIds = {};

const typeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)['type'] : undefined;

export const metadataFor = (events: readonly Pick<EventToJudge, 'value'>[]): Metadata => ({
  correlation: correlation(),
  newIds: events.map(({ value }) => DRAWN.get(typeOf(value))?.() ?? NONE),
});
