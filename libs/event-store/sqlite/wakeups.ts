// Wakes those who wait for news of the log: at once on a commit of this process, within POLL_MS on one of another.
import type { Position } from '#kernel';

const POLL_MS = 50;

export class Wakeups {
  readonly #head: () => Position;
  readonly #waiting = new Set<() => void>();
  #told: Position = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `head` looks at the file and gives the position of the last event, whoever appended it. */
  constructor(head: () => Position) {
    this.#head = head;
  }

  /** For one that has read to the end just now: resolves on the next news, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        if (this.#waiting.size === 0) this.#rest();
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
      else this.#timer ??= setInterval(() => this.#look(), POLL_MS).unref();
    });
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #look(): void {
    const head = this.#lookedAt();
    if (head === this.#told) return;
    if (head !== undefined) this.#told = head;
    this.wakeAll();
  }

  /** Undefined where the file cannot be read: those who wait wake, read, and meet the failure themselves. */
  #lookedAt(): Position | undefined {
    try {
      return this.#head();
    } catch {
      return undefined;
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
