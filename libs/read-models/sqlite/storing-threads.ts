// A rebuild's views are stored on one thread and hashed on another: one view's hash is made while what follows from the rows of the one
// behind is drawn and copied (ADR 68, 96).
import type { Advance, Generation, RebuildStore, ViewContent, ViewShape } from '../engine/index.ts';
import { StoringThread, type StoringTerms } from './storing-thread.ts';

export class StoringThreads implements RebuildStore {
  readonly #storing: StoringThread;
  readonly #hashing: StoringThread;
  /** What lies where the first thread alone sees it. */
  readonly #aside = new Set<number>();

  /** See `StoringThread`. */
  constructor(terms: StoringTerms) {
    const { file, views } = terms;
    this.#storing = new StoringThread({ ...terms, makes: true });
    this.#hashing = new StoringThread({ file, views });
  }

  async begin(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    const begun = await this.#storing.begin(views);
    for (const { generation } of begun) this.#aside.add(generation);
    return begun;
  }

  commit(advances: readonly Advance[]): Promise<void> {
    return this.#storing.commit(advances);
  }

  current(view: ViewShape): Promise<Generation | undefined> {
    return this.#storing.current(view);
  }

  content(view: ViewShape, generation: number): Promise<ViewContent> {
    return (this.#aside.has(generation) ? this.#storing : this.#hashing).content(view, generation);
  }

  async conclude(view: ViewShape, generation: number): Promise<void> {
    await this.#storing.conclude(view, generation);
    this.#aside.delete(generation);
  }

  replace(views: readonly { readonly view: ViewShape; readonly generation: number }[]): Promise<boolean> {
    return this.#storing.replace(views);
  }

  async close(): Promise<void> {
    await this.#storing.close();
    await this.#hashing.close();
  }
}
