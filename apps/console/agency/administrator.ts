import { NotFoundException } from '@nestjs/common';
import type { StaffMember } from '../shell/person.ts';
import type { Visit } from '../shell/visit.ts';

/** Whose pages these are; to anybody else there are none. */
export const administratorOf = ({ person }: Pick<Visit, 'person'>): StaffMember => {
  if (person.kind !== 'staff') throw new NotFoundException();
  return person;
};
