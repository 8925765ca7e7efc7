// Which roles an agency may give its people at the issuer, and what each opens here (console.md, 1: staff accounts). Pure.
import { homeOf, navigationFor } from '../shell/areas.ts';
import type { StaffMember } from '../shell/person.ts';

export interface RoleLine {
  /** As the claim has it. */
  readonly role: string;
  readonly says: string;
  /** Where somebody of the role alone begins. */
  readonly begins: string;
  readonly pages: readonly string[];
}

const SAYS: Readonly<Record<string, string>> = {
  'personal-adviser': 'Advises young people: begins with the own caseload',
  'link-adviser': 'Links providers with advisers: sees who is linked to nobody first',
  'dedicated-adviser': 'Advises those who need most: as a personal adviser',
  planner: 'Plans provision; sees no learner by these pages',
  manager: 'Manages a provider; as a planner',
  administrator: 'Signs agreements and sees to keys, records and staff, as you do; sees no learner by these pages',
  'key-worker': 'Any other word of your own: somebody who works with learners',
};

const as = (role: string): StaffMember => ({ kind: 'staff', name: '', agency: '', staff: '', roles: [role] });

export const ROLE_LINES: readonly RoleLine[] = Object.entries(SAYS).map(([role, says]) => ({
  ...{ role, says, begins: homeOf(as(role)) },
  pages: navigationFor(as(role)).map(({ text }) => text),
}));
