// S6: followed up within two weeks, signed off, reviewed (views.md, S6; E2E p. 13–16, 20).
import { jest } from '@jest/globals';
import { assigned, AISHA, BEN, BlackCountry, NOBODY, registered } from './black-country.ts';
import { about, programme, referral } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const BOTH = 'deliver-programme, support-learner';
const NORTH = 'connexions-north';

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await country.tell('2026-07-01', NORTH, registered(AISHA, 'Aisha'), assigned(AISHA), referral(AISHA, 'bct'));
  await country.tell('2026-07-06', 'bct', programme(AISHA, 'a-1', { startedOn: '2026-07-06' }));
  await country.tell('2026-07-08', NORTH, about(AISHA, 'adviser.informed', { programmeId: 'a-1', on: '2026-07-08' }));
  // Whom others advise is not on anybody's list.
  await country.tell('2026-07-08', 'hts', registered(BEN, 'Ben'), programme(BEN, 'b-1', { startedOn: '2026-07-06' }));
});
afterAll(() => country.close());

const ask = async (path: string, agency = NORTH) => (await country.list(agency, path, BOTH)).rows;

describe('a follow-up', () => {
  it('is due fourteen days after the adviser was informed, overdue from the next day, and late by days once made', async () => {
    country.day('2026-07-23');
    const stateOn = async (on: string) => (await ask(`follow-ups?on=${on}`)).map(({ state, due }) => [state, due]);
    expect([await stateOn('2026-07-22'), await stateOn('2026-07-23'), await stateOn('2026-07-07')]).toEqual([
      [['open', '2026-07-22']],
      [['overdue', '2026-07-22']],
      [],
    ]);
    const followed = { programmeId: 'a-1', on: '2026-07-24', by: 'Sam Hughes', outcome: 'well' };
    await country.tell('2026-07-24', NORTH, about(AISHA, 'follow-up.made', followed));
    expect(await ask('follow-ups?state=discharged')).toMatchObject([
      { givenName: 'Aisha', of: 'bct', state: 'discharged', madeOn: '2026-07-24', lateByDays: 2 },
    ]);
    expect(await ask('follow-ups?from=2026-07-09')).toEqual([]);
  });
});

describe('a sign-off', () => {
  it('is of a version: signed on behalf of the adviser, then agreed anew', async () => {
    const agreed = (version: string) => about(AISHA, 'programme.agreed', { programmeId: 'a-1', version, objectives: ['Level 1'] });
    await country.tell('2026-07-20', 'bct', agreed('1'));
    expect(await ask('sign-offs?state=to-sign')).toMatchObject([{ version: '1', agreedOn: '2026-07-20', due: '2026-08-03' }]);
    const signedBy = { name: 'Priya Shah', role: 'link-adviser' };
    const signed = { programmeId: 'a-1', signedBy, onBehalfOf: 'Sam Hughes', signedOn: '2026-07-21', version: '1' };
    await country.tell('2026-07-21', NORTH, about(AISHA, 'programme.signed-off', signed));
    expect(await ask('sign-offs?state=signed')).toMatchObject([{ signedBy, onBehalfOf: 'Sam Hughes', signedOn: '2026-07-21' }]);
    await country.tell('2026-09-01', 'bct', agreed('2'));
    expect(await ask('sign-offs')).toMatchObject([{ of: 'bct', version: '2', state: 'agreed-anew' }]);
    expect(await ask('sign-offs', 'bct')).toMatchObject([{ programmeId: 'a-1', version: '2' }]);
  });
});

describe('reviews and visits', () => {
  it('say what is due, then who is asked to come and why, and whether all three were there', async () => {
    country.day('2026-09-01');
    expect(await ask('reviews?state=due')).toMatchObject([{ of: 'bct', dueOn: '2026-08-03', reviewId: null }]);
    const scheduled = {
      reviewId: 'v-1',
      programmeId: 'a-1',
      on: '2026-09-30',
      attendanceRequested: ['personal-adviser'],
      reason: 'housing',
    };
    await country.tell('2026-09-01', 'bct', about(AISHA, 'review.scheduled', scheduled));
    expect(await ask('reviews?attendance-requested=true')).toMatchObject([
      { scheduledOn: '2026-09-30', reason: 'housing', state: 'scheduled' },
    ]);
    expect(await ask('reviews?state=due')).toEqual([]);
    expect(await ask('visits?from=2026-09-15&to=2026-09-30')).toMatchObject([
      { on: '2026-09-30', of: 'bct', givenName: 'Aisha', held: false },
    ]);
    country.day('2026-10-08');
    expect((await ask('reviews?on=2026-10-07')).map(({ state }) => state)).toEqual(['scheduled']);
    expect((await ask('reviews?state=missed')).map(({ reviewId }) => reviewId)).toEqual(['v-1']);
    const held = {
      reviewId: 'v-2',
      programmeId: 'a-1',
      heldOn: '2026-10-05',
      attendees: ['learner', 'Key worker', 'personal-adviser'],
      summary: 'Well.',
    };
    await country.tell('2026-10-08', 'bct', about(AISHA, 'review.held', held));
    expect(await ask('reviews?state=held')).toMatchObject([
      { reviewId: 'v-1', heldOn: '2026-10-05', tripartite: true, followUpAfter: { due: '2026-10-19', madeOn: null } },
    ]);
  });

  it('are nothing to a stranger, whatever is filtered', async () => {
    for (const path of ['follow-ups', 'sign-offs', 'reviews?state=held', 'visits?provider=bct'])
      expect(await country.strangers(path, BOTH)).toEqual(NOBODY);
  });

  it('are told to the provider of its own alone', async () => {
    expect((await ask('reviews', 'hts')).map(({ of }) => of)).toEqual(['hts']);
    expect(await ask('visits', 'hts')).toEqual([]);
  });
});

describe('the caseload', () => {
  it('finds those with whom there was no contact since a day', async () => {
    const since = async (day: string) => (await ask(`caseload?not-contacted-since=${day}`)).map(({ givenName }) => givenName);
    expect([await since('2026-07-24'), await since('2026-07-25')]).toEqual([[], ['Aisha']]);
  });
});
