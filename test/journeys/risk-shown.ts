// Learners of a town, and an assessment of risk by which it shows who is related to them.
import { confirmed, linesOf } from './told.ts';
import { assessment, registration, type Town, ulnOf } from './town.ts';

let learners = 0;

/** Shown by YJ2 to a provider with whom the learner is enrolled, without consent. */
export const risk = (uln: string) => assessment(uln, { framework: 'risk-of-reoffending', domain: 'whole' });

export class RiskShown {
  readonly #town: () => Town;

  constructor(town: () => Town) {
    this.#town = town;
  }

  /** A new learner, registered by these; where nobody of the town is responsible unless a postcode is given. */
  readonly newLearner = async (by: readonly string[], postcode = 'ZZ9 9ZZ'): Promise<string> => {
    const uln = ulnOf(++learners);
    for (const slug of by) await this.#town().tell(slug, registration(uln, `${slug}-${uln}`, { postcode }));
    return uln;
  };

  /** Registered by these; the first vouches for the youth offending team, which assesses. */
  readonly newLearnerAtRisk = async (by: readonly string[]): Promise<string> => {
    const uln = await this.newLearner([...by, 'city-yot']);
    await this.#town().tell(by[0] ?? '', confirmed(uln, 'city-yot'));
    await this.#town().tell('city-yot', risk(uln));
    return uln;
  };

  readonly see = (agency: string, purpose: string, uln: string) => this.#town().passport(agency, purpose, `uln:${uln}`);

  readonly seesRisk = async (agency: string, uln: string): Promise<boolean> =>
    linesOf(await this.see(agency, 'safeguard', uln)).includes('assessment.recorded by YJ2');
}
