// Keeps work apart, so that what comes meanwhile is done together (ADR 0032): what comes first goes at once, what follows waits its time.

export class Pace {
  readonly #apart: number;
  #began = -Infinity;
  #isHurried = false;
  #wake: (() => void) | undefined;

  /** `apart`: milliseconds between two beginnings. */
  constructor(apart: number) {
    this.#apart = apart;
  }

  /**
   * Resolves when work may begin, which is taken to begin then: so long after the last beginning, or at once where it is hurried or the
   * signal aborts. One at a time.
   */
  async turn(signal: AbortSignal): Promise<void> {
    const left = this.#began + this.#apart - performance.now();
    if (left > 0 && !this.#isHurried && !signal.aborted) await this.#wait(left, signal);
    this.#isHurried = false;
    this.#began = performance.now();
  }

  /** The next turn, or the one that is waited for, comes at once. */
  hurry(): void {
    this.#isHurried = true;
    this.#wake?.();
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      this.#wake = wake;
    });
  }
}
