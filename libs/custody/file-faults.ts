// Whether a file belongs to the log beside it, and neither of the two is an older copy (ADR 0019).
import type { FileState, Found, LogWitness } from './file-mark.ts';

export interface FileTerms {
  /** As in the data directory. */
  readonly file: string;
  /** It can be made from the log whenever it is missing. */
  readonly derived: boolean;
  /** What to do instead of restoring it, as the end of a sentence; absent: nothing else helps. */
  readonly otherwise?: string;
}

type Log = Pick<LogWitness, 'mark' | 'leafAt' | 'countedOn'>;

/** Why the file cannot be used with this log, as a sentence that says what to do; undefined: it can. */
export const fileFault = (terms: FileTerms, found: Found, log: Log): string | undefined => {
  const fault = typeof found === 'string' ? faultWithout(terms, found, log) : faultOfState(terms.file, found, log);
  return fault && `${fault}: ${remedyOf(terms)}.`;
};

const remedyOf = ({ otherwise }: FileTerms): string =>
  `stop the broker and restore the whole data directory from one backup${otherwise === undefined ? '' : `, or ${otherwise}`}`;

const faultWithout = ({ file, derived }: FileTerms, found: Exclude<Found, FileState>, log: Log): string | undefined => {
  if (found === 'unmarked') return `${file} does not say which log it belongs to, so it was made before files did`;
  return found === 'absent' && !derived && log.countedOn(file) > 0 ? `${file} is missing, and log.sqlite counts on it` : undefined;
};

const faultOfState = (file: string, { log: owner, position, leaf, changes }: FileState, log: Log): string | undefined => {
  const { log: id, position: head } = log.mark();
  if (owner !== id) return `${file} belongs to another log than the log.sqlite beside it`;
  if (position > head) return `log.sqlite is an older copy: it ends at position ${head}, and ${file} has seen position ${position}`;
  if (log.leafAt(position) !== leaf)
    return `log.sqlite is not the log that ${file} has seen: at position ${position} it holds another event`;
  const counted = log.countedOn(file);
  return changes < counted ? `${file} is an older copy: it has had ${changes} changes, and log.sqlite counts on ${counted}` : undefined;
};

/** Files that do not belong together, or an older copy among them: one sentence for each file, with what to do. */
export class CustodyError extends Error {
  override readonly name = 'CustodyError';
}
