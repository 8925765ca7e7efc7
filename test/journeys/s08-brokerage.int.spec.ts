// S8: the broker of an area is shown where each applicant could be placed, and where nobody has a place (views.md). Nothing is written.
import { jest } from '@jest/globals';
import { AISHA, BEN, BlackCountry, CHLOE, DEV, EWAN, FARAH, registered } from './black-country.ts';
import { about, referral } from './told.ts';

jest.setTimeout(120_000);

const MATCH = 'match-provision, guarantee-place';
let country: BlackCountry;

const startsOn = '2027-09-06';
const MOTOR = { agency: 'bct', provision: 'Motor vehicle', startsOn };
const CATERING = { agency: 'wulfrun', provision: 'Catering', startsOn };
const NOWHERE = { agency: 'forge', provision: 'Saddlery', startsOn };
const applies = (uln: string, applicationId: string, ...choices: readonly object[]) =>
  about(uln, 'application.submitted', { applicationId, choices: choices as (typeof MOTOR)[] });
const lists = (provisionId: string, title: string, places: number) => ({
  type: 'provision.listed' as const,
  data: { provisionId, title, kind: 'fe-course', level: 'level-1', places, startsOn, area: 'WV' },
});

const proposals = async (agency = 'council', search = '') => (await country.list(agency, `brokerage/proposals${search}`, MATCH)).rows;
const told = async () => (await proposals()).map(({ givenName, agency, placesLeft, why }) => [givenName, agency, placesLeft, why]);

beforeAll(async () => {
  country = await BlackCountry.open('2027-01-10');
  const person = { dateOfBirth: '2010-11-02', postcode: 'WV1 1AA' };
  const pupils = [CHLOE, FARAH, AISHA, DEV].map((uln, place) => registered(uln, ['Chloe', 'Farah', 'Aisha', 'Dev'][place] ?? '', person));
  await country.tell('2027-01-10', 'st-chads', ...pupils, registered(BEN, 'Ben', { ...person, postcode: 'B1 1AA' }));
  await country.tell('2027-01-11', 'bct', lists('m-1', 'Motor vehicle', 1));
  await country.tell('2027-01-11', 'wulfrun', lists('c-1', 'Catering', 1));
  await country.tell('2027-01-12', 'st-chads', applies(CHLOE, 'c-1', MOTOR), referral(CHLOE, 'bct', { route: 'school' }));
  await country.tell('2027-01-13', 'st-chads', applies(FARAH, 'f-1', MOTOR, CATERING));
  await country.tell('2027-01-14', 'st-chads', applies(AISHA, 'a-1', CATERING), applies(BEN, 'b-1', CATERING));
  await country.tell('2027-01-15', 'st-chads', applies(DEV, 'd-1', NOWHERE));
  const offer = { offerId: 'o-1', cohort: '2027', provision: 'Motor vehicle', startsOn };
  await country.tell('2027-01-20', 'bct', registered(CHLOE, 'Chloe', person), about(CHLOE, 'offer.made', offer));
  await country.tell('2027-01-22', 'bct', about(CHLOE, 'offer.accepted', offer));
});
afterAll(() => country.close());

it('each is proposed the first choice that has a place left, in the order in which they applied', async () => {
  expect(await told()).toEqual([
    ['Farah', 'wulfrun', 1, 'place-left'],
    ['Aisha', null, 0, 'none-left'],
    ['Dev', null, null, 'not-listed'],
  ]);
  expect((await proposals())[0]).toMatchObject({ applicationId: 'f-1', rank: 2, provision: 'Catering', gap: null, overbooked: false });
});

it('where no choice has a place, it says what gap is to be raised', async () => {
  const [, aisha, dev] = await proposals();
  expect([aisha?.['gap'], dev?.['gap']]).toEqual([
    { occupation: 'Catering', area: 'WV' },
    { occupation: 'Saddlery', area: null },
  ]);
});

it('places that are withdrawn are none, and overbooked', async () => {
  await country.tell('2027-02-01', 'bct', lists('m-1', 'Motor vehicle', 0));
  expect((await proposals())[0]).toMatchObject({ agency: 'wulfrun', overbooked: true });
});

it('whoever declined all that was chosen is told apart', async () => {
  const offer = { offerId: 'o-2', cohort: '2027', provision: 'Catering', startsOn };
  await country.tell('2027-02-01', 'st-chads', referral(AISHA, 'wulfrun', { route: 'school' }));
  await country.tell('2027-02-01', 'wulfrun', about(AISHA, 'offer.made', offer), about(AISHA, 'offer.declined', offer));
  expect((await told())[1]).toEqual(['Aisha', null, null, 'all-declined']);
  await country.tell('2027-02-02', 'wulfrun', about(AISHA, 'offer.made', { ...offer, offerId: 'o-3' }));
});

it('who was placed is not proposed again, and has taken a place', async () => {
  await country.tell('2027-02-02', 'council', about(FARAH, 'application.placed', { applicationId: 'f-1', choices: [CATERING] }));
  await country.tell('2027-02-03', 'wulfrun', lists('c-1', 'Catering', 2));
  expect(await told()).toEqual([
    ['Aisha', 'wulfrun', 1, 'place-left'],
    ['Dev', null, null, 'not-listed'],
  ]);
});

