// One suite for every adapter: what the port promises, and no more than that.
import { appendContract } from './append-contract.ts';
import { bookmarkContract } from './bookmark-contract.ts';
import type { ContractOptions, OpenFresh } from './log-under-test.ts';
import { concurrencyContract } from './concurrency-contract.ts';
import { contentContract } from './content-contract.ts';
import { onceContract } from './once-contract.ts';
import { proofContract } from './proof-contract.ts';
import { readContract } from './read-contract.ts';
import { subscribeContract } from './subscribe-contract.ts';

export { type ContractOptions, eventOf, idOf, type LogUnderTest, type OpenFresh } from './log-under-test.ts';

export const eventStoreContract = (name: string, openFresh: OpenFresh, options: ContractOptions = { dense: true }): void => {
  describe(`${name}, as an event store`, () => {
    const parts = [appendContract, bookmarkContract, onceContract, readContract, contentContract, proofContract, subscribeContract];
    parts.push(concurrencyContract);
    for (const part of parts) part(openFresh, options);
  });
};
