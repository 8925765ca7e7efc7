// What every store of views must do: run against each adapter.
import { changeContract } from './change-contract.ts';
import { conclusionContract } from './conclusion-contract.ts';
import { queryContract } from './query-contract.ts';
import { sharingContract } from './sharing-contract.ts';
import type { MakeStore } from './store-for-each.ts';

export const viewStoreContract = (name: string, make: MakeStore): void => {
  changeContract(name, make);
  conclusionContract(name, make);
  queryContract(name, make);
  sharingContract(name, make);
};
