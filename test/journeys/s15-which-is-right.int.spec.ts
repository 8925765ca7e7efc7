// Of numbers that contradict one another the data manager says which is right, with the evidence (views.md, S15).
import { jest } from '@jest/globals';
import { decideMatch, unmerge } from '#admission';
import { matchId } from '#learner-file';
import { listDataQuality } from '#read-models';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { BlackCountry } from './black-country.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { referral } from './told.ts';
import { registration, ulnOf } from './town.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const [ULN, OTHER] = [ulnOf(1), ulnOf(2)];
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA', givenName: 'John', familyName: 'Smyth' };
const REASON = 'The college showed us the letter with the number.';

let country: BlackCountry;
beforeEach(async () => {
  country = await BlackCountry.open('2026-10-05');
  await country.town.tell('connexions-north', registration(ULN, 'c-1', BORN), referral(ULN, 'wulfrun'));
});
afterEach(() => country.town.close());

const found = async () => {
  const { node } = country.town;
  await node.projections.waitFor('data-quality', await node.store.head(), 10_000);
  return (await listDataQuality(node.views, { limit: 100 })).rows.map(({ kind, state, match, right }) => ({ kind, state, match, right }));
};
const decide = async (match: string, outcome: string, ...more: readonly string[]) =>
  place.run(['data-quality', 'decide', match, outcome, '--reason', REASON, ...more], {
    environment: { CONCORDAT_DATA: country.town.data },
  });
const issues = async (agency: string) => {
  await found();
  return (await country.list(agency, 'identity-issues', 'deliver-programme')).rows;
};

describe('two records that are one person, with a number each', () => {
  const pair = async () => {
    const { town } = country;
    await town.tell('bct', { type: 'learner.registered', subject: 'local:bct-1', data: { localId: 'bct-1', ...BORN } });
    await town.tell('bct', { type: 'learner.corrected', subject: 'local:bct-1', data: { uln: OTHER, reason: 'Now known.' } });
    const learners = [await learnerIdOf(town, 'connexions-north', `uln:${ULN}`), await learnerIdOf(town, 'bct', 'local:bct-1')];
    return { match: matchId('possible-match', learners), learners };
  };

  it('are merged once it is said which number is right, which stands beside the decision', async () => {
    const { match, learners } = await pair();
    const { node } = country.town;
    const same = { match, outcome: 'same', reason: REASON } as const;
    for (const right of [undefined, 'nobody']) {
      const refused = await decideMatch(node, { ...same, ...(right !== undefined && { right }) });
      expect(refused).toMatchObject({ ok: false, error: { code: 'which-is-right' } });
    }
    expect((await found())[0]).toMatchObject({ state: 'open' });
    expect((await decide(match, 'same', '--right', learners[0] ?? '')).err).toBe('');
    expect((await found())[0]).toEqual({ kind: 'possible-match', state: 'same', match, right: learners[0] });
  });

  it('whoever told the other number finds that it is wrong among its own issues, and nothing of anybody else, until it told another', async () => {
    const { match, learners } = await pair();
    const { town } = country;
    const right = learners[0] ?? '';
    expect(await issues('bct')).toEqual([]);
    country.day('2026-10-06');
    await decideMatch(town.node, { match, outcome: 'same', reason: REASON, right });
    const [row, ...others] = await issues('bct');
    expect([row?.['kind'], row?.['localId'], row?.['since'], others]).toEqual(['uln-wrong', 'bct-1', '2026-10-06', []]);
    expect(row?.['advice']).toContain('is not this learner’s');
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`${ULN}|${OTHER}|connexions|${right}`));
    expect([await issues('connexions-north'), await issues('hts')]).toEqual([[], []]);
    // To tell the same once more answers nothing.
    await town.tell('bct', { type: 'learner.corrected', subject: 'local:bct-1', data: { uln: OTHER, reason: 'As every night.' } });
    expect((await issues('bct')).map(({ kind }) => kind)).toEqual(['uln-wrong']);
    await town.tell('bct', registration(ULN, 'bct-9', BORN));
    expect(await issues('bct')).toEqual([]);
  });

  it('and no more once they are two again', async () => {
    const { match, learners } = await pair();
    await decideMatch(country.town.node, { match, outcome: 'same', reason: REASON, right: learners[1] ?? '' });
    expect([(await issues('connexions-north')).map(({ kind }) => kind), await issues('bct')]).toEqual([['uln-wrong'], []]);
    await unmerge(country.town.node, { match, reason: 'Twins.' });
    expect(await issues('connexions-north')).toEqual([]);
  });

  it('have no right number where they are two people, or where only one has a number', async () => {
    const { match, learners } = await pair();
    const right = learners[0] ?? '';
    expect((await decide(match, 'different', '--right', right)).err).toContain('in `right`');
    expect((await decide(match, 'different')).err).toBe('');
  });
});

