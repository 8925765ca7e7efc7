import { stringify } from 'yaml';
import { smallProtocol } from './fixtures/small-protocol.ts';
import { LARGEST_DOCUMENT, parseProtocol } from './parse.ts';

const small = stringify(smallProtocol);

const faultsOf = (text: string): readonly { line: number; column: number; says: string }[] => {
  const result = parseProtocol(text);
  return result.ok ? [] : result.error;
};

describe('parsing a protocol document', () => {
  it('gives the document that the YAML says', () => {
    expect(parseProtocol(small)).toEqual({ ok: true, value: smallProtocol });
  });

  it('reads a date as text', () => {
    const result = parseProtocol(small.replace('from: 2024-09-01', 'from: 2024-09-02'));
    expect(result.ok && result.value.inForce.from).toBe('2024-09-02');
  });

  it('places a wrong value', () => {
    expect(faultsOf('id: attendance\nversion: one\n')).toContainEqual({ line: 2, column: 10, says: 'version: Give a whole number.' });
  });

  it('places what is missing at what encloses it', () => {
    const text = small.replace('    graceDays: 30\n', '').replace('  graceDays: 30\n', '');
    const [fault, ...others] = faultsOf(text);
    expect(others).toEqual([]);
    expect(fault?.says).toBe('review: Add graceDays: it is required.');
    expect(text.split('\n')[(fault?.line ?? 0) - 1]).toBe('  due: 2025-09-01');
  });

  it('places a key that does not belong, and says which do', () => {
    const [fault] = faultsOf(small.replace('inForce:\n', 'inForce:\n  since: yesterday\n'));
    expect(fault?.says).toBe('inForce.since: Remove this; here may stand: from, until.');
    expect(fault?.column).toBe(3);
  });

  it.each([
    ['a date that is none', 'from: 2024-09-01', 'from: 2024-02-30', 'inForce.from: Give a date of the calendar'],
    ['a duration that is none', 'retention: P1Y', 'retention: a year', 'flows.0.retention: Give an ISO 8601 duration'],
    ['an id that decisions could not cite', 'id: AC1', 'id: AC#1', 'flows.0.id: Give an id of letters'],
    ['a level that is none', 'level: full', 'level: most', 'flows.0.level: Give one of: full, summary, existence.'],
    ['an answer to nobody', 'relationship:\n          - adviser-for', 'answers: all', 'flows.0.to.0.answers: Give own, or leave it out.'],
    [
      'a merge that is none',
      'share:\n      - category: attendance',
      'share:\n      - category: attendance\n        merged: false',
      'flows.0.share.0.merged: Give true, or leave it out.',
    ],
    ['a word where roles belong', 'from:\n      - provider', 'from: everyone', 'flows.0.from: Give any, or a list of roles.'],
    ['an empty heading', 'breach: Told within 24 hours.', "breach: ''", 'agreement.breach: Give some text'],
  ])('says what to do about %s', (_, right, wrong, says) => {
    expect(small).toContain(right);
    expect(faultsOf(small.replace(right, wrong)).map((fault) => fault.says)).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    ['an anchor', 'id: &a attendance', 1, 'Write the value out'],
    ['an alias', 'id: x\ntitle: *a', 2, 'Write the value out'],
    ['a tag', 'id: !!str attendance', 1, 'Remove the tag'],
    ['a tag of its own', 'id: !secret attendance', 1, 'Make this valid YAML: Unresolved tag'],
    ['a list as a name', '? [a]\n: b', 1, 'Use plain text as the name'],
    ['a name twice', 'id: a\nid: b', 2, 'Make this valid YAML'],
    ['a second document', 'id: a\n---\nid: b', 2, 'Give one document a file'],
    ['a merge of names', 'id: a\n<<: {title: b}', 2, 'Remove this'],
    ['a name twice, quoted once', 'id: a\n"id": b', 2, 'Make this valid YAML'],
    ['a number that is rounded', 'version: 9007199254740993', 1, 'Give a number that programs do not round'],
    ['a number without end', 'version: .inf', 1, 'Give a number that programs do not round'],
    ['no number', 'version: .nan', 1, 'Give a number that programs do not round'],
    ['brackets left open', 'id: [a', 1, 'Make this valid YAML'],
    ['nothing', '', 1, 'Give a sharing protocol'],
    ['a list', '- a', 1, 'Give a sharing protocol'],
    ['deep nesting in brackets', '['.repeat(100_000), 1, 'Nest lists and names less deeply.'],
    ['deep nesting in dashes', '- '.repeat(100_000), 1, 'Nest lists and names less deeply.'],
    ['a document too long', `why: ${'x'.repeat(LARGEST_DOCUMENT)}`, 1, 'Shorten the document to at most 256 KiB.'],
  ])('refuses %s', (_, text, line, says) => {
    expect(faultsOf(text)).toContainEqual({ line, column: expect.any(Number), says: expect.stringContaining(says) });
  });

  it('refuses aliases that multiply', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [*${'abcdefgh'[index]}, *${'abcdefgh'[index]}]`),
    ];
    expect(faultsOf(bomb.join('\n'))[0]?.says).toContain('Write the value out');
  });

  it('stops at fifty faults', () => {
    expect(faultsOf(Array.from({ length: 500 }, (_, index) => `x${index}: 1`).join('\n'))).toHaveLength(50);
  });
});
