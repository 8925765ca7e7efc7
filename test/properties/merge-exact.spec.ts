import * as fc from 'fast-check';
import { openRegisters } from './cast.ts';
import { happeningsIn } from './feeds-as-whole.ts';
import { mergeAndUnmerge, twins } from './merge-exact.ts';
import { BEGIN } from './nobodys-word.ts';

/** Some dozens for every change; PROPERTY_RUNS=1000 for a long run. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 30);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 7);
const A_RUN_MS = 3000;

it(
  'two who were merged and un-merged are shown to everybody exactly as they were before',
  async () => {
    const registers = await openRegisters({ now: () => BEGIN });
    let changed = 0;
    const property = fc.asyncProperty(happeningsIn(registers), twins, async (happenings, twin) => {
      if (await mergeAndUnmerge(registers, happenings, twin)) changed += 1;
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    // Else it would prove nothing.
    expect(changed).toBeGreaterThan(RUNS / 2);
  },
  RUNS * A_RUN_MS + 60_000,
);
