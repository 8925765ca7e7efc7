// The data manager, beside a broker that runs: who waits, whose word counts from then on, and what is kept of it.
import { jest } from '@jest/globals';
import { DISCLOSURE_DECIDED } from '#disclosure';
import { disclosureStream, learnerStream } from '#learner-file';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { programme } from './told.ts';
import { fresh, registration, Town, ulnOf } from './town.ts';

jest.setTimeout(60_000);

const place = new Workplace();
let town: Town;
let learners = 0;

beforeAll(async () => {
  town = await Town.open({ following: true });
});
afterAll(async () => {
  await town.close();
  place.remove();
});

const ties = async (words: readonly string[], input = '') =>
  place.run(['ties', ...words, '--data-manager'], { input, environment: { CONCORDAT_DATA: town.data } });

/** What the command appends, the broker has to have seen. */
const caughtUp = async (): Promise<void> => void (await town.node.projections.waitFor('ties', await town.node.store.head(), 10_000));

interface Moved {
  readonly uln: string;
  readonly id: string;
}

/** Of a school in the north; a careers service of the south says that the learner lives there now. */
const moved = async (): Promise<Moved> => {
  const uln = ulnOf(++learners);
  await town.tell('st-chads', registration(uln, fresh('s')));
  await town.tell('careers', registration(uln, fresh('c')));
  await town.tell('careers-south', registration(uln, fresh('o'), { familyName: 'Example', postcode: 'B1 1AA' }));
  const { streams } = town.node;
  const [{ learner: id = '' } = {}] = (await streams.identifiers.load(streams.streamOf({ uln }))).state;
  return { uln, id };
};

const clauses = async (agency: string, uln: string): Promise<readonly string[]> =>
  ((await town.passport(agency, 'track-participation', `uln:${uln}`)).body.items ?? []).map(({ clause }) => clause.replace(/^.*#/, ''));

describe('the data manager', () => {
  it('moves a learner to the area whose own word alone says so, and is told of it no more', async () => {
    const { uln, id } = await moved();
    const row = `${id},careers-south,resident-area`;
    expect((await ties(['list', '--csv'])).out.split('\n')).toEqual(['subject,agency,relationship', row, '']);
    expect(await clauses('careers-south', uln)).not.toContain('EL3');
    const { out, code } = await ties(['confirm', '-'], `${row}\n`);
    expect(out).toMatch(/\n1 +careers-south +resident-area +accepted +\d+\n$/);
    expect(code).toBe(0);
    await caughtUp();
    expect(await clauses('careers-south', uln)).toContain('EL3');
    expect(await clauses('careers', uln)).not.toContain('EL3');
    expect((await ties(['list'])).out).toBe('');
  });

  it("says it once a day, in the learner's stream, as an office; and each look is kept", async () => {
    const { id } = await moved();
    await ties(['list']);
    const receipts = async () =>
      JSON.parse((await ties(['confirm', '-', '--json'], `${id},careers-south,resident-area\n`)).out) as readonly {
        readonly outcome: string;
        readonly position: string;
      }[];
    const [first] = await receipts();
    const [again] = await receipts();
    expect([first?.outcome, again?.outcome]).toEqual(['accepted', 'duplicate']);
    expect(again?.position).toBe(first?.position);
    const said = await town.node.store.readStream(learnerStream(id));
    expect(said.filter(({ type }) => type.includes('tie.confirmed')).map(({ meta }) => meta.actor)).toEqual(['data-manager']);
    const looks = await town.node.store.readStream(disclosureStream(id));
    expect(looks.map(({ type, meta }) => [type, meta.actor])).toEqual([[DISCLOSURE_DECIDED, 'operator:data-manager']]);
  });

  it('vouches for other ties too, by the ids of the agency whose they are', async () => {
    const uln = ulnOf(++learners);
    await town.tell('forge', registration(uln, 'F-1'));
    await town.tell('careers', registration(uln, fresh('c'), { familyName: 'Example-F-1' }));
    await town.tell('forge', programme(uln, fresh('p')));
    const pseudonym = (await town.passport('forge', 'deliver-programme', `uln:${uln}`)).body.learner ?? '';
    expect((await ties(['list'])).out).toMatch(/ forge +enrolled-with /);
    const { out } = await ties(
      ['confirm', '-', '--of', 'forge', '--relationship', 'enrolled-with'],
      `local:F-1\n${pseudonym}\nuln:${uln}\n`,
    );
    expect(out.match(/accepted|duplicate/g)).toEqual(['accepted', 'duplicate', 'duplicate']);
    expect((await ties(['list'])).out).not.toMatch(/ forge +enrolled-with /);
  });

  it('is told line by line what was not recorded', async () => {
    const { id } = await moved();
    const { out, err, code } = await ties(['confirm', '-'], `local:none,forge\n${id},nobody\n${id},forge,friend-of\n`);
    expect(out).toMatch(
      /1 +forge +rejected +no-such-learner: .*\n2 +nobody +rejected +schema: .*\n3 +forge +friend-of +rejected +schema: /,
    );
    expect({ code, err }).toEqual({ code: 1, err: '3 of 3 lines sent.\nconcordat: 3 of 3 lines were not recorded.\n' });
  });

  it('is either an agency or the data manager who vouches', async () => {
    expect(await ties(['list', '--agency', 'careers'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--data-manager works on the data directory'),
    });
    expect(await place.run(['ties', 'list'])).toMatchObject({ code: 2, err: expect.stringContaining('Say who you are') });
  });
});
