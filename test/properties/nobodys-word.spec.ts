import { checkNobodysWord } from './check.ts';
import { openRegisters } from './cast.ts';
import { BEGIN, NobodysWord } from './nobodys-word.ts';
import { STORIES } from './stories.ts';
import { World } from './world.ts';

/** Some hundreds for every change; PROPERTY_RUNS=10000 for a long run. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 7);
const A_RUN_MS = 400;

describe("nobody's own word", () => {
  it.each(Object.keys(STORIES))('has honest stories that are told whole: %s', async (name) => {
    const registers = await openRegisters({ now: () => BEGIN });
    const { told } = await new NobodysWord(() => new World(registers)).alone(name);
    const refused = [...told.values()].flat().flatMap(({ receipts }) => receipts.filter(({ outcome }) => outcome !== 'accepted'));
    expect(refused).toEqual([]);
  });

  it(
    'opens no door, shuts none, and is told nothing',
    async () => {
      expect(await checkNobodysWord({ runs: RUNS, seed: SEED })).toBeUndefined();
    },
    RUNS * A_RUN_MS + 60_000,
  );
});