it('is the broker’s alone: neither those chosen, nor a sender, nor the broker of another area has any', async () => {
  for (const agency of ['bct', 'wulfrun', 'st-chads', 'connexions-south', 'hts'])
    expect([agency, (await country.list(agency, 'brokerage/proposals', MATCH)).rows]).toEqual([agency, []]);
});

it('goes by the order in which applications were recorded, not by the days that their senders give them', async () => {
  const [PLUMBING, TILING] = ['Plumbing', 'Tiling'].map((provision) => ({ agency: 'hts', provision, startsOn }));
  await country.tell('2027-02-03', 'hts', lists('p-1', 'Plumbing', 1), lists('t-1', 'Tiling', 1));
  await country.tell('2027-02-03', 'st-chads', registered(EWAN, 'Ewan', { dateOfBirth: '2010-11-02', postcode: 'WV1 1AA' }));
  await country.tell('2027-02-03', 'st-chads', applies(EWAN, 'e-1', PLUMBING ?? {}));
  await country.tell('2027-02-03', 'st-chads', { ...applies(DEV, 'd-2', PLUMBING ?? {}), time: '2027-01-27T09:00:00Z' });
  await country.tell('2027-02-03', 'st-chads', applies(DEV, 'd-3', TILING ?? {}), applies(EWAN, 'e-2', TILING ?? {}));
  const proposed = (await proposals()).map(({ applicationId, agency, why }) => [applicationId, agency, why]);
  expect(proposed.slice(-4)).toEqual([
    ['e-1', 'hts', 'place-left'],
    ['d-2', null, 'none-left'],
    ['d-3', 'hts', 'place-left'],
    ['e-2', null, 'none-left'],
  ]);
});

it('of a year counts everybody who has taken a place, whatever year their applications name', async () => {
  const placed = { agency: 'hts', provision: 'Plumbing' };
  await country.tell('2027-02-03', 'st-chads', applies(FARAH, 'f-2', placed));
  await country.tell('2027-02-03', 'council', about(FARAH, 'application.placed', { applicationId: 'f-2', choices: [placed] }));
  const of = async (search: string) => (await proposals('council', search)).map(({ applicationId, why }) => [applicationId, why]);
  const all = await of('');
  expect(all).toContainEqual(['e-1', 'none-left']);
  expect(await of('?cohort=2027')).toEqual(all);
});

it('comes whole: it takes no pages, and no filter but its own', async () => {
  expect(await proposals('council', '?cohort=2028')).toEqual([]);
  for (const search of ['limit=1', 'cursor=x', 'agency=bct']) {
    const { status, text } = await country.list('council', `brokerage/proposals?${search}`, MATCH);
    expect([search, status, (JSON.parse(text) as { code: string }).code]).toEqual([search, 400, 'filter-unknown']);
  }
});

it('an offer for no such year as the Guarantee counts by is told to whoever made it, and to nobody else', async () => {
  const unknown = async (agency: string) =>
    (await country.list(agency, 'data-quality/issues?rule=code-unknown', 'assure-data-quality')).rows.map(({ type, source }) => [
      type,
      source,
    ]);
  const offer = { cohort: '2027', provision: 'Plumbing', startsOn };
  await country.tell('2027-02-03', 'st-chads', referral(EWAN, 'hts', { route: 'school' }));
  await country.tell('2027-02-03', 'hts', about(EWAN, 'offer.made', { ...offer, offerId: 'h-1' }));
  expect(await unknown('hts')).toEqual([]);
  await country.tell('2027-02-03', 'hts', about(EWAN, 'offer.made', { ...offer, offerId: 'h-2', cohort: '2027/28' }));
  expect(await unknown('hts')).toEqual([['offer.made', 'hts']]);
  for (const agency of ['st-chads', 'council', 'bct']) expect([agency, await unknown(agency)]).toEqual([agency, []]);
});

describe('what an application calls a place that nobody lists', () => {
  const unknown = async (agency: string) => {
    const { rows } = await country.list(agency, 'data-quality/issues?rule=provision-unknown', 'assure-data-quality');
    return rows.map(({ type, source, severity, state, says }) => [type, source, severity, state, says]);
  };
  const FOUND = [
    'application.submitted',
    'st-chads',
    'warns',
    'open',
    'An application names provision that the agency chosen does not list.',
  ];

  it('is told to who sent it, once an application, and to nobody else', async () => {
    const application = applies(BEN, 'b-2', CATERING, { ...CATERING, agency: 'bct' }, NOWHERE);
    await country.tell('2027-02-04', 'st-chads', { ...application, id: 'told-b-2' });
    expect(await unknown('st-chads')).toEqual([FOUND, FOUND]);
    for (const agency of ['forge', 'bct', 'council', 'hts']) expect([agency, await unknown(agency)]).toEqual([agency, []]);
  });

  it('is settled once the application is taken back, or the place is listed, by its title or its id', async () => {
    const takenBack = about(BEN, 'record.retracted', { of: 'told-b-2', reason: 'entered-in-error' });
    await country.tell('2027-02-05', 'st-chads', takenBack, applies(BEN, 'b-3', { ...CATERING, provision: 'C-1' }));
    expect(await unknown('st-chads')).toEqual([FOUND]);
    await country.tell('2027-02-06', 'forge', lists('s-1', 'SADDLERY', 4));
    expect(await unknown('st-chads')).toEqual([]);
    await country.tell('2027-02-07', 'forge', lists('s-1', 'Farriery', 4));
    expect(await unknown('st-chads')).toEqual([FOUND]);
  });
});
