import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FileMark, lookInto, type LogWitness } from './index.ts';

let folder: string;
let file: string;
let db: DatabaseSync;
let position: number;
let noted: () => number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mark-'));
  file = join(folder, 'keys.sqlite');
  db = new DatabaseSync(file);
  position = 4;
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const log: LogWitness = {
  mark: () => ({ log: 'the-log', position, leaf: `leaf-${position}` }),
  leafAt: () => undefined,
  countedOn: () => 7,
  accompany: (_file, changes) => void (noted = changes),
};
const change = (work: () => void, end: 'COMMIT' | 'ROLLBACK'): void => {
  db.exec('BEGIN');
  work();
  db.exec(end);
};

describe('the mark of a file', () => {
  it('is made with a blank file: of this log, with all changes that the log counts on', () => {
    expect([lookInto(file), lookInto(join(folder, 'none.sqlite'))]).toEqual(['absent', 'absent']);
    new FileMark(db, file, log);
    expect(lookInto(file)).toEqual({ log: 'the-log', position: 4, leaf: 'leaf-4', changes: 7 });
    expect(noted()).toBe(7);
  });

  it('counts what was committed alone, and what other processes did once it is told of them', () => {
    const mark = new FileMark(db, file, log);
    change(() => mark.count(), 'COMMIT');
    change(() => mark.count(), 'ROLLBACK');
    expect(noted()).toBe(8);
    db.exec('UPDATE custody SET changes = 12');
    expect(noted()).toBe(8);
    mark.outdate();
    expect(noted()).toBe(12);
  });

  it('remembers the furthest that the log went, and never less', () => {
    const mark = new FileMark(db, file, log);
    position = 9;
    mark.remember();
    position = 6;
    change(() => mark.count(), 'COMMIT');
    expect(lookInto(file)).toEqual({ log: 'the-log', position: 9, leaf: 'leaf-9', changes: 8 });
    mark.end();
    db.close();
    expect(noted()).toBe(8);
    db = new DatabaseSync(file);
  });

  it('is asked for without a change to the file, whatever it is', () => {
    db.exec('CREATE TABLE keys (a)');
    const before = readFileSync(file);
    expect([lookInto(file), lookInto(folder)]).toEqual(['unmarked', 'unreadable']);
    expect(readFileSync(file)).toEqual(before);
    new FileMark(db, file, undefined).count();
    expect(lookInto(file)).toBe('unmarked');
  });
});
