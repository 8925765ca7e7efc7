// What judging would look at and is not in memory: told as data, loaded, and then it is judged again.
import { setImmediate as turn } from 'node:timers/promises';

export interface Missing {
  /** Where it is looked for. */
  readonly from: { load(name: string): Promise<unknown> };
  readonly name: string;
}

/** More than anything that is judged needs; whatever asks for ever more would hold up the broker for good. */
const MOST = 1000;
/** What is found in memory loads without waiting: others get their turn in between. */
const ROUNDS_A_TURN = 10;

/** The rounds of one piece of work: bounded in number, and giving way to others. */
export class Rounds {
  #count = 0;

  /**
   * Loads what `look` names until it names nothing new: loaded, it may name more. What memory has let go of again meanwhile, judging tells.
   * Rejects as `load` does.
   */
  async look(look: () => readonly Missing[]): Promise<void> {
    let missing = look();
    if (missing.length === 0) return;
    for (const loaded = new Set<string>(); missing.length > 0; missing = look().filter(({ name }) => !loaded.has(name))) {
      for (const { name } of missing) loaded.add(name);
      await this.load(missing);
    }
  }

  /** Loads all of it side by side. Rejects as the loads do, and where this was asked too often. */
  async load(missing: readonly Missing[]): Promise<void> {
    if (++this.#count > MOST) throw new Error('What is judged asks for ever more streams.');
    await Promise.all(missing.map(({ from, name }) => from.load(name)));
    if (this.#count % ROUNDS_A_TURN === 0) await turn();
  }
}

/** What `judge`, which never waits, comes to once nothing is missing. */
export const untilComplete = async <Judgement extends { readonly missing: readonly Missing[] }>(
  judge: () => Judgement,
): Promise<Judgement> => {
  const rounds = new Rounds();
  for (;;) {
    const judgement = judge();
    if (judgement.missing.length === 0) return judgement;
    await rounds.load(judgement.missing);
  }
};
