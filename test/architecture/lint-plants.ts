// One breach of each limit and ban of eslint.config.mjs, and one of the formatter, to be planted into a copy of this project.
export interface LintPlant {
  readonly rule: string;
  readonly file: string;
  readonly content: string;
}

const plant = (rule: string, file: string, content: string): LintPlant => ({ rule, file, content });
const lines = (count: number): string => 'export {};\n'.repeat(count);
const ifs = (count: number): string =>
  `export const many = (n: number): number => {\n${'  if (n > 1) return n;\n'.repeat(count)}  return 0;\n};\n`;
const longFunction = (count: number): string => `export const long = (): void => {\n${'  void 0;\n'.repeat(count - 2)}};\n`;
const comment = (length: number): string => `// ${'x'.repeat(length - 3)}\nexport {};\n`;
const from = (name: string, module: string): string => `import { ${name} } from '${module}';\nexport const used = ${name};\n`;
const value = (type: string, expression: string): string => `export const at = (): ${type} => ${expression};\n`;

export const lawful: readonly LintPlant[] = [
  plant('none', 'libs/rights/just-short-enough.ts', lines(250)),
  plant('none', 'libs/rights/just-narrow-enough.ts', comment(140)),
  plant('none', 'libs/rights/just-simple-enough.ts', ifs(7)),
  plant('none', 'libs/consent/days.ts', 'export const on = (iso: string): number => new Date(iso).getTime();\n'),
  plant('none', 'libs/rights/data-manager.ts', 'export interface DataManager {\n  readonly name: string;\n}\n'),
  plant('none', 'libs/rights/long.spec.ts', longFunction(120)),
  plant('none', 'libs/rights/reads.spec.ts', from('readFileSync', 'node:fs')),
  plant('none', 'libs/disclosure/compares.ts', from('openContribution', '#learner-file')),
];

const limits: readonly LintPlant[] = [
  plant('max-lines', 'libs/rights/too-long.ts', lines(251)),
  plant('max-lines', 'libs/rights/too-long.spec.ts', lines(251)),
  plant('max-len', 'libs/rights/too-wide.ts', comment(141)),
  plant('max-lines-per-function', 'libs/rights/long-function.ts', longFunction(81)),
  plant('max-lines-per-function', 'libs/rights/rights.handlers.ts', longFunction(21)),
  plant('complexity', 'libs/rights/complex.ts', ifs(8)),
  plant(
    'max-depth',
    'libs/rights/deep.ts',
    `export const deep = (n: number): number => {\n${'  if (n > 1) {\n'.repeat(4)}    return n;\n${'  }\n'.repeat(4)}  return 0;\n};\n`,
  ),
  plant('max-params', 'libs/rights/many.ts', 'export const sum = (a = 1, b = 2, c = 3, d = 4, e = 5): number => a + b + c + d + e;\n'),
  plant('no-warning-comments', 'libs/rights/later.ts', `// ${'TODO'}: later\nexport {};\n`),
  plant('house/file-names', 'libs/rights/CamelCase.ts', 'export {};\n'),
  plant('house/file-names', 'libs/rights/date-utils.ts', 'export {};\n'),
  plant('house/file-names', 'libs/common/index.ts', 'export {};\n'),
  plant('house/file-names', 'libs/rights/rights.helpers.ts', 'export {};\n'),
];

const types: readonly LintPlant[] = [
  plant('@typescript-eslint/no-floating-promises', 'libs/rights/floats.ts', 'export const f = (): void => {\n  Promise.resolve(1);\n};\n'),
  plant('@typescript-eslint/no-explicit-any', 'libs/rights/untyped.ts', 'export const f = (x: any): unknown => x as unknown;\n'),
  plant('@typescript-eslint/no-non-null-assertion', 'libs/rights/insists.ts', 'export const f = (x?: string): string => x!;\n'),
  plant('@typescript-eslint/no-unused-vars', 'libs/rights/unused.ts', "export {};\nconst word = 'x';\n"),
  plant('@typescript-eslint/no-unused-expressions', 'libs/rights/idle.ts', 'export const f = (n: number): void => {\n  n;\n};\n'),
  plant(
    '@typescript-eslint/prefer-readonly',
    'libs/rights/changeable.ts',
    'export class Held {\n  private held = 1;\n  get is(): number {\n    return this.held;\n  }\n}\n',
  ),
  plant(
    '@typescript-eslint/switch-exhaustiveness-check',
    'libs/rights/misses.ts',
    "export const f = (x: 'a' | 'b'): void => {\n  switch (x) {\n    case 'a':\n      break;\n  }\n};\n",
  ),
  plant(
    '@typescript-eslint/consistent-type-imports',
    'libs/rights/takes-type.ts',
    "import { Stats } from 'node:fs';\nexport type S = Stats;\n",
  ),
  plant(
    '@typescript-eslint/no-import-type-side-effects',
    'libs/rights/loads-type.ts',
    "import { type Stats } from 'node:fs';\nexport type S = Stats;\n",
  ),
  plant('@typescript-eslint/naming-convention', 'libs/rights/prefixed.ts', 'export interface IConsent {\n  readonly id: string;\n}\n'),
  plant('@typescript-eslint/naming-convention', 'libs/rights/manages.ts', 'export class ConsentManager {\n  readonly id = 1;\n}\n'),
  plant('eqeqeq', 'libs/rights/alike.ts', 'export const f = (x: string): boolean => x == String(1);\n'),
];

