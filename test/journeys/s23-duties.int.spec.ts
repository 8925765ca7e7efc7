// Who has to do what by when: told to the bearer and to whoever may see what it follows from, and to nobody else (views.md, part 4).
import { jest } from '@jest/globals';
import { addDays } from '#kernel';
import { assigned, AISHA, BEN, BlackCountry, NOBODY, registered } from './black-country.ts';
import { about, programme, referral } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const NORTH = 'connexions-north';
const BOTH = 'deliver-programme, support-learner';

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await country.tell('2026-07-01', NORTH, registered(AISHA, 'Aisha'), assigned(AISHA), referral(AISHA, 'bct'));
  await country.tell('2026-07-06', 'bct', programme(AISHA, 'a-1', { startedOn: '2026-07-06' }));
  await country.tell('2026-07-08', NORTH, about(AISHA, 'adviser.informed', { programmeId: 'a-1', on: '2026-07-08' }));
  // Of whom nobody else knows: what a provider tells of its own learner is nobody else's duty.
  await country.tell('2026-07-08', 'hts', registered(BEN, 'Ben'), programme(BEN, 'b-1', { startedOn: '2026-07-06' }));
});
afterAll(() => country.close());

const ask = async (path = '', agency = NORTH) => (await country.list(agency, `duties${path}`, BOTH)).rows;
const stateOf = async (duty: string, path: string, agency = NORTH) =>
  (await ask(`?duty=${duty}&${path}`, agency)).map(({ state, due, bearer }) => [state, due, bearer]);

describe('a follow-up', () => {
  it('is the adviser’s agency’s, due after fourteen days, overdue from midnight in London', async () => {
    country.day('2026-07-22');
    expect(await ask('?duty=follow-up')).toMatchObject([
      {
        givenName: 'Aisha',
        protocol: 'e2e-passport@1',
        says: expect.stringContaining('within two weeks'),
        bearer: 'me',
        of: 'bct',
        programmeId: 'a-1',
        since: '2026-07-08',
        due: '2026-07-22',
        state: 'open',
      },
    ]);
    for (const [at, state] of [
      ['2026-07-22T22:30:00Z', 'open'],
      ['2026-07-22T23:30:00Z', 'overdue'],
    ] as const) {
      country.clock.set(Date.parse(at));
      expect(await stateOf('follow-up', 'bearer=me')).toEqual([[state, '2026-07-22', 'me']]);
    }
  });

  it('is told to the provider as another’s, as far as it may see that an adviser was informed', async () => {
    country.day('2026-07-23');
    expect((await ask('?duty=follow-up', 'bct')).every(({ bearer }) => bearer === 'others')).toBe(true);
  });

  it('is done late, by so many days', async () => {
    const made = { programmeId: 'a-1', on: '2026-07-24', by: 'Sam Hughes', outcome: 'well' };
    await country.tell('2026-07-24', NORTH, about(AISHA, 'follow-up.made', made));
    expect(await ask('?duty=follow-up')).toMatchObject([
      { state: 'discharged', dischargedOn: '2026-07-24', lateByDays: 2, knownLate: false },
    ]);
    expect(await ask('?duty=follow-up&state=overdue')).toEqual([]);
  });
});

describe('what is due of a programme', () => {
  it('is each its bearer’s: the provider’s first review, the adviser’s sign-off', async () => {
    country.day('2026-08-04');
    expect(await stateOf('first-review', 'about=a-1', 'bct')).toEqual([['overdue', '2026-08-03', 'me']]);
    expect(await stateOf('sign-off', 'about=a-1')).toEqual([['overdue', '2026-08-03', 'me']]);
    expect(await stateOf('sign-off', 'due-before=2026-08-03')).toEqual([]);
  });

  it('is void once it ended, and following the leaver up is due in its place', async () => {
    const left = { programmeId: 'a-1', leftOn: '2026-08-10', reason: 'job-offer' as const };
    await country.tell('2026-08-12', 'bct', about(AISHA, 'programme.left-early', left));
    expect(await stateOf('sign-off', 'state=void')).toEqual([['void', '2026-08-03', 'me']]);
    expect((await country.list(NORTH, 'duties?duty=follow-up-leaver', 'track-participation, deliver-programme')).rows).toMatchObject([
      { since: '2026-08-12', due: '2026-08-26', state: 'open', bearer: 'me' },
    ]);
  });
});

describe('where nobody is responsible', () => {
  it('the link adviser of the provider stands in, once the provider says so too', async () => {
    const signOff = async () => (await ask('?duty=sign-off&about=b-1')).map(({ bearer, byFallback }) => [bearer, byFallback]);
    await country.tell('2026-08-13', NORTH, { type: 'link-adviser.assigned', data: { provider: 'hts', name: 'Lena Ames' } });
    expect(await signOff()).toEqual([]);
    await country.tell('2026-08-13', 'hts', { type: 'link-adviser.confirmed', data: { by: NORTH } });
    expect(await signOff()).toEqual([['me', true]]);
    expect((await ask('?duty=sign-off&about=b-1', 'connexions-south')).length).toBe(0);
  });
});

describe('a deadline ends with the day in London', () => {
  beforeAll(async () => {
    await country.tell('2026-10-05', 'bct', programme(AISHA, 'a-2', { startedOn: '2026-10-05' }));
  });

  it.each<[string, string, readonly (readonly [at: string, state: string])[]]>([
    [
      'the night in which clocks go back',
      '2026-10-25',
      [
        ['2026-10-25T00:30:00Z', 'open'],
        ['2026-10-25T23:30:00Z', 'open'],
        ['2026-10-26T00:30:00Z', 'overdue'],
      ],
    ],
    [
      'the end of a year',
      '2026-12-31',
      [
        ['2026-12-31T23:30:00Z', 'open'],
        ['2027-01-01T00:30:00Z', 'overdue'],
      ],
    ],
    [
      'the night in which clocks go forward',
      '2027-03-28',
      [
        ['2027-03-28T00:30:00Z', 'open'],
        ['2027-03-28T23:30:00Z', 'overdue'],
      ],
    ],
  ])('in %s', async (_, due, moments) => {
    const on = addDays(due, -14);
    await country.tell(on, NORTH, about(AISHA, 'adviser.informed', { programmeId: 'a-2', on }));
    for (const [at, state] of moments) {
      country.clock.set(Date.parse(at));
      const rows = await ask('?duty=follow-up&about=a-2');
      expect([at, rows.find((row) => row['due'] === due)?.['state']]).toEqual([at, state]);
    }
  });
});

it('is told to nobody who has nothing to do with the learner', async () => {
  expect(await country.strangers('duties', BOTH)).toEqual(NOBODY);
  expect((await ask('', 'bct')).some(({ givenName }) => givenName === 'Ben')).toBe(false);
});
