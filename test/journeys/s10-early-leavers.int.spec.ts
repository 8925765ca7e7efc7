// S10: who left early, in which week, and what came of them (views.md, S10).
import { jest } from '@jest/globals';
import { AISHA, assigned, BEN, BlackCountry, NOBODY, registered } from './black-country.ts';
import { about, programme, referral } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const TRACK = 'track-participation';
const NORTH = 'connexions-north';
const left = (uln: string, programmeId: string, leftOn: string, reason: 'job-offer' | 'custody') =>
  about(uln, 'programme.left-early', { programmeId, leftOn, reason, note: 'Said goodbye.' });

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await country.tell('2026-07-01', NORTH, registered(AISHA, 'Aisha'), assigned(AISHA), referral(AISHA, 'bct'));
  await country.tell('2026-07-06', 'bct', registered(AISHA, 'Aisha'), programme(AISHA, 'a-1', { startedOn: '2026-07-06' }));
  await country.tell('2026-07-06', NORTH, registered(BEN, 'Ben'), assigned(BEN), referral(BEN, 'hts'));
  await country.tell('2026-09-07', 'hts', programme(BEN, 'b-1', { startedOn: '2026-09-07' }));
  await country.tell('2026-09-27', 'bct', left(AISHA, 'a-1', '2026-09-27', 'job-offer'));
});
afterAll(() => country.close());

describe('early leavers', () => {
  it('are told at once to the adviser and the authority with who it is, to the funder without', async () => {
    const adviser = await country.list(NORTH, 'early-leavers', `${TRACK}, support-learner`);
    expect(adviser.rows).toMatchObject([
      {
        givenName: 'Aisha',
        of: 'bct',
        week: 12,
        first12: true,
        reason: 'job-offer',
        adviser: 'Sam Hughes',
        followUp: { due: '2026-10-11' },
      },
    ]);
    const council = await country.list('council', 'early-leavers', TRACK);
    expect(council.rows).toMatchObject([{ givenName: 'Aisha', week: null, note: 'Said goodbye.', followUp: null }]);
    const [paid] = (await country.list('lsc', 'early-leavers', 'account-for-funding')).rows;
    expect(paid).toMatchObject({ givenName: null, reason: null, reasonGroup: 'employment', note: null, week: 12, followUp: null });
  });

  it('are followed up, then re-engaged, for those who may see it', async () => {
    await country.tell(
      '2026-10-05',
      NORTH,
      about(AISHA, 'follow-up.made', { programmeId: 'a-1', on: '2026-10-05', by: 'Sam', outcome: 'Looks' }),
    );
    const states = async () =>
      (await country.list(NORTH, 'early-leavers?first12=true', `${TRACK}, deliver-programme`)).rows.map(({ state }) => state);
    expect(await states()).toEqual(['followed-up']);
    await country.tell('2026-11-02', NORTH, referral(AISHA, 'wulfrun'));
    await country.tell('2026-11-02', 'wulfrun', programme(AISHA, 'w-1', { startedOn: '2026-11-02', kind: 'fe-course' }));
    const purposes = `${TRACK}, support-learner`;
    expect((await country.list(NORTH, 'early-leavers?state=re-engaged', purposes)).rows).toMatchObject([
      { reEngaged: { on: '2026-11-02', of: 'wulfrun' }, daysOut: 36 },
    ]);
    expect((await country.list('bct', 'early-leavers', TRACK)).rows).toMatchObject([{ reEngaged: null, daysOut: 36 }]);
  });

  it('told late have their term from then on, and reasons that tell more than a group stay with whom the law names', async () => {
    await country.tell('2026-11-03', 'hts', left(BEN, 'b-1', '2026-10-10', 'custody'));
    const [ben] = (await country.list(NORTH, 'early-leavers?provider=hts', TRACK)).rows;
    expect(ben).toMatchObject({ late: true, followUp: { due: '2026-11-17' }, reason: 'custody' });
    const asked = async (reason: string) => (await country.list('lsc', `early-leavers?reason=${reason}`, 'account-for-funding')).rows;
    expect([(await asked('custody')).length, (await asked('circumstances')).map(({ reason }) => reason)]).toEqual([0, [null]]);
    expect((await country.list('bct', 'early-leavers', TRACK)).rows).toHaveLength(1);
  });

  it('are exported whole, page by page', async () => {
    const { text } = await country.list('lsc', 'early-leavers?limit=1', 'account-for-funding', { accept: 'text/csv' });
    const [head, ...rows] = text.trimEnd().split('\r\n');
    expect([head?.split(',').slice(0, 4), rows.length]).toEqual([['learner', 'localId', 'givenName', 'familyName'], 2]);
  });

  it('are told to adviser, authority, funder and source alike for the purposes that the list itself names', async () => {
    const { lists } = (await (await fetch(`${country.town.server.url}/v1/lists`)).json()) as {
      readonly lists: readonly { readonly name: string; readonly purposes: readonly string[] }[];
    };
    const purposes = lists.find(({ name }) => name === 'early-leavers')?.purposes.join(', ') ?? '';
    for (const [agency, leavers] of [
      [NORTH, 2],
      ['council', 2],
      ['lsc', 2],
      ['bct', 1],
    ] as const)
      expect((await country.list(agency, 'early-leavers', purposes)).rows).toHaveLength(leavers);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('early-leavers', TRACK, ['connexions-south'])).toEqual(NOBODY.slice(0, 1));
    // Whom no clause could serve is told which could, and nothing of anybody.
    for (const agency of ['forge', 'wulfrun'])
      expect(await country.list(agency, 'early-leavers', TRACK)).toMatchObject({ status: 403, rows: [] });
  });
});
