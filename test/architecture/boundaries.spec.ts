import { bystanders, lawful, plants } from './boundary-plants.ts';
import { plantTree, projectRoot, report } from './planted-tree.ts';

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

const cruise = (folder: string): Cruise['summary'] => {
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', '{apps,libs,test}/**/*.ts'];
  return (report(folder, 'dependency-cruiser/bin/dependency-cruiser.mjs', args) as Cruise).summary;
};

const brokenBy = (summary: Cruise['summary']): Map<string, Set<string>> => {
  const broken = new Map<string, Set<string>>();
  for (const { from, rule } of summary.violations) broken.set(from, (broken.get(from) ?? new Set()).add(rule.name));
  return broken;
};

describe('the boundaries', () => {
  const planted = Object.fromEntries(plants.map(({ file, content }) => [file, content]));
  const tree = plantTree({ ...lawful, ...bystanders, ...planted });
  const summary = cruise(tree.folder);
  const broken = brokenBy(summary);
  afterAll(() => tree.remove());

  it.each(plants.map(({ rules, file }) => [rules.join(' and '), file, rules] as const))('%s bites in %s', (_, file, rules) => {
    expect([...(broken.get(file) ?? [])].sort()).toEqual([...rules].sort());
  });

  it('leave alone what is allowed', () => {
    expect(Object.keys(lawful).filter((file) => broken.has(file))).toEqual([]);
  });

  it('have no rule that was not broken here', () => {
    const tried = new Set(plants.flatMap(({ rules }) => rules));
    expect(summary.ruleSetUsed.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('hold in this project', () => {
    const violations = cruise(projectRoot).violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`);
    expect(violations).toEqual([]);
  });
});
