// S8: one application, sent once, reaches every place chosen; and S9: nobody is without the offer of one (views.md).
import { jest } from '@jest/globals';
import { AISHA, BEN, BlackCountry, CHLOE, EWAN, FARAH, registered } from './black-country.ts';
import { about, referral } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const MATCH = 'match-provision';
const GUARANTEE = 'guarantee-place';
const YEAR_11 = { dateOfBirth: '2010-11-02', postcode: 'WV1 1AA' };
const offer = (offerId: string, more: object = {}) => ({ offerId, cohort: '2027', provision: 'Joinery', startsOn: '2027-09-06', ...more });

beforeAll(async () => {
  country = await BlackCountry.open('2027-01-10');
  const pupils = [registered(FARAH, 'Farah', YEAR_11), registered(EWAN, 'Ewan', YEAR_11), registered(CHLOE, 'Chloe', YEAR_11)];
  const others = [
    registered(AISHA, 'Aisha', { ...YEAR_11, dateOfBirth: '2009-11-02' }),
    registered(BEN, 'Ben', { ...YEAR_11, postcode: 'B1 1AA' }),
  ];
  await country.tell('2027-01-10', 'st-chads', ...pupils, ...others);
  const choices = [
    { agency: 'bct', provision: 'Motor vehicle', startsOn: '2027-09-06' },
    { agency: 'wulfrun', provision: 'Catering', startsOn: '2027-09-06' },
  ];
  await country.tell('2027-01-12', 'st-chads', about(FARAH, 'application.submitted', { applicationId: 'f-1', choices }));
});
afterAll(() => country.close());

describe('applications', () => {
  it('show each place chosen itself alone, and the broker of the area all of it', async () => {
    country.day('2027-01-20');
    for (const [agency, provision] of [
      ['bct', 'Motor vehicle'],
      ['wulfrun', 'Catering'],
    ] as const) {
      const { rows, text } = await country.list(agency, 'applications', MATCH);
      expect(rows).toMatchObject([{ givenName: 'Farah', by: 'st-chads', choices: [{ rank: null, agency, provision, answer: 'none' }] }]);
      expect(text).not.toContain(agency === 'bct' ? 'Catering' : 'Motor');
      expect((await country.list(agency, `applications?agency=${agency === 'bct' ? 'wulfrun' : 'bct'}`, MATCH)).rows).toEqual([]);
    }
    const broker = await country.list('council', 'applications?cohort=2027&state=unanswered', MATCH);
    expect(
      broker.rows.map(({ choices }) => (choices as readonly { rank: number; agency: string }[]).map(({ rank, agency }) => [rank, agency])),
    ).toEqual([
      [
        [1, 'bct'],
        [2, 'wulfrun'],
      ],
    ]);
  });

  it('are sent again under their id by who took the former back, in one message, and nothing of the former is left', async () => {
    const sent = (provision: string, agency: string) =>
      about(AISHA, 'application.submitted', { applicationId: 'a-1', choices: [{ agency, provision, startsOn: '2027-09-06' }] });
    const first = { ...sent('Hair', 'hts'), id: 'sent-a-1' };
    await country.tell('2027-01-20', 'st-chads', first);
    expect((await country.list('hts', 'applications', MATCH)).rows).toMatchObject([{ applicationId: 'a-1' }]);
    const [again] = await country.town.send('st-chads', sent('Beauty', 'forge'));
    expect(again).toMatchObject({ outcome: 'rejected', problem: { code: 'reference-taken' } });
    const takenBack = (of: string) => about(AISHA, 'record.retracted', { of, reason: 'other' });
    // Nobody takes back, or replaces, what another sent.
    const others = await country.town.send('bct', takenBack('sent-a-1'));
    expect(others).toMatchObject([{ outcome: 'rejected' }]);
    await country.tell('2027-01-20', 'st-chads', takenBack('sent-a-1'), { ...sent('Beauty', 'forge'), id: 'sent-a-2' });
    const ofAisha = async (agency: string) =>
      (await country.list(agency, 'applications', MATCH)).rows.filter(({ applicationId }) => applicationId === 'a-1');
    expect(await ofAisha('hts')).toEqual([]);
    for (const agency of ['forge', 'council', 'st-chads'])
      expect([agency, await ofAisha(agency)]).toMatchObject([agency, [{ choices: [{ provision: 'Beauty' }], state: 'unanswered' }]]);
    await country.tell('2027-01-20', 'st-chads', takenBack('sent-a-2'));
    expect(await ofAisha('forge')).toEqual([]);
  });

  it('are overdue after four weeks without an answer, and placed by the broker', async () => {
    country.day('2027-02-10');
    const overdueOn = async (on: string) =>
      (await country.list('st-chads', `applications?on=${on}`, MATCH)).rows.map(({ overdue }) => overdue);
    expect([await overdueOn('2027-02-09'), await overdueOn('2027-02-10')]).toEqual([[false], [true]]);
    const choice = { agency: 'wulfrun', provision: 'Catering', startsOn: '2027-09-06' };
    await country.tell('2027-02-11', 'council', about(FARAH, 'application.placed', { applicationId: 'f-1', choices: [choice] }));
    expect((await country.list('council', 'applications?state=placed', MATCH)).rows).toMatchObject([{ placed: choice }]);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('applications', MATCH, ['hts', 'forge'])).toEqual(
      Array(2).fill({ status: 200, rows: [], next: undefined }),
    );
  });
});

