// All views of the broker.
import { allLists } from './all-lists.ts';
import { captureOnce } from './capture-once/index.ts';
import { dataQuality } from './data-quality/index.ts';
import { disclosures } from './disclosures/index.ts';
import type { Projector } from './engine/index.ts';
import { holdings } from './holdings/index.ts';
import { noticesView } from './notices/index.ts';
import { tiesView } from './ties/index.ts';

export const allProjectors: readonly Projector[] = [
  dataQuality,
  captureOnce,
  disclosures,
  holdings,
  noticesView,
  tiesView,
  ...new Set(allLists.map(({ view }) => view)),
];
