// Nobody's own statement moves a learner to itself (sharing-matrix.md, W4): a postcode said by a stranger moves nobody at all.
import { about, linesOf, referral } from '../told.ts';
import { registration } from '../town.ts';
import { by, expectNothingGained, PERSON, type Script, StandingTown } from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const moves =
  (agency: string): Script =>
  (uln) =>
    by(
      agency,
      registration(uln, `${agency}-${uln}`, { ...PERSON, postcode: 'B1 1AA' }),
      about(uln, 'learner.corrected', { postcode: 'B1 2BB', reason: 'Moved.' }),
      about(uln, 'learner.corrected', { postcode: 'B1 3CC', withheld: true, reason: 'At risk.' }),
    );

const together =
  (...scripts: readonly Script[]): Script =>
  (uln) =>
    scripts.flatMap((script) => script(uln));

/** Agencies in whose area the learner counts. */
const areasOf = async (uln: string): Promise<readonly string[]> => {
  const asked = ['careers', 'council', 'careers-south', 'council-south'];
  const seen = await Promise.all(asked.map((slug) => standing.town.passport(slug, 'track-participation', `uln:${uln}`)));
  return asked.filter((_, place) => seen[place] !== undefined && linesOf(seen[place]).includes('learner.identity by EL3'));
};

describe('a stranger that says where the learner lives', () => {
  it.each(['council-south', 'careers-south', 'ebp-wv', 'anvil', 'wulfrun', 'social'])(
    '%s moves nobody, reads nothing and is told nothing',
    async (agency) => {
      await expectNothingGained(standing, moves(agency));
    },
  );

  it('moves nobody to another stranger either, though both say the same', () =>
    expectNothingGained(standing, together(moves('council-south'), moves('ebp-wv'), moves('careers-south'))));

  it('leaves the area that there is', async () => {
    const uln = await standing.honestLearner();
    await standing.tell(together(moves('council-south'), moves('ebp-wv'))(uln));
    expect(await areasOf(uln)).toEqual(['careers', 'council']);
  });
});

describe('an agency that stands', () => {
  const withSouth = async (): Promise<string> => {
    const uln = await standing.honestLearner();
    await standing.tell(by('careers', referral(uln, 'careers-south', { route: 'out-of-area' })));
    return uln;
  };
  const says = (agency: string, uln: string, postcode: string) =>
    standing.tell(by(agency, about(uln, 'learner.corrected', { postcode, reason: 'Moved.' })));

  it('does not move the learner to itself: the former area stays until another says so too', async () => {
    const uln = await withSouth();
    await says('careers-south', uln, 'B1 1AA');
    // The other authority there did not speak: to it the statement is another's.
    expect(await areasOf(uln)).toEqual(['careers', 'council', 'council-south']);
    await says('forge', uln, 'B1 1AA');
    expect(await areasOf(uln)).toEqual(['careers-south', 'council-south']);
  });

  it('moves the learner out of its own area alone', async () => {
    const uln = await withSouth();
    await says('careers', uln, 'B1 1AA');
    expect(await areasOf(uln)).toEqual(['careers-south', 'council-south']);
  });

  it("is not needed where the learner's own page says it", async () => {
    const uln = await standing.honestLearner();
    await standing.tell(by('own-page', about(uln, 'residence.stated', { postcode: 'B1 1AA' })));
    expect(await areasOf(uln)).toEqual(['careers-south', 'council-south']);
  });
});
