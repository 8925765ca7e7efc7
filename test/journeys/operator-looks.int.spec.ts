// What commands on the data directory show of learners, an office of the operator asks the gate for: recorded before it is printed.
import { jest } from '@jest/globals';
import { LOOK_DECIDED, type LookDecided, looksOf, openLook } from '#disclosure';
import { keysOf } from '#privacy';
import { fixedClock, type LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { run } from '../../apps/cli/program.ts';
import { Terminal } from '../../apps/cli/terminal.ts';
import { allDecisions, learnerIdOf } from './recorded-decisions.ts';
import { registration, Town, ulnOf } from './town.ts';
import { adviser, MORNING, referral } from './told.ts';

jest.setTimeout(120_000);
const clock = fixedClock(MORNING);
const uln = ulnOf(1);
let town: Town;
let learner: LearnerId;
beforeAll(async () => {
  town = await Town.open({ clock });
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'));
  learner = await learnerIdOf(town, 'careers', `uln:${uln}`);
});
afterAll(() => town.close());

const concordat = async (...words: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = new Terminal({ write: (text) => out.push(text) }, { write: (text) => err.push(text) });
  const environment = { CONCORDAT_DATA: town.data };
  const code = await run(words, { terminal, environment, readInput: async () => Buffer.from('') });
  return { code, out: out.join(''), err: err.join('') };
};

const looksIn = async (stream: string): Promise<readonly (LookDecided | undefined)[]> => {
  const looks = (await town.node.store.readStream(stream)).filter(({ type }) => type === LOOK_DECIDED);
  const keys = await keysOf(town.node.vault, looks);
  return looks.map((event) => openLook(event, keys));
};

describe('the operator at the command line', () => {
  it('lists who saw what, and is itself recorded: of one learner with the learner', async () => {
    expect((await concordat('disclosures', 'list')).out).toContain(learner);
    expect(await looksIn(looksOf('operator:operator'))).toMatchObject([
      { asked: 'disclosures', parameters: { limit: 50 }, outcome: 'answered' },
    ]);
    await concordat('disclosures', 'list', '--learner-of', 'careers', 'local:c-1');
    expect(await looksIn(disclosureStream(learner))).toMatchObject([{ asked: 'disclosures', recipient: 'operator:operator' }]);
    expect((await concordat('disclosures', 'list', '--learner-of', 'careers', 'local:c-1')).out).toMatch(/operator:operator .*disclosures/);
  });

  it('has a decision explained, and that is recorded with the learner', async () => {
    const explain = ['protocol', 'explain', '--agency', 'forge', '--purpose', 'deliver-programme', '--learner', `uln:${uln}`];
    expect(await concordat(...explain)).toMatchObject({ code: 0, out: expect.stringContaining('items permitted') });
    expect((await looksIn(disclosureStream(learner))).at(-1)).toMatchObject({ asked: 'explanation', parameters: { agency: 'forge' } });
  });

  it('prints what was refused only once that is recorded', async () => {
    await town.send('careers', { type: 'learner.registered', subject: 'local:x', data: { localId: 'y' } } as never);
    const before = await looksIn(looksOf('operator:operator'));
    await concordat('quarantine', 'show', '1');
    expect(await looksIn(looksOf('operator:operator'))).toEqual(before);
    expect((await concordat('quarantine', 'show', '1', '--content')).out).toContain('local:x');
    expect((await looksIn(looksOf('operator:operator'))).slice(before.length)).toMatchObject([
      { asked: 'quarantine-content', parameters: { entry: 1 }, outcome: 'answered' },
    ]);
  });
});

describe('the data manager at the command line', () => {
  it('is shown the queue by the clause of the protocol, and each learner can see it', async () => {
    await town.tell('st-chads', registration(uln, 's-1', { givenName: 'Kit', familyName: 'Other', dateOfBirth: '2008-01-01' }));
    const listed = await concordat('data-quality', 'list');
    expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/same-number/) });
    expect(listed.out).toContain(learner);
    const looked = (await allDecisions(town)).filter(({ actor }) => actor === 'operator:data-manager');
    expect(looked.map(({ learner: about }) => about)).toContain(learner);
    expect(looked[0]?.decided).toMatchObject({ route: 'list', asked: 'data-quality', purposes: ['assure-data-quality'] });
    expect(looked[0]?.decided.permitted.map(({ clause }) => clause)).toEqual(['data-quality@1#DQ1']);
  });

  it('is shown nothing, and told why, while no protocol gives it anything', async () => {
    await town.node.protocols.suspend({ protocol: 'data-quality', version: 1, reason: 'a review' });
    expect(await concordat('data-quality', 'list')).toEqual({
      code: 1,
      out: '',
      err: 'concordat: No protocol in force shows the queue to the data manager: bring `data-quality` in force.\n',
    });
    await town.node.protocols.resume({ protocol: 'data-quality', version: 1, reason: 'reviewed' });
  });

  it('publishes a list that has closed, once it was verified, and nobody else’s list', async () => {
    const report = (verb: string, ...more: readonly string[]) => concordat('report', verb, 'starts-and-finishes', '2020-01', ...more);
    expect(await report('release')).toMatchObject({ code: 1, err: expect.stringContaining('Verify it first') });
    const verified = await report('verify');
    expect(verified.out).toBe('starts-and-finishes of 2020-01: verified, 0 events left out\n');
    expect(verified.err).toMatch(/Nothing stands in it\.\nNo open finding touches it\./);
    expect(JSON.parse((await report('release', '--json')).out)).toMatchObject({ outcome: 'published', counts: {}, excluded: 0 });
    expect(await report('release')).toMatchObject({ code: 1, err: expect.stringContaining('never changes') });
    expect((await concordat('report', 'verify', 'caseload', '2020-01')).err).toContain('No such list closes');
    const waive = ['data-quality', 'waive', '1', '--rule', 'uln-missing', '--reason', 'document-seen'];
    expect(await concordat(...waive)).toMatchObject({ code: 1, err: expect.stringContaining('No open finding') });
  });
});
