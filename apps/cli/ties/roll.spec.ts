import { readRoll } from './roll.ts';

const [ULN, OTHER] = ['9276308686', '1000000000'];

describe('a roll', () => {
  it('names learner, agency and relationship, with a head or without', () => {
    const rows = [
      { line: 1, subject: `uln:${ULN}`, agency: 'st-chads', relationship: 'home-institution' },
      { line: 2, subject: 'local:C-1', agency: 'forge' },
    ];
    const text = `uln:${ULN},st-chads,home-institution\r\nlocal:C-1 , forge\r\n\r\n`;
    expect(readRoll(text, 'roll.csv')).toEqual(rows);
    expect(readRoll(`subject,agency,relationship\n${text}`, 'roll.csv')).toEqual(rows.map((row) => ({ ...row, line: row.line + 1 })));
  });

  it('may be a list of learners, with one agency for all; a line may still say otherwise', () => {
    const roll = readRoll(`uln\n${ULN}\n${OTHER},forge,\nlocal:C-1,,enrolled-with`, 'roll.csv', {
      agency: 'st-chads',
      relationship: 'home-institution',
    });
    expect(roll).toEqual([
      { line: 2, subject: `uln:${ULN}`, agency: 'st-chads', relationship: 'home-institution' },
      { line: 3, subject: `uln:${OTHER}`, agency: 'forge', relationship: 'home-institution' },
      { line: 4, subject: 'local:C-1', agency: 'st-chads', relationship: 'enrolled-with' },
    ]);
  });

  it('takes own ids with commas and quotes, as CSV has them', () => {
    expect(readRoll('"local:C,1 ""old""","forge"', 'x')).toEqual([{ line: 1, subject: 'local:C,1 "old"', agency: 'forge' }]);
  });

  it('may name learners by pseudonym or the id of the broker where an operator reads it', () => {
    const own = '00000000-0000-4000-8000-00000000000a';
    expect(readRoll(`${own},forge\npsn:x,forge\nuln:${ULN},forge`, 'x', { byOperator: true }).map(({ subject }) => subject)).toEqual([
      own,
      'psn:x',
      `uln:${ULN}`,
    ]);
    expect(() => readRoll(`${own},forge`, 'x')).toThrow(/line 1/);
    expect(() => readRoll('Nia,forge', 'x', { byOperator: true })).toThrow(/line 1/);
  });

  it('is empty where there is nothing but a head', () => {
    expect(readRoll('subject,agency\n', 'x')).toEqual([]);
  });

  it.each([
    ['1234567890,forge', 'begin it with a ULN'],
    ['uln:123,forge', 'begin it with a ULN'],
    ['Nia Vaughan,forge', 'begin it with a ULN'],
    ['local: ,forge', 'begin it with a ULN'],
    ['"local:C-1,forge', 'begin it with a ULN'],
    [`${ULN},forge,enrolled-with,extra`, 'begin it with a ULN'],
    [ULN, 'name the agency by its slug'],
    [`${ULN},Forge Training`, 'name the agency by its slug'],
    [`${ULN},forge,Enrolled With`, 'name the relationship'],
  ])('is refused whole for a line such as %j, of which it says nothing', (line, says) => {
    const refused = (): unknown => readRoll(`${OTHER},forge\n${line}`, 'roll.csv');
    expect(refused).toThrow(new RegExp(`^roll.csv, line 2: ${says}.*\\.$`));
    expect(refused).not.toThrow(/Vaughan|Training|1234567890/);
    expect(() => readRoll(`${line}\n${line}`, 'roll.csv')).toThrow(/line 1: .* \(1 more lines are wrong\)\.$/);
  });
});
