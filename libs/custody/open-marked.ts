// How a file beside the log is opened: marked as that log's before it gets its first table.
import type { DatabaseSync } from 'node:sqlite';
import { openFile } from '#sqlite';
import { FileMark } from './file-mark.ts';
import type { LogWitness } from './log-witness.ts';

export interface MarkedFile {
  readonly db: DatabaseSync;
  readonly mark: FileMark;
}

export interface Preparing {
  /** What holds for the connection, or must be said of a blank file. */
  readonly settings: (db: DatabaseSync) => void;
  readonly schema: (db: DatabaseSync) => void;
}

/** Closes it again where that throws. Without `log` nothing is marked. */
export const openMarked = (file: string, log: LogWitness | undefined, { settings, schema }: Preparing): MarkedFile => {
  const marks: FileMark[] = [];
  const db = openFile(file, (opened) => {
    settings(opened);
    marks.push(new FileMark(opened, file, log));
    schema(opened);
  });
  return { db, mark: marks[0] as FileMark };
};
