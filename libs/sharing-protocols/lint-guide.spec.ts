import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProtocols } from '#catalogue';
import { LINT_RULES, lintProtocol } from './lint.ts';
import { parseProtocol } from './parse.ts';
import { shippedProtocols } from './shipped.ts';

const guide = readFileSync(join(dirname(findProtocols()), 'docs', 'guides', 'writing-a-protocol.md'), 'utf8');
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];

describe('the guide to writing a protocol', () => {
  it('has an example that parses, and is clean beside the shipped protocols', () => {
    const parsed = parseProtocol(example);
    expect(parsed).toMatchObject({ ok: true, value: { id: 'link-course-attendance', flows: [{ id: 'LC1' }] } });
    expect(parsed.ok && lintProtocol(parsed.value, { others: shippedProtocols() })).toEqual([]);
  });

  it('has an example that is clean by itself', () => {
    const parsed = parseProtocol(example);
    expect(parsed.ok && lintProtocol(parsed.value)).toEqual([]);
  });

  it('explains every lint rule, and says which only warn', () => {
    const rows = guide.split('\n').filter((line) => line.startsWith('| `'));
    for (const { id, severity } of LINT_RULES) {
      const row = rows.find((line) => line.includes(`\`${id}\``)) ?? '';
      expect([id, row !== '', row.endsWith('(warning) |')]).toEqual([id, true, severity === 'warning']);
    }
  });
});
