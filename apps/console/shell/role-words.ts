// As whom somebody is signed in, in words, for the header of each page (console.md, 3). Pure.
import { inCapitals } from '../words/abbreviations.ts';
import type { Person } from './person.ts';

const DPO_OF = 'dpo-of:';

/** Undefined of learners, who are here as themselves. */
export const roleWords = (person: Person, nameOf: (agency: string) => string): string | undefined => {
  if (person.kind === 'learner') return undefined;
  if (person.kind === 'staff')
    return [...person.roles.map((role) => inCapitals(role.replaceAll('-', ' '))), nameOf(person.agency)].join(', ');
  if (person.kind === 'data-manager') return 'data manager';
  const { office } = person;
  return `data protection officer of ${office.startsWith(DPO_OF) ? nameOf(office.slice(DPO_OF.length)) : 'the partnership'}`;
};
