// All lists and views, by the folders that hold them.
import { caseload } from './caseload/caseload.list.ts';
import type { AnyList } from './lists/index.ts';
import { onProgramme } from './on-programme/on-programme.list.ts';
import { captureOnce } from './capture-once/capture-once.view.ts';
import { dataQuality } from './data-quality/data-quality.view.ts';
import { disclosures } from './disclosures/disclosures.view.ts';
import type { Projector } from './engine/index.ts';
import { holdings } from './holdings/holdings.view.ts';
import { noticesView } from './notices/notices.view.ts';
import { tiesView } from './ties/ties.view.ts';
import { vacancyList } from './vacancies/vacancies.list.ts';
import { workplaceList } from './workplaces/workplaces.list.ts';
import { provisionList } from './provision/provision.list.ts';
import { labourNeedList } from './labour-needs/labour-needs.list.ts';
import { targetList } from './targets/targets.list.ts';
import { gapList } from './provision-gaps/provision-gaps.list.ts';
import { procedureList } from './procedures/procedures.list.ts';
import { findingList } from './findings/findings.list.ts';

// All lists of the broker: each has its route, its place in the document and its command.

export const allLists: readonly AnyList[] = [
  caseload,
  onProgramme,
  vacancyList,
  gapList,
  workplaceList,
  provisionList,
  labourNeedList,
  targetList,
  procedureList,
  findingList,
];

// All views of the broker.

export const allProjectors: readonly Projector[] = [
  dataQuality,
  captureOnce,
  disclosures,
  holdings,
  noticesView,
  tiesView,
  ...new Set(allLists.map(({ view }) => view)),
];
