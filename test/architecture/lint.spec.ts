import { join, relative, sep } from 'node:path';
import { lawful, plants, unformatted } from './lint-plants.ts';
import { output, plantIntoCopy, projectRoot, report } from './planted-tree.ts';

type Findings = readonly {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}[];

interface Block {
  /** Those that come with eslint and its plugins have one. */
  readonly name?: string;
  readonly rules?: Readonly<Record<string, unknown>>;
}

const { default: blocks } = (await import(join(projectRoot, 'eslint.config.mjs'))) as { readonly default: readonly Block[] };
const ours = blocks.filter(({ name }) => name === undefined).flatMap(({ rules = {} }) => Object.entries(rules));

/** What the house says to whoever breaks a restriction. */
const saidBy = (options: unknown): readonly string[] => {
  if (typeof options !== 'object' || options === null) return [];
  const said = 'message' in options ? [String(options.message)] : [];
  return [...said, ...Object.values(options).flatMap(saidBy)];
};

describe('the limits of lint', () => {
  const planted = [...plants, ...lawful, unformatted];
  const tree = plantIntoCopy(Object.fromEntries(planted.map(({ file, content }) => [file, content])));
  const args = ['--format', 'json', ...planted.map(({ file }) => file)];
  const findings = report(tree.folder, 'eslint/bin/eslint.js', args) as Findings;
  const found = new Map(findings.map(({ filePath, messages }) => [relative(tree.folder, filePath).replaceAll(sep, '/'), messages]));
  const rulesBrokenIn = (file: string): readonly string[] | undefined => found.get(file)?.map(({ ruleId, message }) => ruleId ?? message);
  afterAll(() => tree.remove());

  it.each(plants.map(({ rule, file }) => [rule, file] as const))('%s bites in %s', (rule, file) => {
    expect(rulesBrokenIn(file)).toContain(rule);
  });

  it.each(lawful.map(({ file }) => file))('leave %s alone', (file) => {
    expect(rulesBrokenIn(file)).toEqual([]);
  });

  it('have no rule of the house, and no word of one, that was not heard here', () => {
    const messages = findings.flatMap((file) => file.messages);
    const on = ours.filter(([, setting]) => setting !== 'off');
    expect(on.map(([rule]) => rule).filter((rule) => !messages.some(({ ruleId }) => ruleId === rule))).toEqual([]);
    const words = new Set(on.flatMap(([, setting]) => saidBy(setting)));
    expect([...words].filter((word) => !messages.some(({ message }) => message.includes(word)))).toEqual([]);
  });

  it('are joined by the formatter', () => {
    const files = [unformatted, ...lawful].map(({ file }) => file);
    expect(output(tree.folder, 'prettier/bin/prettier.cjs', ['--list-different', ...files]).trim()).toBe(unformatted.file);
  });
});
