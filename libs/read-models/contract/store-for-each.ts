import { afterEach, beforeEach } from '@jest/globals';
import type { ViewStore } from '../engine/index.ts';

/** An empty store; `discard` lets go of what it stood on. */
export type MakeStore = () => { readonly views: ViewStore; discard(): void };

/** A store of its own for each test. */
export const storeForEach = (make: MakeStore): (() => ViewStore) => {
  let made: ReturnType<MakeStore>;
  beforeEach(() => {
    made = make();
  });
  afterEach(async () => {
    await made.views.close();
    made.discard();
  });
  return () => made.views;
};
