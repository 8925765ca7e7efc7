// All lists of the broker: each has its route, its place in the document and its command.
import { caseload } from './caseload/index.ts';
import type { List } from './lists/index.ts';
import { onProgramme } from './on-programme/index.ts';

export const allLists: readonly List[] = [caseload, onProgramme];
