// Specs run against the TypeScript sources: `#lib` resolves to libs/<lib>/index.ts, never to dist/.
import { readFileSync } from 'node:fs';

const { jsc } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      // Jest loads `.ts` files by the names the sources give, so the extension stays as written.
      { swcrc: false, jsc: { ...jsc, rewriteRelativeImportExtensions: false }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  // Specs that need Kafka share one, started when the first of them asks (test/kafka).
  globalSetup: '<rootDir>/test/kafka/jest-setup.mjs',
  globalTeardown: '<rootDir>/test/kafka/jest-teardown.mjs',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'concordat-source'] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/coverage/', '<rootDir>/.concordat/'],
  // What takes so long hangs: a busy machine needs a multiple of what a quiet one does.
  testTimeout: 60_000,
  // One more than cores that a small machine has: much of a suite waits for a disk, a browser or Kafka.
  maxWorkers: 3,
  // Every suite loads its modules anew, and not all of that memory comes back: a worker that holds much is replaced between two suites.
  workerIdleMemoryLimit: '2GB',
  coverageProvider: 'v8',
  coverageDirectory: 'coverage',
  collectCoverageFrom: ['{apps,libs}/**/*.ts', '!**/*.spec.ts'],
};