describe('the Guarantee', () => {
  const states = async (agency: string, search = 'cohort=2027') =>
    (await country.list(agency, `guarantee?${search}`, GUARANTEE)).rows.map(
      ({ givenName, state }) => `${String(givenName)}: ${String(state)}`,
    );

  it('lists everybody of the area and the year, those first of whom nothing is known', async () => {
    await country.tell('2027-06-07', 'st-chads', ...[CHLOE, EWAN].map((uln) => referral(uln, 'bct', { route: 'school' })));
    await country.tell('2027-06-07', 'bct', registered(CHLOE, 'Chloe', YEAR_11), about(CHLOE, 'offer.made', offer('o-1')));
    const { rows } = await country.list('connexions-north', 'guarantee', GUARANTEE);
    expect(rows.map(({ givenName, state, attention }) => [givenName, state, attention])).toEqual([
      ['Ewan', 'no-application', true],
      ['Farah', 'applied', false],
      ['Chloe', 'offer-held', false],
    ]);
    expect(await states('council', 'state=placed')).toEqual(['Farah: placed']);
    expect(await states('council', 'cohort=2027&year-group=12')).toEqual(['Aisha: no-application']);
    expect(await states('connexions-south')).toEqual(['Ben: no-application']);
  });

  it('says whose offer was not suitable', async () => {
    await country.tell('2027-06-08', 'bct', registered(EWAN, 'Ewan', YEAR_11), about(EWAN, 'offer.made', offer('o-2')));
    await country.tell('2027-06-09', 'bct', about(EWAN, 'offer.declined', offer('o-2', { reason: 'not-suitable' })));
    const { rows } = await country.list('connexions-north', 'guarantee?state=offer-not-suitable', GUARANTEE);
    expect(rows).toMatchObject([{ givenName: 'Ewan', notSuitable: true, daysWithout: 0, offers: [{ agency: 'bct', answer: 'declined' }] }]);
  });

  it('moves with whoever moves', async () => {
    await country.tell('2027-07-01', 'st-chads', about(CHLOE, 'learner.corrected', { postcode: 'B2 4ST', reason: 'moved' }));
    expect([await states('connexions-north'), await states('connexions-south')]).toEqual([
      ['Ewan: offer-not-suitable', 'Farah: applied'],
      ['Ben: no-application', 'Chloe: offer-held'],
    ]);
  });

  it('tells the funder of offers without names, a school of its own alone, and nobody of who has none', async () => {
    expect((await states('lsc')).toSorted()).toEqual(['null: applied', 'null: offer-held', 'null: offer-not-suitable']);
    expect(await states('bct')).toEqual(['Ewan: offer-not-suitable', 'Chloe: offer-held']);
    expect((await country.list('st-chads', 'guarantee', GUARANTEE)).rows.map(({ offers }) => offers)).toEqual([[]]);
    expect((await country.list('lsc', 'guarantee', GUARANTEE)).text).not.toContain('2010-11-02');
  });
});
