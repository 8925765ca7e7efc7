import { lawful, plants } from './lint-plants.ts';
import { plantTree, report } from './planted-tree.ts';
import { relative, sep } from 'node:path';

type Findings = readonly {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}[];

describe('the limits of lint', () => {
  const tree = plantTree(Object.fromEntries([...plants, ...lawful].map(({ file, content }) => [file, content])));
  const findings = report(tree.folder, 'eslint/bin/eslint.js', ['--format', 'json', '.']) as Findings;
  const found = new Map(
    findings.map(({ filePath, messages }) => [
      relative(tree.folder, filePath).replaceAll(sep, '/'),
      [...new Set(messages.map(({ ruleId, message }) => ruleId ?? message))],
    ]),
  );
  afterAll(() => tree.remove());

  it.each(plants.map(({ rule, file }) => [rule, file] as const))('%s bites in %s', (rule, file) => {
    expect(found.get(file)).toContain(rule);
  });

  it.each(lawful.map(({ file }) => file))('leave %s alone', (file) => {
    expect(found.get(file)).toEqual([]);
  });
});
