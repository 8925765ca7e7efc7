// How the two halves of a runner wait for each other: one reads the log, the other works; and how others wait for both.

interface Waiting {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

export class Signals {
  #rung = false;
  #ended = false;
  #ring: (() => void) | undefined;
  #forRoom: Waiting[] = [];
  #forQuiet: Waiting[] = [];

  /** There may be something to do. */
  ring(): void {
    this.#rung = true;
    this.#ring?.();
  }

  /** Resolves when it was rung since the last time; only one may wait. */
  async rung(): Promise<void> {
    if (!this.#rung) await new Promise<void>((resolve) => void (this.#ring = resolve));
    this.#rung = false;
    this.#ring = undefined;
  }

  /** Resolves when the condition holds; it is looked at when work was done. */
  async room(holds: () => boolean): Promise<void> {
    if (this.#ended || holds()) return;
    return new Promise((resolve) => void this.#forRoom.push({ holds, resolve }));
  }

  /** Resolves at a moment at which nothing is left to do and the condition holds. */
  async quiet(holds: () => boolean): Promise<void> {
    if (this.#ended) return;
    this.ring();
    return new Promise((resolve) => void this.#forQuiet.push({ holds, resolve }));
  }

  /** Work was done. */
  look(): void {
    this.#forRoom = stillWaiting(this.#forRoom);
  }

  /** Nothing is left to do. */
  settle(): void {
    this.look();
    this.#forQuiet = stillWaiting(this.#forQuiet);
  }

  /** Nothing more is to be done: nobody waits on. */
  end(): void {
    this.#ended = true;
    this.ring();
    for (const { resolve } of [...this.#forRoom, ...this.#forQuiet]) resolve();
  }
}

const stillWaiting = (waiting: readonly Waiting[]): Waiting[] =>
  waiting.filter(({ holds, resolve }) => {
    if (!holds()) return true;
    resolve();
    return false;
  });
