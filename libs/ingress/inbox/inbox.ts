// Everything that comes in from a log of messages: each partition by itself, side by side, exactly once (invariants 1 to 3).
import type { EventStore } from '#event-store';
import type { AgencySlug } from '#kernel';
import {
  type InboxBatch,
  type MessageSource,
  type MessageTaker,
  type OpenPartition,
  type Partition,
  partitionName,
  reachedIn,
  type TakenIn,
  takenInName,
} from './message-source.ts';
import { isOthers, PartitionInbox, type PartitionParts } from './partition-inbox.ts';
import { Backoff } from './waiting.ts';

export interface InboxParts extends PartitionParts {
  readonly store: Pick<EventStore, 'bookmarks'>;
  /** Told where a topic is not the one that its bookmark is of: it is begun at its start. */
  readonly madeAnew?: (partition: OpenPartition) => void;
}

export interface InboxFigures {
  /** Messages not recorded, by the agency that sent them. */
  readonly lag: ReadonlyMap<AgencySlug, number>;
  /** Messages in memory. */
  readonly inFlight: number;
}

interface Held {
  readonly partition: OpenPartition;
  readonly inbox: Promise<PartitionInbox>;
  /** Ends the partition's work. */
  readonly ending: AbortController;
  open?: PartitionInbox;
}

export class Inbox implements MessageTaker {
  readonly #parts: InboxParts;
  readonly #held = new Map<string, Held>();
  #source: MessageSource | undefined;
  #stopped = false;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  /** Where messages come from, from now on. */
  from(source: MessageSource): void {
    this.#source = source;
  }

  assigned(partitions: readonly Partition[]): void {
    const ours = new Set(partitions.map(partitionName));
    for (const name of this.#held.keys()) if (!ours.has(name)) this.#letGo(name);
  }

  async begin(partition: OpenPartition): Promise<number | undefined> {
    if (this.#stopped) return undefined;
    const held = this.#held.get(partitionName(partition));
    if (held && held.partition.topicId !== partition.topicId) await this.#endWork(held);
    const inbox = await this.#inboxOf(partition).catch(() => undefined);
    return inbox?.next;
  }

  async take(batch: InboxBatch): Promise<number | undefined> {
    if (this.#stopped) return undefined;
    const inbox = await this.#inboxOf(batch).catch(() => undefined);
    if (!inbox) return undefined; // it was given up before it was open
    const elsewhere = inbox.accept(batch);
    if (elsewhere !== undefined) return elsewhere;
    this.#watch(batch, inbox);
    await inbox.room();
    return undefined;
  }

  recorded(): readonly (Partition & { readonly offset: number })[] {
    return [...this.#held.values()].flatMap(({ partition, open }) =>
      open ? [{ topic: partition.topic, partition: partition.partition, offset: open.recorded }] : [],
    );
  }

  figures(): InboxFigures {
    const lag = new Map<AgencySlug, number>();
    let inFlight = 0;
    for (const { open } of this.#held.values()) {
      if (!open) continue;
      lag.set(open.agency, (lag.get(open.agency) ?? 0) + open.lag);
      inFlight += open.inFlight;
    }
    return { lag, inFlight };
  }

  /** Takes no more messages. Resolves when the chunks under way are recorded; what waits behind them is read again another time. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const held = [...this.#held.values()];
    for (const { ending } of held) ending.abort();
    await Promise.allSettled(held.map(async ({ inbox }) => (await inbox).settled()));
  }

  async #inboxOf(partition: OpenPartition): Promise<PartitionInbox> {
    const name = partitionName(partition);
    const held = this.#held.get(name) ?? this.#open(partition);
    this.#held.set(name, held);
    return held.inbox;
  }

  #open({ topic, partition, agency, topicId }: OpenPartition): Held {
    const ending = new AbortController();
    const of = { topic, partition, agency, topicId };
    const inbox = this.#takenIn(of, ending.signal).then((takenIn) => {
      if (reachedIn(takenIn, topicId).anew) this.#parts.madeAnew?.(of);
      return (held.open = new PartitionInbox(this.#parts, of, { takenIn, signal: ending.signal }));
    });
    const held: Held = { partition: of, ending, inbox };
    return held;
  }

  /** What is under way of a topic that was made anew is done before the new one is begun. */
  async #endWork({ partition, inbox }: Held): Promise<void> {
    this.#letGo(partitionName(partition));
    await inbox.then((open) => open.settled()).catch(() => undefined);
  }

  /** What another process owes for the partition is known before anything is added to it. */
  async #takenIn(partition: Partition, signal: AbortSignal): Promise<TakenIn> {
    const name = takenInName(partition);
    for (const backoff = new Backoff(); ; await backoff.wait(signal)) {
      try {
        const bookmark = (await this.#parts.store.bookmarks(name)).get(name) ?? null;
        await this.#parts.outbox.lookUp();
        return bookmark;
      } catch (cause) {
        if (signal.aborted) throw cause;
        this.#parts.stalled(cause);
      }
    }
  }

  /** Where another process was first, the partition is read again: its bookmark tells from where. */
  #watch(partition: Partition, inbox: PartitionInbox): void {
    inbox.settled().catch((cause: unknown) => {
      const name = partitionName(partition);
      if (this.#stopped || this.#held.get(name)?.open !== inbox) return;
      if (!isOthers(cause)) this.#parts.stalled(cause);
      this.#letGo(name);
      this.#source?.seek(partition, inbox.recorded);
    });
  }

  #letGo(name: string): void {
    this.#held.get(name)?.ending.abort();
    this.#held.delete(name);
  }
}
