import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bystanders, climbs, lawful, plants } from './boundary-plants.ts';
import { plantIntoCopy, projectRoot, report } from './planted-tree.ts';

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

const CONFIG = '.dependency-cruiser.mjs';
const { layers } = (await import(join(projectRoot, 'rooms.house.mjs'))) as { readonly layers: readonly (readonly string[])[] };
const upwards = climbs(layers, (library) => existsSync(join(projectRoot, 'libs', library)));
const all = [...upwards, ...plants];

describe('the boundaries', () => {
  const planted = Object.fromEntries(all.map(({ file, content }) => [file, content]));
  const tree = plantIntoCopy({ ...lawful, ...bystanders, ...planted });
  const args = ['--config', CONFIG, '--output-type', 'json', '{apps,libs,test}/**/*.ts'];
  const { summary } = report(tree.folder, 'dependency-cruiser/bin/dependency-cruiser.mjs', args) as Cruise;
  const rulesBrokenIn = (file: string): readonly string[] => [
    ...new Set(summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)),
  ];
  afterAll(() => tree.remove());

  it.each(upwards.map(({ rules, file }) => [rules.join(), file] as const))('%s bites in %s', (rule, file) => {
    expect(rulesBrokenIn(file)).toContain(rule);
  });

  it.each(plants.map(({ rules, file }) => [rules.join(' and '), file, rules] as const))('%s bites in %s', (_, file, rules) => {
    expect(rulesBrokenIn(file).toSorted()).toEqual(rules.toSorted());
  });

  it('have no rule that was not broken here', () => {
    const tried = new Set(all.flatMap(({ rules }) => rules));
    expect(summary.ruleSetUsed.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('hold in this project, and leave alone what is allowed', () => {
    const violations = summary.violations
      .filter(({ from }) => !(from in planted) && !(from in bystanders))
      .map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`);
    expect(violations).toEqual([]);
  });
});