describe('two numbers that one agency told of one learner', () => {
  beforeEach(async () => {
    const { town } = country;
    await town.tell('wulfrun', { ...registration(ULN, 'w-1', BORN), id: 'w-first' });
    await town.send('wulfrun', registration(OTHER, 'w-1', BORN));
  });
  const conflict = async () => (await found()).find(({ kind }) => kind === 'link-conflict') ?? { match: '', state: '' };

  it('are told to it as what waits, and to nobody else', async () => {
    await conflict();
    const [row, ...others] = await issues('wulfrun');
    expect([row?.['kind'], row?.['localId'], row?.['since'], others]).toEqual(['link-conflict', 'w-1', '2026-10-05', []]);
    expect(row?.['advice']).toContain('which is right');
    expect(JSON.stringify(await issues('connexions-north'))).not.toContain('link-conflict');
  });

  it('wait no more once the first is right, and where the later is, the agency is told what to do', async () => {
    const { match } = await conflict();
    expect((await decide(match, 'different')).err).toBe('');
    expect([(await conflict()).state, await issues('wulfrun')]).toEqual(['different', []]);
    expect((await decide(match, 'same')).err).toBe('');
    expect((await conflict()).state).toBe('same');
    expect((await issues('wulfrun')).map(({ advice }) => advice)).toEqual([expect.stringContaining('What you told later is right')]);
    const takenBack = { type: 'record.retracted', subject: 'local:w-1', data: { of: 'w-first', reason: 'wrong-learner' } } as const;
    await country.town.tell('wulfrun', takenBack, registration(OTHER, 'w-2', BORN));
    expect(await issues('wulfrun')).toEqual([]);
  });

  it('are decided by themselves: what another agency told of the learner stays as it is, and it is told nothing new', async () => {
    const { town } = country;
    await town.tell('hts', { ...registration(ULN, 'h-1', BORN), id: 'h-first' });
    await town.send('hts', registration(ulnOf(3), 'h-1', BORN));
    const mine = await conflict();
    const before = await issues('hts');
    expect(before.map(({ kind }) => kind)).toEqual(['link-conflict']);
    for (const outcome of ['same', 'different']) {
      expect((await decide(mine.match, outcome)).err).toBe('');
      expect((await found()).filter(({ kind }) => kind === 'link-conflict').map(({ state }) => state)).toEqual([outcome, 'open']);
      expect(await issues('hts')).toEqual(before);
    }
  });

  it('wait once more where a third one is told after the decision, and once however often that is', async () => {
    const { match } = await conflict();
    await decideMatch(country.town.node, { match, outcome: 'different', reason: REASON });
    await conflict();
    expect(await issues('wulfrun')).toEqual([]);
    for (const id of ['third', 'third-again']) await country.town.send('wulfrun', { ...registration(ulnOf(3), 'w-1', BORN), id });
    expect((await found()).filter(({ kind }) => kind === 'link-conflict').map(({ state }) => state)).toEqual(['open']);
    expect((await issues('wulfrun')).map(({ kind }) => kind)).toEqual(['link-conflict']);
  });

  it('leave it to be decided anew where others are found in conflict later', async () => {
    const { match } = await conflict();
    await decideMatch(country.town.node, { match, outcome: 'different', reason: REASON });
    country.day('2026-10-06');
    await country.town.send(
      'wulfrun',
      registration(ULN, 'w-1', { ...BORN, givenName: 'Ann', familyName: 'Doe', dateOfBirth: '2009-01-01' }),
    );
    expect((await found()).filter(({ kind }) => kind === 'link-conflict').map(({ state }) => state)).toEqual(['different', 'open']);
  });
});

