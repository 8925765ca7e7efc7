// Which messages the log holds already, and which are on their way into it (invariant 3: once).
import type { EventStore, RecordedEvent } from '#event-store';
import { NotLoaded } from '#learner-file';
import type { Vault } from '#privacy';

/** The event id of a message id: equal for equal (source, id), and telling nothing of either. */
export const eventIdOf = (vault: Vault, source: string, id: string): string => vault.blindId('event', `${source}\n${id}`);

interface Holder {
  readonly owner: MessagesSeen;
  readonly released: Promise<void>;
}

/** Ids of messages that are judged but not yet on disk, and who holds them. */
export type MessagesUnderWay = Map<string, Holder>;

/** What the ids of messages that are judged together were found to be. */
export class MessagesSeen {
  readonly #store: EventStore;
  readonly #underWay: MessagesUnderWay;
  readonly #found = new Map<string, RecordedEvent | undefined>();
  readonly #released: Promise<void>;
  #release: () => void = () => undefined;
  #held: readonly string[] = [];
  #attempt = 1;

  constructor(store: EventStore, underWay: MessagesUnderWay) {
    this.#store = store;
    this.#underWay = underWay;
    this.#released = new Promise((release) => (this.#release = release));
  }

  /**
   * The event recorded under this id; undefined where there is none.
   * Throws `NotLoaded`, also while another message with the id is under way.
   */
  find(id: string): RecordedEvent | undefined {
    const other = this.#underWay.get(id);
    if (other && other.owner !== this) throw new NotLoaded(() => other.released.then(() => this.#found.delete(id)));
    if (!this.#found.has(id)) throw new NotLoaded(() => this.load([id]));
    return this.#found.get(id);
  }

  async load(ids: readonly string[]): Promise<void> {
    const found = await this.#store.findByIds(ids);
    for (const id of ids) this.#found.set(id, found.get(id));
  }

  /** With a further attempt what was found may have changed: it is looked up anew, once. */
  begin(attempt: number): void {
    if (attempt === this.#attempt) return;
    this.#attempt = attempt;
    this.#found.clear();
  }

  /** Makes others who meet these ids wait until `release`. */
  hold(ids: readonly string[]): void {
    this.#held = ids;
    for (const id of ids) this.#underWay.set(id, { owner: this, released: this.#released });
  }

  release(): void {
    for (const id of this.#held) this.#underWay.delete(id);
    this.#release();
  }
}
