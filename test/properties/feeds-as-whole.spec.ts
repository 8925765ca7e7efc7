import * as fc from 'fast-check';
import { openRegisters } from './cast.ts';
import { FeedWorld, happeningsIn } from './feeds-as-whole.ts';
import { BEGIN } from './nobodys-word.ts';
import { sweep, termsWithout } from './terms-change.ts';

/** Some dozens for every change; PROPERTY_RUNS=1000 for a long run. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 40);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 7);
const A_RUN_MS = 3000;

describe('feeds', () => {
  it(
    'that are decided by what is new alone hold at every moment what the whole file makes of them, and their records say why',
    async () => {
      const registers = await openRegisters({ now: () => BEGIN });
      let [recent, decisions] = [0, 0];
      const property = fc.asyncProperty(happeningsIn(registers), async (happenings) => {
        const compared = await new FeedWorld(registers).play(happenings);
        recent += compared.recent;
        decisions += compared.decisions;
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
      // Else it would prove nothing.
      expect(recent).toBeGreaterThan(decisions / 8);
    },
    RUNS * A_RUN_MS + 60_000,
  );

  it(
    'of everybody whose change with the terms are decided anew, and not of all others',
    async () => {
      const registers = await openRegisters({ now: () => BEGIN });
      let [changed, passed] = [0, 0];
      const changes = fc.array(termsWithout(registers), { minLength: 4, maxLength: 4 });
      const property = fc.asyncProperty(happeningsIn(registers), changes, async (happenings, all) => {
        const feeds = new FeedWorld(registers);
        await feeds.play(happenings);
        for (const change of all) {
          const swept = await sweep(feeds.world, await feeds.learners(), registers, change);
          changed += swept.changed;
          passed += swept.passed;
        }
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
      // Else it would prove nothing.
      expect(changed).toBeGreaterThan(RUNS / 2);
      expect(passed).toBeGreaterThan(RUNS / 2);
    },
    RUNS * A_RUN_MS + 60_000,
  );
});
