// S13: what the young people of an area do; S11: who started and finished in a month, and who took a job without training (views.md).
import { jest } from '@jest/globals';
import { AISHA, BEN, BlackCountry, CHLOE, DEV, NOBODY, registered } from './black-country.ts';
import { about, programme, referral } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const TRACK = 'track-participation';
const NORTH = 'connexions-north';
const does = (uln: string, activity: string, from: string) => about(uln, 'destination.recorded', { activity, from, verifiedOn: from });

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await country.tell('2026-07-01', NORTH, registered(AISHA, 'Aisha'), registered(CHLOE, 'Chloe'), registered(DEV, 'Dev'));
  await country.tell('2026-07-01', NORTH, referral(DEV, 'bct'), referral(CHLOE, 'hts'));
  await country.tell('2026-07-01', 'bct', registered(BEN, 'Ben', { postcode: 'B1 1AA' }), registered(DEV, 'Dev'));
  await country.tell('2026-07-01', NORTH, does(AISHA, '619', '2026-07-01'), does(CHLOE, '640', '2026-07-02'));
});
afterAll(() => country.close());

describe('activities', () => {
  const ask = async (agency: string, search = '') =>
    (await country.list(agency, `activities?${search}`, TRACK)).rows.map(({ givenName, activity, currency, lapsesOn }) => [
      givenName,
      activity,
      currency,
      lapsesOn,
    ]);

  it('are told to the authority and the service of the area, with until when they count', async () => {
    country.day('2026-10-01');
    expect(await ask('council', 'on=2026-08-31')).toEqual([
      ['Aisha', '619', 'current', '2026-10-01'],
      ['Chloe', '640', 'current', '2026-10-02'],
    ]);
    expect((await ask('council', 'on=2026-09-01')).map(([, , currency]) => currency)).toEqual(['due', 'current']);
    expect(await ask(NORTH, 'stale=true')).toEqual([['Aisha', '619', 'lapsed', '2026-10-01']]);
    expect(await ask(NORTH, 'not-contacted-since=2026-07-02')).toEqual([['Aisha', '619', 'lapsed', '2026-10-01']]);
  });

  it('are one a learner: the one that stands', async () => {
    await country.tell('2026-10-02', NORTH, does(AISHA, '310', '2026-10-01'));
    expect(await ask('council', 'group=apprenticeship')).toEqual([['Aisha', '310', 'current', '2027-10-01']]);
    expect((await ask('council')).length).toBe(2);
  });

  it('end with the start that was agreed', async () => {
    const agreed = { activity: '615', from: '2026-10-01', verifiedOn: '2026-10-01', until: '2027-02-01' };
    await country.tell('2026-10-02', NORTH, about(CHLOE, 'destination.recorded', agreed));
    expect(await ask('council', 'group=neet-available')).toEqual([['Chloe', '615', 'current', '2027-02-01']]);
    expect(await ask('council', 'on=2027-02-01&group=neet-available')).toEqual([['Chloe', '615', 'lapsed', '2027-02-01']]);
  });

  it('are nothing to a stranger, by page or by filter', async () => {
    for (const path of ['activities', 'activities?group=not-available', 'activities?stale=true'])
      expect(await country.strangers(path, TRACK, ['connexions-south'])).toEqual(NOBODY.slice(0, 1));
    expect((await country.list('wulfrun', 'activities', TRACK)).rows).toEqual([]);
  });
});

