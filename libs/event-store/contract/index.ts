// One suite for every adapter: what the port promises, and no more than that.
import { appendContract } from './append-contract.ts';
import { bookmarkContract } from './bookmark-contract.ts';
import { closingContract } from './closing-contract.ts';
import { concurrencyContract } from './concurrency-contract.ts';
import { contentContract } from './content-contract.ts';
import type { OpenFresh } from './log-under-test.ts';
import { onceContract } from './once-contract.ts';
import { proofContract } from './proof-contract.ts';
import { readContract } from './read-contract.ts';
import { sharingContract } from './sharing-contract.ts';
import { subscribeContract } from './subscribe-contract.ts';

export { eventOf, idOf, type LogUnderTest, type OpenFresh } from './log-under-test.ts';

/** By what is promised. */
const PROMISES: Readonly<Record<string, readonly ((openFresh: OpenFresh) => void)[]>> = {
  'appends all or nothing, in order, where it is expected': [appendContract, concurrencyContract],
  'stores an event once': [onceContract],
  'changes bookmarks with events': [bookmarkContract],
  'gives back what was appended, for ever': [contentContract, readContract],
  'brings whoever follows every event once': [subscribeContract],
  'can be proved: leaves and integrity': [proofContract],
  'is one log for several processes': [sharingContract],
  'is closed in order': [closingContract],
};

export const eventStoreContract = (name: string, openFresh: OpenFresh): void => {
  describe(name, () => {
    for (const [promise, parts] of Object.entries(PROMISES))
      describe(promise, () => {
        for (const part of parts) part(openFresh);
      });
  });
};