describe('identifiers of one agency that lead to two records', () => {
  const corrected = (id: string) =>
    ({ type: 'learner.corrected', subject: 'local:w-1', id, data: { localId: 'w-2', reason: 'Listed twice.' } }) as const;
  beforeEach(async () => {
    const { town } = country;
    const first = { type: 'learner.registered', subject: 'local:w-1', data: { localId: 'w-1', ...BORN } } as const;
    await town.tell('wulfrun', first, registration(OTHER, 'w-2', { ...BORN, givenName: 'Jon' }));
    await town.send('wulfrun', corrected('at-first'));
  });
  const waiting = async () => (await issues('wulfrun')).filter(({ kind }) => kind === 'link-conflict');
  const conflict = async () => (await found()).find(({ kind }) => kind === 'link-conflict') ?? { match: '', state: '' };

  it('are told to it as what waits, once, and no more where the two are two people', async () => {
    const { match } = await conflict();
    expect((await waiting()).map(({ advice }) => advice)).toEqual([expect.stringContaining('which is right')]);
    expect(await issues('connexions-north')).toEqual([]);
    expect((await decide(match, 'different')).err).toBe('');
    expect([(await conflict()).state, await waiting()]).toEqual(['different', []]);
  });

  it('fit where the two are one person, which it is told until it sent them anew', async () => {
    const { match } = await conflict();
    expect((await decide(match, 'same')).err).toBe('');
    expect((await waiting()).map(({ advice }) => advice)).toEqual([expect.stringContaining('send what was refused again')]);
    expect((await country.town.send('wulfrun', corrected('anew'))).map(({ outcome }) => outcome)).toEqual(['accepted']);
    expect(await waiting()).toEqual([]);
  });
});

describe('a number that is missing', () => {
  it('is asked for no more once the agency told it, by registering the learner again or by a correction', async () => {
    const { town } = country;
    const registered = (localId: string, data: object) =>
      ({ type: 'learner.registered', subject: `local:${localId}`, data: { localId, ...BORN, ...data } }) as const;
    const [one, other] = [
      { givenName: 'Ann', familyName: 'Doe' },
      { givenName: 'Bo', familyName: 'Roe' },
    ];
    await town.tell('bct', registered('bct-1', one), registered('bct-2', other));
    const missing = async () => (await issues('bct')).map(({ kind, localId }) => `${String(kind)} ${String(localId)}`).sort();
    expect(await missing()).toEqual(['uln-missing bct-1', 'uln-missing bct-2']);
    await town.tell('bct', registered('bct-2', { ...other, uln: ulnOf(7) }));
    expect(await missing()).toEqual(['uln-missing bct-1']);
    await town.tell('bct', { type: 'learner.corrected', subject: 'local:bct-1', data: { uln: ulnOf(8), reason: 'Now known.' } });
    expect(await missing()).toEqual([]);
  });

  it('is asked for no more once it stands in another record of the same person, by the agency’s own word, and again when they are two', async () => {
    const { town } = country;
    const registered = (localId: string, data: object) =>
      ({ type: 'learner.registered', subject: `local:${localId}`, data: { localId, ...BORN, ...data } }) as const;
    const [bea, cleo] = [
      { givenName: 'Bea', familyName: 'Doe' },
      { givenName: 'Cleo', familyName: 'Roe' },
    ];
    await town.tell('bct', registered('bct-1', bea), registered('bct-2', { ...bea, uln: ulnOf(8) }));
    await town.tell('bct', registered('bct-3', cleo));
    await town.tell('wulfrun', registered('w-3', { ...cleo, uln: ulnOf(9) }));
    country.day('2026-12-01');
    const missing = async () => {
      const found = await country.list('bct', 'data-quality/issues?rule=uln-missing', 'assure-data-quality');
      return [await issues('bct'), found.rows].map((rows) => rows.map(({ localId }) => localId).sort());
    };
    expect(await missing()).toEqual([
      ['bct-1', 'bct-3'],
      ['bct-1', 'bct-3'],
    ]);
    const ids = await Promise.all(
      (
        [
          ['bct-1', 'bct-2', 'bct'],
          ['bct-3', 'w-3', 'wulfrun'],
        ] as const
      ).map(async ([one, other, agency]) =>
        matchId('possible-match', [await learnerIdOf(town, 'bct', `local:${one}`), await learnerIdOf(town, agency, `local:${other}`)]),
      ),
    );
    for (const match of ids) expect((await decide(match, 'same')).err).toBe('');
    expect(await missing()).toEqual([['bct-3'], ['bct-3']]);
    expect((await unmerge(town.node, { match: ids[0] ?? '', reason: 'Twins.' })).ok).toBe(true);
    expect((await missing())[1]).toEqual(['bct-1', 'bct-3']);
  });
});
