// What can go wrong with a node, on demand.
import type { Streams } from './streams.ts';
import { type AlienEvent, Surgery } from './surgery.ts';

/** Why the node itself turns appends away: it is no leader (and names the leader: itself), is starting, or forbids it. */
export type Refusal = 'not-leader' | 'not-ready' | 'access-denied';

/** How the caller learns nothing: the connection breaks, or the server says that it did not manage in time. */
export type Loss = 'disconnecting' | 'timing-out';

export interface Node {
  /** Breaks every connection; new ones are taken. */
  readonly disconnect: () => void;
  /** Breaks every connection and takes none. */
  readonly goDown: () => Promise<void>;
  readonly comeUp: () => Promise<void>;
}

export type Ordered = 'store' | Refusal | `lose, then ${Loss}` | `store, then ${Loss}` | 'die';

export class Faults {
  readonly #node: Node;
  readonly #surgery: Surgery;
  readonly #orders: Ordered[] = [];
  #diskIsFull = false;
  #delayMs = 0;
  #gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  #held = 0;
  readonly #watchers = new Set<() => void>();

  constructor(node: Node, streams: Streams, keep: () => void) {
    this.#node = node;
    this.#surgery = new Surgery(streams, () => {
      keep();
      node.disconnect();
    });
  }

  /** Every connection breaks now; new ones are taken. */
  dropConnections(): void {
    this.#node.disconnect();
  }

  /** As a node stopped: connections break, none is taken, until `bringUp`. */
  takeDown(): Promise<void> {
    return this.#node.goDown();
  }

  bringUp(): Promise<void> {
    return this.#node.comeUp();
  }

  /** The next append is stored, or not, and its caller does not learn which. */
  loseNextAnswer(stored: 'after-storing' | 'before-storing', by: Loss = 'disconnecting'): void {
    this.#orders.push(stored === 'after-storing' ? `store, then ${by}` : `lose, then ${by}`);
  }

  /** The next so many appends are turned away. */
  refuseAppends(as: Refusal, times = 1): void {
    for (let n = 0; n < times; n++) this.#orders.push(as);
  }

  /** Every append takes so much longer; 0 for none. */
  delayAppends(milliseconds: number): void {
    this.#delayMs = milliseconds;
  }

  /** The disk takes no more: the next append ends the node's process, as it does KurrentDB's, until `freeDisk`. */
  fillDisk(): void {
    this.#diskIsFull = true;
  }

  freeDisk(): Promise<void> {
    this.#diskIsFull = false;
    return this.#node.comeUp();
  }

  /** Appends wait, in their order, until the function given is called. */
  holdAppends(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = { opened: promise, open: resolve };
    return () => {
      this.#gate = undefined;
      resolve();
    };
  }

  /** Resolves when so many appends are held. */
  async held(appends: number): Promise<void> {
    while (this.#held < appends) await new Promise<void>((resolve) => this.#watchers.add(resolve));
  }

  /** Restored older: the stream ends before this revision. What is done to streams here is done with no connection open. */
  truncate(stream: string, fromRevision: number): void {
    this.#surgery.truncate(stream, fromRevision);
  }

  /** The event is gone, its revision with it. */
  remove(stream: string, revision: number): void {
    this.#surgery.remove(stream, revision);
  }

  change(stream: string, revision: number, to: Partial<AlienEvent>): void {
    this.#surgery.change(stream, revision, to);
  }

  /** An event nobody appended stands at this revision; those from there on are one further. */
  insert(stream: string, revision: number, event: AlienEvent): void {
    this.#surgery.insert(stream, revision, event);
  }

  /** For the server: waits as long as an append has to, and says what becomes of it. */
  async order(): Promise<Ordered> {
    if (this.#gate !== undefined) await this.#wait(this.#gate.opened);
    if (this.#delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#delayMs));
    return this.#diskIsFull ? 'die' : (this.#orders.shift() ?? 'store');
  }

  async #wait(opened: Promise<void>): Promise<void> {
    this.#held++;
    for (const look of this.#watchers) look();
    this.#watchers.clear();
    await opened;
    this.#held--;
  }
}
