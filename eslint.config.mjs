// The house's limits as errors. test/architecture/lint.spec.ts breaks each of them once.
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import house from './eslint.house.mjs';
import { besideJudging, foldersForSpecs, pureFiles, pureLibraries, whoOpensContributions } from './rooms.house.mjs';

const sources = ['{apps,libs,test}/**/*.ts'];
const specs = ['**/*.spec.ts', 'test/**/*.ts', `libs/*/{${foldersForSpecs.join()}}/**/*.ts`];
const pureCore = [`libs/{${pureLibraries.join()}}/**/*.ts`, ...pureFiles.map((name) => `libs/**/${name}.ts`)];
const judging = 'libs/admission/{*,checks/*}.ts';
const notJudging = `libs/admission/{${besideJudging.join()}}.ts`;

const bannedImports = {
  paths: [
    {
      name: '@nestjs/common',
      importNames: ['forwardRef'],
      message: 'A cycle between providers is a fault of the design: extract what both need.',
    },
    {
      name: '@nestjs/cqrs',
      importNames: ['AggregateRoot', 'EventBus', 'EventPublisher', 'EventsHandler', 'Saga'],
      message: 'Its events are in memory, unordered and lose errors. Projections and reactors follow the store.',
    },
  ],
  patterns: [{ regex: '^\\.{1,2}/.*\\.js$', message: 'Write the name of the source: ./x.ts.' }],
};

// Files that are signed, enforced or configured are read as strictly as the wire, all by the one reader.
const readStrictly = 'Use readTextFile or readJsonFile of #strict-text: it refuses what two readers could read differently.';
const fileReading = [
  ...['node:fs', 'fs'].map((name) => ({
    name,
    importNames: ['createReadStream', 'promises', 'readFile', 'readFileSync', 'readSync'],
    message: readStrictly,
  })),
  ...['node:fs/promises', 'fs/promises'].map((name) => ({ name, importNames: ['readFile'], message: readStrictly })),
];
const opening = {
  name: '#learner-file',
  importNames: ['openAliased', 'openContribution', 'openNotice'],
  message: 'Few rooms open what is sealed (rooms.house.mjs): ask the gate, or the file.',
};
// The reader itself; the root key, which is one line of its own form; and files of other systems, which are taken as those write them.
const readers = ['libs/strict-text/text-file.ts', 'libs/privacy/root-key.ts', 'apps/cli/import/file-survey.ts'];

const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'A named export keeps one name everywhere.' };
const clockAndChance = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time comes in the command.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'Time comes in the command.' },
];
// A data manager is a person in this field; any other Manager is a class without a purpose.
const manager = '(?<!Data)Manager$';
const global = (names, message) => names.map((name) => ({ name, message }));

/** What a file may not import, over what none may. A later block takes the place of an earlier one. */
const restrictedImports = (files, paths, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { ...bannedImports, paths: [...bannedImports.paths, ...paths] }] },
});

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.concordat/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: sources,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', { allowTernary: true, allowShortCircuit: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An adapter answers a port's promise from a synchronous database.
      '@typescript-eslint/require-await': 'off',
      // A Nest module is a class without a body.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'interface', format: ['PascalCase'], custom: { regex: `^I[A-Z][a-z]|${manager}`, match: false } },
        { selector: ['class', 'typeAlias'], format: ['PascalCase'], custom: { regex: manager, match: false } },
      ],
      'no-restricted-imports': ['error', bannedImports],
      'no-restricted-syntax': ['error', defaultExport],
    },
  },
  {
    files: ['{apps,libs,test,bin}/**/*.{ts,mjs}'],
    plugins: { house },
    rules: {
      'house/file-names': 'error',
      'max-lines': ['error', { max: 250 }],
      // What the formatter cannot break: one text, one pattern.
      'max-len': ['error', { code: 140, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true }],
      'max-lines-per-function': ['error', { max: 80 }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      complexity: ['error', 8],
      eqeqeq: ['error', 'always'],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
  restrictedImports(['{apps,libs}/**/*.ts'], [...fileReading, opening], [...specs, ...readers]),
  restrictedImports([`libs/{${whoOpensContributions.join()}}/**/*.ts`], fileReading, specs),
  restrictedImports(readers, [opening]),
  {
    files: ['apps/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'JSON', property: 'parse', message: 'Use jsonOf of #strict-text: what an app parses comes from people.' },
      ],
    },
  },
  { files: ['**/*.handlers.ts'], rules: { 'max-lines-per-function': ['error', { max: 20 }] } },
  { files: ['libs/**/*.ts'], ignores: specs, rules: { 'no-console': 'error' } },
  {
    files: [...pureCore, judging],
    ignores: [...specs, notJudging],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ ...opening, message: 'A rule is told what was said; it opens nothing.' }],
          patterns: [...bannedImports.patterns, { regex: '^[^.#]', message: 'A rule is plain functions: no Nest, no Node, no package.' }],
        },
      ],
      'no-restricted-syntax': ['error', defaultExport, ...clockAndChance],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in the command.' },
        { object: 'Math', property: 'random', message: 'Chance comes in the command.' },
      ],
      'no-restricted-globals': [
        'error',
        ...global(['crypto', 'performance'], 'Time, ids and chance come in the command.'),
        ...global(['process', 'fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'console'], 'A decision has no effect.'),
      ],
    },
  },
  {
    files: specs,
    rules: {
      'max-lines-per-function': 'off',
      // `expect.any` and parsed JSON are untyped on purpose.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-properties': [
        'error',
        ...['describe', 'it', 'test'].map((object) => ({ object, property: 'only', message: 'It would hide the other tests.' })),
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['Atomics', 'SharedArrayBuffer', 'URL', 'console', 'document', 'process', 'window'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
