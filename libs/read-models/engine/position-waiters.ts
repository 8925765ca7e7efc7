// Readers who hold a position wait here until a view has reached it (Concordat-Min-Position, contracts.md).
import type { Position } from '#kernel';

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/** `reached`, `not-yet`, or `never` where the view stands still. */
export type Progress = 'reached' | 'not-yet' | 'never';

export class PositionWaiters {
  readonly #progress: (view: string, position: Position) => Progress;
  readonly #waiters = new Set<Waiter>();

  constructor(progress: (view: string, position: Position) => Progress) {
    this.#progress = progress;
  }

  get any(): boolean {
    return this.#waiters.size > 0;
  }

  /** False when the time is up, when the view stands still, and on `end`. */
  async waitFor(view: string, position: Position, timeoutMs: number): Promise<boolean> {
    const progress = this.#progress(view, position);
    if (progress !== 'not-yet') return progress === 'reached';
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(reached);
      };
      const waiter = { view, position, settle };
      const timer = setTimeout(settle, timeoutMs, false);
      this.#waiters.add(waiter);
    });
  }

  look(): void {
    for (const { view, position, settle } of this.#waiters) {
      const progress = this.#progress(view, position);
      if (progress !== 'not-yet') settle(progress === 'reached');
    }
  }

  end(): void {
    for (const { settle } of this.#waiters) settle(false);
  }
}
