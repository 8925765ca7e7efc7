// Group commit to the stream: a group is judged on the replica, sent in one append at the stream's end, and taken into the replica once the
// server has it. Whoever asks meanwhile waits for the next group, so groups grow with what the server takes to answer.
import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '#kernel';
import { type Appended, type Bookmark, EventStoreError, type StreamWrite } from '../event-store.ts';
import type { AskedAppend, Judgement, SqliteReplica } from '../sqlite/index.ts';
import type { Follower } from './follower.ts';
import { likelySize, packed } from './packing.ts';
import { RemoteFailure } from './remote-failure.ts';
import { encode, type Proposed, proposedBeside, proposedEvent, sizeOf } from './remote-form.ts';
import type { RemoteAppend } from './remote-append.ts';

interface PendingAppend extends AskedAppend {
  /** By the monotonic clock: when it is told that the server cannot be reached. */
  readonly until: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (cause: unknown) => void;
}

type Judged = readonly (readonly [PendingAppend, Judgement])[];

export interface QueueTerms {
  readonly replica: SqliteReplica;
  readonly follower: Follower;
  readonly append: RemoteAppend;
  /** Milliseconds that an append waits while the server cannot be reached. */
  readonly patienceMs: number;
}

const GROUP_EVENTS = 1000;
/** What the server takes unless it is told otherwise; it says so where it takes less. */
const APPEND_BYTES = 1024 * 1024;
/** Left free, since what an append is counted at is reckoned before it is judged. */
const SPARE = 0.9;

export class RemoteAppendQueue {
  readonly #terms: QueueTerms;
  #waiting: PendingAppend[] = [];
  #working: Promise<void> | undefined;
  #limit = APPEND_BYTES;
  #failures = 0;

  constructor(terms: QueueTerms) {
    this.#terms = terms;
  }

  add(writes: readonly StreamWrite[], bookmarks: readonly Bookmark[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writes, bookmarks, until: performance.now() + this.#terms.patienceMs, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves once all that waits is stored or refused. */
  async drain(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve)); // what is asked for in this turn goes together
    while (this.#waiting.length > 0) await this.#commit(this.#nextGroup());
    this.#working = undefined;
  }

  #nextGroup(): PendingAppend[] {
    let [size, events, bytes] = [0, 0, 0];
    for (const asked of this.#waiting) {
      events += asked.writes.reduce((sum, write) => sum + write.events.length, 0);
      bytes += likelySize(asked);
      if (size > 0 && (events > GROUP_EVENTS || bytes > this.#limit * SPARE)) break;
      size += 1;
    }
    return this.#waiting.splice(0, size);
  }

  async #commit(group: readonly PendingAppend[]): Promise<void> {
    try {
      await this.#commitOnce(group);
      this.#failures = 0;
    } catch (cause) {
      await this.#fail(group, cause);
    }
  }

  /** Puts the group back to be judged again where it was not stored for what passes. */
  async #fail(group: readonly PendingAppend[], cause: unknown): Promise<void> {
    const failure = storeFailureOf(cause);
    const now = performance.now();
    const staying = isPassing(cause) ? group.filter(({ until }) => until > now) : [];
    for (const { reject, until } of group) if (staying.length === 0 || until <= now) reject(failure);
    this.#waiting = [...staying, ...this.#waiting];
    if (staying.length > 0) await pause(backOff(++this.#failures, Math.random()));
  }

  async #commitOnce(group: readonly PendingAppend[]): Promise<void> {
    const { replica, follower, append } = this.#terms;
    await follower.inReach();
    if (follower.fault) throw follower.fault;
    replica.refuseWhenOvertaken();
    // Read first: what the replica takes in between is beyond it, and then the append does not hold.
    const { end } = follower;
    const judgements = await replica.judge(group);
    const judged = group.map((pending, n) => [pending, judgements[n] as Judgement] as const);
    const proposed = this.#proposedBy(judged);
    if (proposed.length === 0) {
      await this.#confirm(judged);
      return settle(judged);
    }
    const appends = packed(proposed, { limit: this.#limit, after: end.id });
    if (appends.length > 1 && group.length > 1) return this.#halve(group);
    const outcome = await append.send(appends, end).catch((cause: unknown) => this.#smaller(cause, proposed, group));
    if (outcome === 'halved') return;
    if (outcome === 'again') this.#waiting = [...group, ...this.#waiting];
    else settle(judged);
  }

  /** What all of the group are to store, as it would stand in the stream. */
  #proposedBy(judged: Judged): readonly Proposed[] {
    const accepted = judged.flatMap(([, judgement]) => ('accepted' in judgement ? [judgement.accepted] : []));
    const events = accepted.flatMap((one) => one.events.map(proposedEvent));
    const bookmarks = accepted.flatMap((one) => one.bookmarks);
    if (events.length + bookmarks.length === 0) return [];
    const files = this.#terms.replica.uncounted();
    return bookmarks.length + files.size === 0 ? events : [...events, proposedBeside(bookmarks, files, this.#terms.replica.node)];
  }

  /** Mere conditions hold where the replica is at the stream's end. */
  async #confirm(judged: Judged): Promise<void> {
    const { follower } = this.#terms;
    if (!judged.some(([, judgement]) => 'accepted' in judgement)) return;
    const before = follower.end.revision;
    await follower.catchUp();
    if (follower.end.revision !== before) throw new RemoteFailure('elsewhere', 'The stream went on.');
  }

  #halve(group: readonly PendingAppend[]): Promise<void> {
    const half = Math.ceil(group.length / 2);
    this.#waiting = [...group.slice(half), ...this.#waiting];
    return this.#commitOnce(group.slice(0, half)).catch((cause: unknown) => this.#fail(group.slice(0, half), cause));
  }

  /** The server takes less in one append than was thought: from now on it gets less, as far as that can be. */
  async #smaller(cause: unknown, proposed: readonly Proposed[], group: readonly PendingAppend[]): Promise<'again' | 'halved'> {
    if (!(cause instanceof RemoteFailure) || cause.trouble !== 'too-large') throw cause;
    const { limit = this.#limit * SPARE } = cause;
    if (proposed.length > 1 && proposed.every((entry) => sizeOf(encode(entry)) <= limit)) {
      this.#limit = Math.min(limit, this.#limit * SPARE);
      return 'again';
    }
    if (group.length === 1) throw tooLarge(limit, cause);
    await this.#halve(group);
    return 'halved';
  }
}

const tooLarge = (limit: number, cause: RemoteFailure): EventStoreError =>
  new EventStoreError(
    'too-large',
    `One event or bookmark is larger than KurrentDB takes (${limit} bytes): raise its MaxAppendSize. Nothing of the append is stored.`,
    { cause },
  );

const settle = (judged: Judged): void => {
  for (const [{ resolve, reject }, judgement] of judged) {
    if (judgement instanceof Error) reject(judgement);
    else if ('repeated' in judgement) resolve(judgement.repeated);
    else resolve({ positions: judgement.accepted.events.map(({ position }) => position), repeated: false });
  }
};

const isPassing = (cause: unknown): boolean =>
  cause instanceof RemoteFailure && (cause.trouble === 'elsewhere' || cause.trouble === 'unsent');

const storeFailureOf = (cause: unknown): unknown => {
  if (!(cause instanceof RemoteFailure)) return cause;
  const { message, trouble } = cause;
  return trouble === 'unknown'
    ? new EventStoreError('uncertain', 'Whether it was stored is not certain: append the same again, and it is stored once.', { cause })
    : new EventStoreError('unavailable', `${message} Nothing of what was sent is stored.`, { cause });
};
