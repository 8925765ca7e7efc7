// S5: who referred whom where and what came of it, and who has to be given an adviser (views.md, S5 and D2; E2E p. 13–15).
import { jest } from '@jest/globals';
import { assigned, AISHA, BlackCountry, CHLOE, DEV, NOBODY, registered } from './black-country.ts';
import { about, linkAdviser, linkConfirmed, programme, referral } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const PURPOSES = 'deliver-programme';

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await country.tell('2026-07-01', 'connexions-north', linkAdviser('hts'));
  await country.tell('2026-07-01', 'hts', linkConfirmed('connexions-north'));
  await country.tell(
    '2026-07-01',
    'connexions-north',
    registered(CHLOE, 'Chloe'),
    assigned(CHLOE),
    registered(AISHA, 'Aisha'),
    assigned(AISHA),
  );
  // Chloe is asked for in three places, Aisha in one.
  for (const to of ['bct', 'hts', 'forge'])
    await country.tell('2026-07-01', 'connexions-north', referral(CHLOE, to, { referralId: `c-${to}` }));
  await country.tell('2026-07-02', 'connexions-north', referral(AISHA, 'bct', { referralId: 'a-bct' }));
  // Dev walks into HTS.
  const self = about(DEV, 'referral.made', { referralId: 'self', to: 'hts', route: 'self' });
  await country.tell('2026-09-02', 'hts', registered(DEV, 'Dev'), self);
  await country.tell('2026-09-07', 'hts', programme(DEV, 'dev-1', { startedOn: '2026-09-07' }));
});
afterAll(() => country.close());

describe('referrals', () => {
  it('are told to whoever made them with their answers, and to each provider its own alone', async () => {
    country.day('2026-07-10');
    const made = await country.list('connexions-north', 'referrals?direction=made', PURPOSES);
    expect(made.rows.map(({ referralId, to, state, due }) => [referralId, to, state, due])).toEqual([
      ['c-bct', 'bct', 'waiting', '2026-07-15'],
      ['c-hts', 'hts', 'waiting', '2026-07-15'],
      ['c-forge', 'forge', 'waiting', '2026-07-15'],
      ['a-bct', 'bct', 'waiting', '2026-07-16'],
    ]);
    const received = await country.list('bct', 'referrals', PURPOSES);
    expect(received.rows.map(({ referralId, direction }) => [referralId, direction])).toEqual([
      ['c-bct', 'received'],
      ['a-bct', 'received'],
    ]);
  });

  it('do not tell a provider by pages, cursors or their length that others were asked as well', async () => {
    const pages: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page = await country.list('bct', `referrals?limit=1${next === '' ? '' : `&cursor=${next}`}`, PURPOSES);
      pages.push(page.rows.map(({ referralId }) => referralId));
      next = page.next;
    }
    expect(pages).toEqual([['c-bct'], ['a-bct']]);
    for (const filter of ['to=hts', 'to=nobody', 'state=declined']) {
      expect(await country.list('bct', `referrals?${filter}`, PURPOSES)).toMatchObject({ rows: [] });
    }
  });

  it('that a provider declined leave it its own word, without a name, and tell the referrer why', async () => {
    const reason = 'no joinery places until March';
    await country.tell('2026-07-20', 'forge', about(CHLOE, 'referral.declined', { referralId: 'c-forge', reason }));
    const { rows } = await country.list('connexions-north', 'referrals?to=forge', PURPOSES);
    expect(rows).toMatchObject([{ state: 'declined', answeredOn: '2026-07-20', answerReason: reason, daysWaiting: 19 }]);
    const kept = await country.list('forge', 'referrals', PURPOSES);
    expect(kept.rows).toMatchObject([
      { learner: null, referralId: 'c-forge', of: null, madeOn: null, state: 'declined', answerReason: reason },
    ]);
    country.day('2027-01-17');
    expect((await country.list('forge', 'referrals', PURPOSES)).rows).toEqual([]);
  });

  it('count as waiting until their last day, then as overdue', async () => {
    country.day('2026-07-31');
    const overdueOn = async (on: string) =>
      (await country.list('connexions-north', `referrals?to=hts&direction=made&on=${on}`, PURPOSES)).rows.map(({ overdue }) => overdue);
    expect([await overdueOn('2026-07-15'), await overdueOn('2026-07-16')]).toEqual([[false], [true]]);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('referrals', PURPOSES, ['connexions-south', 'wulfrun', 'st-chads'])).toEqual(NOBODY);
  });
});

describe('allocations', () => {
  const ask = (search = '') => country.list('connexions-north', `allocations?${search}`, PURPOSES);

  it('list who walked in to the service whose link adviser the provider has, and give it five days', async () => {
    country.day('2026-09-07');
    const { rows } = await ask('state=to-allocate&reason=self-referral');
    expect(rows).toMatchObject([
      {
        givenName: 'Dev',
        provider: 'hts',
        route: 'self',
        state: 'to-allocate',
        since: '2026-09-02',
        due: '2026-09-07',
        responsible: { agency: 'connexions-north', byFallback: true },
      },
    ]);
  });

  it('drop whoever was given an adviser', async () => {
    const office = { name: 'Priya Shah', role: 'personal-adviser', office: 'Bilston' } as const;
    await country.tell('2026-09-08', 'connexions-north', registered(DEV, 'Dev'), about(DEV, 'learner.adviser-assigned', office));
    expect((await ask('state=to-allocate')).rows).toEqual([]);
    expect((await ask('state=allocated&office=Bilston')).rows).toMatchObject([
      { provider: 'hts', responsible: { agency: 'connexions-north', name: 'Priya Shah', byFallback: false }, due: null, why: null },
    ]);
  });

  it('take up again whom an adviser left', async () => {
    await country.tell(
      '2026-09-20',
      'connexions-north',
      about(DEV, 'learner.adviser-ended', { role: 'personal-adviser', on: '2026-09-20' }),
    );
    expect((await ask('state=to-allocate')).rows).toMatchObject([{ why: 'adviser-left', since: '2026-09-20', due: '2026-09-25' }]);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('allocations', PURPOSES)).toEqual(NOBODY);
  });
});
