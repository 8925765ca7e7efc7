// S7: who is under an order, for the team and the adviser alone; S18: for whom a placement is sought (views.md).
import { jest } from '@jest/globals';
import { assigned, BEN, BlackCountry, CHLOE, DEV, NOBODY, registered } from './black-country.ts';
import { about, confirmed, programme, referral } from './told.ts';
import { assessment, consent } from './town.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const NORTH = 'connexions-north';
const JUSTICE = 'prevent-reoffending, support-learner';

beforeAll(async () => {
  country = await BlackCountry.open('2026-09-01');
  await country.tell('2026-09-01', NORTH, registered(BEN, 'Ben'), assigned(BEN), registered(CHLOE, 'Chloe'), assigned(CHLOE));
  await country.tell('2026-09-01', 'city-yot', registered(BEN, 'Ben'), registered(CHLOE, 'Chloe'));
  await country.tell('2026-09-01', NORTH, confirmed(BEN, 'city-yot'), confirmed(CHLOE, 'city-yot'));
  await country.tell('2026-09-01', 'city-yot', about(BEN, 'offence.noted', { incident: 'Theft', order: 'ISSP', until: '2026-11-30' }));
  await country.tell('2026-09-02', 'city-yot', referral(BEN, 'hts', { route: 'yot' }));
  await country.tell('2026-09-07', 'hts', registered(BEN, 'Ben'), programme(BEN, 'b-1', { startedOn: '2026-09-07' }));
});
afterAll(() => country.close());

describe('youth justice cases', () => {
  const ask = async (agency: string, search = '', purposes = JUSTICE) =>
    (await country.list(agency, `youth-justice/cases?${search}`, purposes)).rows;

  it('say to team and adviser by when a conference is due, without a name', async () => {
    country.day('2026-09-10');
    for (const agency of [NORTH, 'city-yot']) {
      const [row] = await ask(agency);
      expect(row).toMatchObject({ order: 'ISSP', until: '2026-11-30', conferenceDue: '2026-10-05', programme: { of: 'hts' } });
      expect(JSON.stringify(row)).not.toMatch(/givenName|familyName|Theft/);
    }
    expect(await ask(NORTH, 'on=2026-12-01')).toEqual([]);
  });

  it('are over with the order, and done with the conference', async () => {
    const placed = { placementId: 'x-1', programmeId: 'b-1', employer: 'Castings', on: '2026-09-20' };
    await country.tell('2026-09-20', 'hts', about(BEN, 'placement.started', placed));
    expect(await ask(NORTH)).toMatchObject([{ placementWithoutConference: true, overdue: false }]);
    await country.tell(
      '2026-10-01',
      'city-yot',
      about(BEN, 'case-conference.held', { on: '2026-10-01', attendees: ['yot'], decisions: ['On'] }),
    );
    expect(await ask(NORTH)).toMatchObject([{ conferenceDue: null, lastConferenceOn: '2026-10-01' }]);
    country.day('2026-12-01');
    expect([await ask(NORTH), (await ask(NORTH, 'on=2026-11-30')).length]).toEqual([[], 1]);
  });

  it('are nothing to the provider, the school, the employer or a stranger, and look as if there were none', async () => {
    country.day('2026-10-02');
    for (const agency of ['hts', 'st-chads', 'ebp-black-country', 'connexions-south'])
      expect(await ask(agency, '', 'support-learner, deliver-programme')).toEqual([]);
    expect(await country.strangers('youth-justice/cases?order=ISSP', JUSTICE, ['connexions-south'])).toEqual(NOBODY.slice(0, 1));
    const csv = await country.list(NORTH, 'youth-justice/cases', JUSTICE, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[0]).not.toMatch(/name/i);
  });
});

describe('releases', () => {
  it('are to be prepared by an assessment 91 days before', async () => {
    await country.tell('2026-10-03', 'city-yot', about(CHLOE, 'release.planned', { from: 'Brookfield', on: '2027-03-01' }));
    const ask = async (search: string) => (await country.list(NORTH, `youth-justice/releases?${search}`, JUSTICE)).rows;
    expect(await ask('from=2027-01-01&to=2027-12-31')).toMatchObject([
      { from: 'Brookfield', releaseOn: '2027-03-01', dueAssessment: '2026-11-30', assessed: null, overdue: false },
    ]);
    country.day('2026-12-01');
    expect([(await ask('overdue=true')).length, (await ask('to=2027-02-28')).length]).toEqual([1, 0]);
    await country.tell('2026-12-02', 'city-yot', assessment(CHLOE, { assessedOn: '2026-12-02', domain: 'numeracy' }));
    expect((await country.list('city-yot', 'youth-justice/releases', JUSTICE)).rows).toMatchObject([
      { assessed: { domain: 'numeracy' }, overdue: false },
    ]);
    expect(await country.strangers('youth-justice/releases', JUSTICE, ['connexions-south'])).toEqual(NOBODY.slice(0, 1));
  });
});

describe('placements sought', () => {
  const PURPOSE = 'match-placement';

  it('are told by given name, occupation and area to those who place, as long as the learner agrees', async () => {
    await country.tell('2026-12-03', NORTH, registered(DEV, 'Dev'), assigned(DEV), referral(DEV, 'bct'));
    await country.tell('2026-12-03', 'bct', registered(DEV, 'Dev'), programme(DEV, 'd-1', { startedOn: '2026-12-03' }));
    await country.tell('2026-12-03', 'bct', about(DEV, 'placement.sought', { occupation: 'Catering', area: 'WV1', programmeId: 'd-1' }));
    const ask = () => country.list('ebp-black-country', 'placements/sought', PURPOSE);
    expect(await ask()).toMatchObject({ status: 200, rows: [] });
    const scope = {
      protocol: 'placement-matching',
      purposes: [PURPOSE],
      categories: ['placement', 'identity'],
      recipients: ['ebp', 'connexions'],
    };
    await country.tell('2026-12-04', NORTH, consent(DEV, 'k-1', { ...scope, evidence: 'Form 2', method: 'signed-form' }));
    country.day('2027-01-01');
    const { rows, text } = await ask();
    expect(rows).toMatchObject([{ givenName: 'Dev', occupation: 'Catering', area: 'WV1', waitingDays: 29, overdue: true }]);
    expect(text).not.toMatch(/Example|bct|d-1/);
    await country.tell('2027-01-02', NORTH, about(DEV, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }));
    expect(await ask()).toMatchObject({ status: 200, rows: [] });
  });

  it('are nothing to another provider or a college', async () => {
    for (const agency of ['hts', 'wulfrun']) expect((await country.list(agency, 'placements/sought', PURPOSE)).rows).toEqual([]);
  });
});
