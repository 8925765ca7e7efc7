import { afterEach, beforeEach } from '@jest/globals';
import type { ViewStore } from '../engine/index.ts';

/** An empty store; `discard` lets go of what it stood on. */
export type MakeStore = () => {
  readonly views: ViewStore;
  /** Another on the same: beside the first, as another process; or anew, after the first has been closed. */
  another(): ViewStore;
  discard(): void;
};

/** A store of its own for each test; whatever was opened beside it is closed with it. */
export const storesForEach = (make: MakeStore): { readonly store: () => ViewStore; readonly another: () => ViewStore } => {
  let made: ReturnType<MakeStore>;
  let opened: ViewStore[];
  beforeEach(() => {
    made = make();
    opened = [made.views];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    made.discard();
  });
  const another = (): ViewStore => {
    const store = made.another();
    opened.push(store);
    return store;
  };
  return { store: () => made.views, another };
};

export const storeForEach = (make: MakeStore): (() => ViewStore) => storesForEach(make).store;
