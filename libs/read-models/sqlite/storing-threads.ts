// A rebuild's views are stored on one thread and hashed on another: one view's hash is made while what follows from the rows of the one
// before is drawn (ADR 68).
import type { Advance, Generation, RebuildStore, ViewContent, ViewShape } from '../engine/index.ts';
import { StoringThread, type StoringTerms } from './storing-thread.ts';

export class StoringThreads implements RebuildStore {
  readonly #storing: StoringThread;
  readonly #hashing: StoringThread;
  /** Commits may still lie in a transaction that others do not see. */
  #open = false;

  /** See `StoringThread`. */
  constructor(terms: StoringTerms) {
    const { file, views } = terms;
    this.#storing = new StoringThread(terms);
    this.#hashing = new StoringThread({ file, views });
  }

  begin(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    return this.#storing.begin(views);
  }

  commit(advances: readonly Advance[]): Promise<void> {
    this.#open = true;
    return this.#storing.commit(advances);
  }

  current(view: ViewShape): Promise<Generation | undefined> {
    return this.#storing.current(view);
  }

  /** Of what was committed before. */
  async content(view: ViewShape, generation: number): Promise<ViewContent> {
    // Whatever else is asked of it ends the transaction that commits share, behind all that was asked before.
    if (this.#open) await this.#storing.current(view);
    this.#open = false;
    return this.#hashing.content(view, generation);
  }

  conclude(view: ViewShape, generation: number): Promise<void> {
    return this.#storing.conclude(view, generation);
  }

  replace(views: readonly { readonly view: ViewShape; readonly generation: number }[]): Promise<boolean> {
    return this.#storing.replace(views);
  }

  async close(): Promise<void> {
    await this.#storing.close();
    await this.#hashing.close();
  }
}