const bans: readonly LintPlant[] = [
  plant('no-restricted-syntax', 'libs/rights/nameless.ts', 'export default 1;\n'),
  plant('no-console', 'libs/rights/talks.ts', "export const f = (): void => console.log('x');\n"),
  plant('no-restricted-imports', 'libs/rights/rights.module.ts', from('forwardRef', '@nestjs/common')),
  ...['AggregateRoot', 'EventBus', 'EventPublisher', 'EventsHandler', 'Saga'].map((name) =>
    plant('no-restricted-imports', `libs/rights/${name.toLowerCase()}.service.ts`, from(name, '@nestjs/cqrs')),
  ),
  plant('no-restricted-imports', 'libs/rights/by-output-name.ts', from('on', './rights.handlers.js')),
  ...['createReadStream', 'promises', 'readFile', 'readFileSync', 'readSync'].flatMap((name) =>
    ['node:fs', 'fs'].map((module) =>
      plant('no-restricted-imports', `libs/rights/${name.toLowerCase()}-of-${module.replace(':', '-')}.ts`, from(name, module)),
    ),
  ),
  plant('no-restricted-imports', 'apps/cli/reads-loosely.ts', from('readFile', 'node:fs/promises')),
  plant('no-restricted-imports', 'apps/broker/reads-loosely.ts', from('readFile', 'fs/promises')),
  ...['openAliased', 'openContribution', 'openNotice'].map((name) =>
    plant('no-restricted-imports', `libs/egress/${name.toLowerCase()}.ts`, from(name, '#learner-file')),
  ),
  plant(
    'no-restricted-properties',
    'apps/cli/parses-loosely.ts',
    'export const f = (text: string): unknown => JSON.parse(text) as unknown;\n',
  ),
  ...['describe', 'it', 'test'].map((name) =>
    plant('no-restricted-properties', `libs/rights/only-${name}.spec.ts`, `${name}.only('x', () => undefined);\n`),
  ),
];

const purity: readonly LintPlant[] = [
  plant('no-restricted-imports', 'libs/consent/reads.ts', from('readFileSync', 'node:fs')),
  plant('no-restricted-imports', 'libs/consent/opens.ts', from('openContribution', '#learner-file')),
  plant('no-restricted-imports', 'libs/read-models/compares.ts', from('openContribution', '#learner-file')),
  plant('no-restricted-imports', 'libs/admission/compares.ts', from('openContribution', '#learner-file')),
  plant('no-restricted-imports', 'libs/admission/checks/draws.ts', from('randomUUID', 'node:crypto')),
  plant('no-restricted-properties', 'libs/admission/judged-now.ts', value('number', 'Date.now()')),
  plant('no-restricted-globals', 'libs/admission/judged-by-chance.ts', value('unknown', 'crypto')),
  plant('no-restricted-imports', 'libs/learners/framed.ts', from('Injectable', '@nestjs/common')),
  plant('no-restricted-imports', 'libs/contribution/checked.ts', from('IsString', 'class-validator')),
  plant('no-restricted-imports', 'libs/agencies/told.decide.ts', from('randomUUID', 'node:crypto')),
  plant('no-restricted-imports', 'libs/agencies/by-output-name.decide.ts', from('on', './told.decide.js')),
  plant('no-restricted-properties', 'libs/learner-record/review/now.ts', value('number', 'Date.now()')),
  plant('no-restricted-properties', 'libs/agencies/chance.events.ts', value('number', 'Math.random()')),
  plant('no-restricted-properties', 'libs/disclosure/decide-list.ts', value('number', 'Date.now()')),
  plant('no-restricted-properties', 'libs/sharing-protocols/decision-table-of-today.ts', value('number', 'Date.now()')),
  plant('no-restricted-properties', 'libs/egress/feed-change.ts', value('number', 'Date.now()')),
  plant('no-restricted-properties', 'libs/duties/due.ts', value('number', 'Date.now()')),
  plant('no-restricted-properties', 'libs/statistics/counts.ts', value('number', 'Math.random()')),
  plant('no-restricted-syntax', 'libs/consent/today.ts', value('Date', 'new Date()')),
  plant('no-restricted-syntax', 'libs/consent/spelt.ts', value('string', 'Date()')),
  plant('no-restricted-syntax', 'libs/consent/nameless.ts', 'export default 1;\n'),
  ...['crypto', 'performance', 'process', 'fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'console'].map((name) =>
    plant('no-restricted-globals', `libs/consent/knows-${name.toLowerCase()}.ts`, value('unknown', name)),
  ),
];

export const plants: readonly LintPlant[] = [...limits, ...types, ...bans, ...purity];

export const unformatted = plant('prettier', 'libs/rights/unformatted.ts', 'export const f = (n: number): number => { return n }\n');
