// One suite for every quarantine: what the port promises, and no more than that.
import { keepingContract } from './keeping-contract.ts';
import { lettingGoContract } from './letting-go-contract.ts';
import type { MakePlace } from './quarantine-under-test.ts';

export type { MakePlace, QuarantinePlace } from './quarantine-under-test.ts';

export const quarantineContract = (name: string, make: MakePlace): void => {
  describe(`${name}, as a quarantine`, () => {
    describe('keeping', () => keepingContract(make));
    describe('letting go', () => lettingGoContract(make));
  });
};
