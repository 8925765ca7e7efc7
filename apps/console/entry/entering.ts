// What forms of staff have in common: who enters, and whom they name.
import { NotFoundException } from '@nestjs/common';
import type { StaffMember } from '../shell/person.ts';
import type { Visit } from '../shell/visit.ts';

const REFERENCE = /^(?:uln:\d{10}|local:.{1,100})$/u;

/** Ten digits are a ULN, all else the agency's own id. */
export const asReference = (text: string): string => {
  if (/^\d{10}$/.test(text)) return `uln:${text}`;
  return /^(?:uln|local):/.test(text) || text === '' ? text : `local:${text}`;
};

export const isReference = (text: string): boolean => REFERENCE.test(text);

/** Throws 404. */
export const staffOf = ({ person }: Visit): StaffMember => {
  if (person.kind !== 'staff') throw new NotFoundException();
  return person;
};
