import { Town } from '../journeys/town.ts';
import { CAST } from './cast.ts';
import { checkOn } from './check.ts';
import { TICK_MS, TownStage } from './town-stage.ts';

/** Some tens for every change. */
const RUNS = Number(process.env['PROPERTY_HTTP_RUNS'] ?? 30);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 7);
const A_RUN_MS = 8000;

describe("nobody's own word, in a running broker", () => {
  it(
    'opens no door, shuts none, and is told nothing',
    async () => {
      let now = Date.parse('2026-03-20T06:00:00Z');
      let worlds = 0;
      const town = await Town.open({ cast: CAST, clock: { now: () => now } });
      try {
        const open = (): TownStage => new TownStage(town, () => (now += TICK_MS), ++worlds);
        expect(await checkOn(open, town.node.registers, { runs: RUNS, seed: SEED })).toBeUndefined();
      } finally {
        await town.close();
      }
    },
    RUNS * A_RUN_MS + 60_000,
  );
});
