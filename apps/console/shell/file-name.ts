// What a file that is taken away is called: as the broker names it, by what it is, day and position, and whose copy it is (console.md, 9).
import type { Person } from './person.ts';

const NAME = /filename="([\w.-]+)"/;

export const fileName = ({ headers }: Pick<Response, 'headers'>, person: Person): string => {
  const [, given = 'list.csv'] = NAME.exec(headers.get('content-disposition') ?? '') ?? [];
  return copyName(given, person);
};

/** Learners take away what is their own, under the name that it has. */
export const copyName = (given: string, person: Person): string => {
  const staff = 'staff' in person ? `-${person.staff.replaceAll(/[^\w.-]/g, '-')}` : '';
  return given.replace(/(?=\.\w+$)/, staff);
};
