// A property that nothing breaks proves nothing: each rule switched off has to break it, within as many runs as every change gets.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../broker-process.ts';
import { MUTANTS } from './mutants.ts';

const run = promisify(execFile);
const ARGUMENTS = [
  '--conditions=concordat-source',
  '--import',
  './test/properties/mutant-loader.mjs',
  join(root, 'test/properties/main.ts'),
];
const MUTANT_MS = 180_000;

/** What the property came to in a process whose sources hold the mutant: `holds`, or how it breaks. */
const withMutant = async (place: number): Promise<string> => {
  const env = { ...process.env, NODE_OPTIONS: '', MUTANT: String(place), PROPERTY_RUNS: '300', PROPERTY_SEED: '7' };
  const broken = await run(process.execPath, ARGUMENTS, { cwd: root, env }).catch(
    (cause: unknown) => cause as { readonly stdout: string; readonly stderr: string },
  );
  return /breaks: '[a-z-]+'/.exec(broken.stdout)?.[0] ?? `${broken.stdout}${broken.stderr}`;
};

describe('the property fails where a rule is switched off', () => {
  it('for every rule', () => {
    expect([...new Set(MUTANTS.map(({ rule }) => rule))]).toEqual(['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7']);
  });

  it.each(MUTANTS.map(({ rule, says }, place) => ({ rule, says, place })))(
    '$rule: $says',
    async ({ place }) => {
      expect(await withMutant(place)).toMatch(/^breaks: /);
    },
    MUTANT_MS,
  );
});