describe('starts and finishes', () => {
  const ask = async (agency: string, search: string, purpose = 'account-for-funding') =>
    (await country.list(agency, `starts-and-finishes?${search}`, purpose)).rows.map(({ givenName, event, programmeId, change, forMonth }) =>
      [event, programmeId, change, forMonth, givenName].join(' '),
    );

  it('are of a month, for the funder without names, for the service of the area with them', async () => {
    await country.tell(
      '2026-10-03',
      'bct',
      programme(DEV, 'd-1', { startedOn: '2026-09-10' }),
      programme(BEN, 'b-1', { startedOn: '2026-09-14' }),
    );
    await country.tell(
      '2026-10-03',
      'bct',
      about(BEN, 'programme.left-early', { programmeId: 'b-1', leftOn: '2026-09-30', reason: 'health' }),
    );
    expect(await ask('lsc', 'month=2026-09')).toEqual(['start d-1 new 2026-09 ', 'start b-1 new 2026-09 ', 'left-early b-1 new 2026-09 ']);
    expect(await ask(NORTH, 'month=2026-09', TRACK)).toEqual(['start d-1 new 2026-09 Dev']);
    const [left] = (await country.list('lsc', 'starts-and-finishes?month=2026-09&change=new', 'account-for-funding')).rows.filter(
      ({ event }) => event === 'left-early',
    );
    expect(left).toMatchObject({ reason: null, reasonGroup: 'circumstances', week: 3, givenName: null });
  });

  it('that became known after the list closed stand in the next, marked late', async () => {
    await country.tell('2026-10-09', 'hts', registered(CHLOE, 'Chloe'), programme(CHLOE, 'c-1', { startedOn: '2026-09-29' }));
    expect(await ask('lsc', 'month=2026-09')).toHaveLength(3);
    expect(await ask('lsc', 'month=2026-10')).toEqual(['start c-1 late 2026-09 ']);
    expect(await ask('lsc', '')).toEqual(['start c-1 late 2026-09 ']);
    expect(await ask('hts', 'month=2026-10')).toEqual(['start c-1 late 2026-09 Chloe']);
    expect(await ask('bct', 'month=2026-10')).toEqual([]);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('starts-and-finishes?month=2026-09', TRACK, ['connexions-south'])).toMatchObject([
      { rows: [{ programmeId: 'b-1' }] },
    ]);
    expect((await country.list('forge', 'starts-and-finishes?month=2026-09', TRACK)).rows).toEqual([]);
  });
});

describe('jobs without training', () => {
  it('are told to the funder by group and day alone', async () => {
    await country.tell(
      '2026-10-12',
      NORTH,
      does(DEV, '330', '2026-10-10'),
      does(CHLOE, '330', '2026-10-11'),
      does(CHLOE, '320', '2026-10-12'),
    );
    const { rows, text } = await country.list('lsc', 'jobs-without-training?month=2026-10', 'plan-provision');
    expect(rows).toMatchObject([
      { from: '2026-10-10', activityGroup: 'employment', month: '2026-10' },
      { from: '2026-10-11', activityGroup: 'employment' },
    ]);
    expect(text).not.toMatch(/Dev|Chloe|WV1|"330"/);
    expect((await country.list('lsc', 'jobs-without-training?month=2026-09', 'plan-provision')).rows).toEqual([]);
    expect((await country.list('bct', 'jobs-without-training?month=2026-10', 'plan-provision')).rows).toEqual([]);
  });
});

it('a job that is for a time alone counts so long, which the funder of jobs is not told', async () => {
  const job = { activity: '350', from: '2026-10-20', verifiedOn: '2026-10-20', until: '2026-12-24' };
  await country.tell('2026-10-20', NORTH, about(DEV, 'destination.recorded', job));
  const { rows } = await country.list('council', 'activities?group=employment', TRACK);
  expect(rows.find(({ from }) => from === '2026-10-20')).toMatchObject({ activity: '350', lapsesOn: '2026-12-24' });
  const funders = await country.list('lsc', 'jobs-without-training?month=2026-10', 'plan-provision');
  expect([funders.text.includes('2026-10-20'), funders.text.includes('2026-12-24')]).toEqual([true, false]);
  const [early] = await country.town.send(NORTH, about(DEV, 'destination.recorded', { ...job, until: '2026-10-19' }));
  expect(early).toMatchObject({ outcome: 'rejected', problem: { code: 'schema' } });
});
