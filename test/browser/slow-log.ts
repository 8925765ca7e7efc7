// A log that is read as slowly as one wishes.
import { jest } from '@jest/globals';
import type { BrokerNode } from '../../apps/broker/node.ts';

/** Whoever reads the whole log from now on waits until it is let go, as on a log that takes a minute to read. */
export const slowLog = ({ store }: Pick<BrokerNode, 'store'>): { readonly letGo: () => void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const reading = jest.spyOn(store, 'readAll');
  reading.mockImplementation(async (asked) => {
    await promise;
    reading.mockRestore();
    return store.readAll(asked);
  });
  return { letGo: resolve };
};
