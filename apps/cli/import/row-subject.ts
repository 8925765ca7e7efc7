// Whom a row is about.
import { checkUln, type EventType } from '#catalogue';
import { ok } from '#kernel';
import { readCell } from './cells.ts';
import { fault, type Found } from './finding.ts';
import type { EventMapping } from './mapping.ts';
import { cellIn, type FileRow } from './rows.ts';

const NAME_THEM = 'Name the learner, by your own id or by ULN.';
const BAD_ULN = 'This is no valid ULN: ten digits, the last of which checks the others.';

/** As a column `subject` says it; else by the agency's own id rather than by the number. Undefined: about no learner. */
export const subjectOf = ({ cells }: FileRow, mapping: EventMapping, type: EventType): Found<string | undefined> => {
  const { local, uln } = mapping.subject;
  if (local === undefined && uln === undefined) return ok(undefined);
  const named = cellIn(cells, 'subject') || namedBy(cells, 'local', local) || namedBy(cells, 'uln', uln);
  return named === '' ? unnamed(type, local) : checked(named, local);
};

const namedBy = (cells: FileRow['cells'], scheme: 'local' | 'uln', column: string | undefined): string => {
  const id = cellIn(cells, column);
  return id === '' ? '' : `${scheme}:${id}`;
};

const unnamed = ({ subject }: EventType, column = 'subject'): Found<undefined> =>
  subject === 'required' ? fault('cell', column, NAME_THEM) : ok(undefined);

const checked = (named: string, column = 'subject'): Found<string> => {
  const id = named.slice(named.indexOf(':') + 1);
  const read = readCell('id', id);
  if (!read.ok) return fault('cell', column, read.error);
  return named.startsWith('uln:') && !checkUln(id) ? fault('invalid-uln', 'uln', BAD_ULN) : ok(named);
};
