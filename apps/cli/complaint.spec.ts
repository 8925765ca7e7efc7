import { readFileSync } from 'node:fs';
import { Complaint, exitCodeOf, misuse, sentenceOf } from './complaint.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (cause) {
    return cause;
  }
};

describe('what a failing command says', () => {
  it('is the sentence of an error that was meant for people', () => {
    expect(sentenceOf(new Complaint('Give a file.'))).toBe('Give a file.');
  });

  it('names the file that does not exist, or is a directory', () => {
    expect(sentenceOf(thrownBy(() => readFileSync('/nowhere/key.json')))).toBe('/nowhere/key.json does not exist.');
    expect(sentenceOf(thrownBy(() => readFileSync('/')))).toMatch(/is a directory: give a file\.$/);
  });

  it('names the port that is taken', () => {
    expect(sentenceOf(Object.assign(new Error('listen'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 }))).toBe(
      'Port 3000 is in use: stop what listens there, or set PORT.',
    );
  });

  it('never repeats the message of an error that was not foreseen', () => {
    const parsing = thrownBy(() => JSON.parse('{"givenName": Aisha}'));
    expect(sentenceOf(parsing)).toMatch(/^This was not foreseen \(SyntaxError complaint\.spec\.ts:\d+\): please report it\.$/);
    const database = Object.assign(new Error('near "Aisha": syntax error'), { code: 'ERR_SQLITE_ERROR' });
    expect(sentenceOf(database)).not.toContain('Aisha');
    expect(sentenceOf('Aisha')).toBe('This was not foreseen: please report it.');
  });

  it('comes with exit code 1, or 2 for a wrong call', () => {
    expect([exitCodeOf(new Complaint('')), exitCodeOf(new TypeError()), exitCodeOf(misuse(''))]).toEqual([1, 1, 2]);
  });
});
