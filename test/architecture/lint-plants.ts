// One breach of each limit and ban of eslint.config.mjs.
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
const from = (name: string, module: string): string => `import { ${name} } from '${module}';\nexport const used = ${name};\n`;

export const lawful: readonly LintPlant[] = [
  plant('none', 'libs/consent/just-short-enough.ts', lines(250)),
  plant('none', 'libs/consent/just-simple-enough.ts', ifs(7)),
  plant('none', 'libs/consent/consent.decide.ts', 'export const on = (iso: string): number => new Date(iso).getTime();\n'),
  plant('none', 'libs/consent/data-manager.ts', 'export interface DataManager {\n  readonly name: string;\n}\n'),
  plant('none', 'libs/consent/long.spec.ts', longFunction(120)),
  plant('none', 'libs/consent/reads.spec.ts', from('readFileSync', 'node:fs')),
];

export const plants: readonly LintPlant[] = [
  plant('max-lines', 'libs/consent/too-long.ts', lines(251)),
  plant('max-lines', 'libs/consent/too-long.spec.ts', lines(251)),
  plant('max-lines-per-function', 'libs/consent/long-function.ts', longFunction(81)),
  plant('max-lines-per-function', 'libs/consent/consent.handlers.ts', longFunction(21)),
  plant('complexity', 'libs/consent/complex.ts', ifs(8)),
  plant(
    'max-depth',
    'libs/consent/deep.ts',
    `export const deep = (n: number): number => {\n${'  if (n > 1) {\n'.repeat(4)}    return n;\n${'  }\n'.repeat(4)}  return 0;\n};\n`,
  ),
  plant('max-params', 'libs/consent/wide.ts', 'export const sum = (a = 1, b = 2, c = 3, d = 4, e = 5): number => a + b + c + d + e;\n'),
  plant('@typescript-eslint/no-floating-promises', 'libs/consent/floats.ts', 'export const f = (): void => {\n  Promise.resolve(1);\n};\n'),
  plant('@typescript-eslint/no-explicit-any', 'libs/consent/untyped.ts', 'export const f = (x: any): unknown => x as unknown;\n'),
  plant('@typescript-eslint/no-non-null-assertion', 'libs/consent/insists.ts', 'export const f = (x?: string): string => x!;\n'),
  plant(
    '@typescript-eslint/consistent-type-imports',
    'libs/consent/takes-type.ts',
    "import { Stats } from 'node:fs';\nexport type S = Stats;\n",
  ),
  plant('@typescript-eslint/naming-convention', 'libs/consent/prefixed.ts', 'export interface IConsent {\n  readonly id: string;\n}\n'),
  plant('@typescript-eslint/naming-convention', 'libs/consent/manages.ts', 'export class ConsentManager {\n  readonly id = 1;\n}\n'),
  plant('no-restricted-syntax', 'libs/consent/nameless.ts', 'export default 1;\n'),
  plant('no-console', 'libs/consent/talks.ts', "export const f = (): void => console.log('x');\n"),
  plant('no-warning-comments', 'libs/consent/later.ts', `// ${'TODO'}: later\nexport {};\n`),
  plant('house/file-names', 'libs/consent/CamelCase.ts', 'export {};\n'),
  plant('house/file-names', 'libs/consent/date-utils.ts', 'export {};\n'),
  plant('house/file-names', 'libs/common/index.ts', 'export {};\n'),
  plant('house/file-names', 'libs/consent/consent.helpers.ts', 'export {};\n'),
  plant('no-restricted-imports', 'libs/consent/consent.module.ts', from('forwardRef', '@nestjs/common')),
  plant('no-restricted-imports', 'libs/consent/bus.service.ts', from('EventBus', '@nestjs/cqrs')),
  plant('no-restricted-imports', 'libs/consent/saga.service.ts', from('Saga', '@nestjs/cqrs')),
  plant('no-restricted-imports', 'libs/consent/root.service.ts', from('AggregateRoot', '@nestjs/cqrs')),
  plant('no-restricted-imports', 'libs/consent/by-output-name.ts', from('on', './consent.decide.js')),
  plant('no-restricted-imports', 'libs/consent/reads.decide.ts', from('readFileSync', 'node:fs')),
  plant('no-restricted-imports', 'libs/consent/framed.events.ts', from('Injectable', '@nestjs/common')),
  plant('no-restricted-imports', 'libs/consent/checked.events.ts', from('IsString', 'class-validator')),
  plant('no-restricted-imports', 'libs/consent/reads-loosely.ts', from('readFileSync', 'node:fs')),
  plant('no-restricted-imports', 'apps/cli/reads-loosely.ts', from('readFile', 'node:fs/promises')),
  plant('no-restricted-imports', 'apps/broker/streams-loosely.ts', from('createReadStream', 'node:fs')),
  plant(
    'no-restricted-properties',
    'apps/cli/parses-loosely.ts',
    'export const f = (text: string): unknown => JSON.parse(text) as unknown;\n',
  ),
  plant('no-restricted-properties', 'libs/consent/now.decide.ts', 'export const at = (): number => Date.now();\n'),
  plant('no-restricted-properties', 'libs/consent/chance.events.ts', 'export const at = (): number => Math.random();\n'),
  plant('no-restricted-properties', 'libs/consent/framed.ts', 'export const at = (): number => Date.now();\n'),
  plant('no-restricted-syntax', 'libs/consent/today.decide.ts', 'export const at = (): Date => new Date();\n'),
  plant('no-restricted-syntax', 'libs/consent/checked.ts', 'export const at = (): string => Date();\n'),
  plant('no-restricted-globals', 'libs/consent/ids.decide.ts', 'export const id = (): string => crypto.randomUUID();\n'),
  plant('no-restricted-properties', 'libs/consent/focus.spec.ts', "describe.only('x', () => undefined);\n"),
];
