// Which lists are for whoever only plans, manages or administers: things, counts, and of rows about learners those that such work needs,
// for which the broker names nobody whom the agency does not know by a name of its own (console.md, 1; ADR 83). Pure.
import type { DescribedList } from '../broker/list-descriptions.ts';
import { homeOf, meetsNoLearner } from '../shell/areas.ts';
import type { Person } from '../shell/person.ts';

type Listed = Pick<DescribedList, 'name' | 'about' | 'purposes'>;

/** What a funder is accountable for, and what is planned from. */
const OF_PLANNING: readonly string[] = ['account-for-funding', 'plan-provision'];

/** What the agency's own records lack. */
const isOfOwnRecords = ({ name, purposes }: Listed): boolean => name === 'identity-issues' || purposes.includes('assure-data-quality');

const isOfPlanning = ({ purposes }: Listed): boolean => purposes.some((one) => OF_PLANNING.includes(one));

export const isListFor = (person: Person, list: Listed): boolean => {
  if (list.about !== 'learners' || !meetsNoLearner(person)) return true;
  const roles = person.kind === 'staff' ? person.roles : [];
  return roles.some((role) => (role === 'administrator' ? isOfOwnRecords(list) : isOfPlanning(list)));
};

/** The first page of staff is about learners: whoever sees none begins elsewhere. */
export const insteadOfHome = (person: Person): string | undefined => (meetsNoLearner(person) ? homeOf(person) : undefined);
