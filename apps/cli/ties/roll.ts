// A roll: learners, one a line, and with which agency each has which tie (`subject,agency,relationship`, as CSV).
import { checkUln } from '#catalogue';
import { type AgencySlug, isAgencySlug } from '#kernel';
import { Complaint } from '../complaint.ts';

export interface RollRow {
  /** In the file, from 1. */
  readonly line: number;
  /** `uln:…` or `local:…`; for the operator also a pseudonym or the broker's own id. */
  readonly subject: string;
  readonly agency: AgencySlug;
  readonly relationship?: string;
}

/** What holds where a line does not say it: a school's roll may be a list of learners alone. */
export interface RollDefaults {
  readonly agency?: AgencySlug;
  readonly relationship?: string;
}

export interface RollReading extends RollDefaults {
  /** References as they are taken on the data directory. */
  readonly byOperator?: true;
}

interface Line {
  readonly line: number;
  readonly text: string;
}

const HEAD = /^"?(?:subject|uln|learner)"?\s*(?:,|$)/i;
const CELL = /\s*(?:"((?:[^"]|"")*)"|([^,"]*?))\s*(,|$)/y;
const RELATIONSHIP = /^[a-z]+(?:-[a-z]+)*$/;
const SUBJECT = /^local:\S/;
const OPERATORS = /^(?:psn:\S+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ULN = /^(?:uln:)?(\d{10})$/;

/**
 * Throws a `Complaint` that names the first line that is wrong, without what it holds: nothing is sent of a roll that cannot be read whole.
 */
export const readRoll = (text: string, name: string, reading: RollReading = {}): readonly RollRow[] => {
  const lines = text
    .split(/\r?\n/)
    .map((one, place): Line => ({ line: place + 1, text: one.trim() }))
    .filter((one) => one.text !== '');
  const read = lines.filter((one, place) => place > 0 || !HEAD.test(one.text)).map((one) => rowOf(one, reading));
  const wrong = read.filter((row) => typeof row === 'string');
  const more = wrong.length === 1 ? '' : ` (${wrong.length - 1} more lines are wrong)`;
  if (wrong[0] !== undefined) throw new Complaint(`${name}, ${wrong[0]}${more}.`);
  return read.filter((row) => typeof row !== 'string');
};

/** The row, or what is wrong with the line. */
const rowOf = ({ line, text }: Line, { byOperator, ...defaults }: RollReading): RollRow | string => {
  const [reference = '', ownAgency, ownRelationship, ...others] = cellsOf(text) ?? [];
  const subject = byOperator && OPERATORS.test(reference) ? reference : subjectOf(reference);
  if (subject === undefined || others.length > 0)
    return `line ${line}: begin it with a ULN or local:<your own id>, then the agency and the relationship, parted by commas`;
  return tieOf(
    { line, subject },
    { agency: firstOf(ownAgency, defaults.agency), relationship: firstOf(ownRelationship, defaults.relationship) },
  );
};

const firstOf = (said: string | undefined, otherwise: string | undefined): string => said || otherwise || '';

const tieOf = (learner: Pick<RollRow, 'line' | 'subject'>, { agency, relationship }: Required<RollDefaults>): RollRow | string => {
  if (!isAgencySlug(agency)) return `line ${learner.line}: name the agency by its slug, or give --of for all lines`;
  if (relationship === '') return { ...learner, agency };
  return RELATIONSHIP.test(relationship)
    ? { ...learner, agency, relationship }
    : `line ${learner.line}: name the relationship as enrolled-with or home-institution, or none`;
};

const subjectOf = (reference: string): string | undefined => {
  const uln = ULN.exec(reference)?.[1];
  if (uln !== undefined) return checkUln(uln) ? `uln:${uln}` : undefined;
  return SUBJECT.test(reference) ? reference : undefined;
};

/** Of one line of CSV (RFC 4180); undefined where its quotes do not pair. */
const cellsOf = (text: string): readonly string[] | undefined => {
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (let ended = false; !ended;) {
    const found = CELL.exec(text);
    if (found === null) return undefined;
    cells.push((found[1] ?? found[2] ?? '').replaceAll('""', '"'));
    ended = found[3] === '';
  }
  return cells;
};
