// S26 and S25: who stays away, before they leave; and whose risk of failing is not assessed (views.md).
import { jest } from '@jest/globals';
import { AISHA, assigned, BEN, BlackCountry, DEV, NOBODY, registered } from './black-country.ts';
import { about, programme, referral } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const BOTH = 'support-learner, deliver-programme';
const NORTH = 'connexions-north';
const risk = (uln: string, assessedOn: string, assessmentId: string) =>
  about(uln, 'assessment.recorded', {
    assessmentId,
    framework: 'risk-of-failing',
    domain: 'whole',
    instrument: 'Risk checklist',
    assessedOn,
    assessor: { name: 'Sam', role: 'adviser' },
    outcome: { level: 'level-1', summary: 'Some.' },
  });

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  for (const [uln, name] of [
    [AISHA, 'Aisha'],
    [BEN, 'Ben'],
    [DEV, 'Dev'],
  ] as const) {
    await country.tell('2026-07-01', NORTH, registered(uln, name), assigned(uln), referral(uln, 'hts'));
  }
  await country.tell('2026-07-01', NORTH, risk(AISHA, '2026-07-01', 'r-1'));
  for (const [uln, id] of [
    [AISHA, 'a-1'],
    [BEN, 'b-1'],
    [DEV, 'd-1'],
  ] as const) {
    await country.tell('2026-09-07', 'hts', programme(uln, id, { startedOn: '2026-09-07' }));
  }
});
afterAll(() => country.close());

describe('attendance concerns', () => {
  it('reach the adviser with how many there were and in which week, and flag the third', async () => {
    for (const day of ['2026-09-28', '2026-09-29', '2026-09-30']) {
      await country.tell(day, 'hts', about(BEN, 'attendance.concern', { programmeId: 'b-1', on: day, kind: 'absent' }));
    }
    const { rows } = await country.list(NORTH, 'attendance-concerns', BOTH);
    expect(rows.map(({ givenName, on, week, count28d }) => [givenName, on, week, count28d])).toEqual([
      ['Ben', '2026-09-30', 4, 3],
      ['Ben', '2026-09-29', 4, 2],
      ['Ben', '2026-09-28', 4, 1],
    ]);
    const since = await country.list(NORTH, 'attendance-concerns?from=2026-09-30&programme=b-1', BOTH);
    expect(since.rows).toMatchObject([{ attention: true, recordedOn: '2026-09-30' }]);
    expect((await country.list(NORTH, 'caseload?attention=any', BOTH)).rows.map(({ givenName }) => givenName)).toContain('Ben');
  });

  it('are not told to the next provider, nor to a stranger', async () => {
    await country.tell('2026-10-01', NORTH, referral(BEN, 'wulfrun'));
    await country.tell('2026-10-05', 'wulfrun', programme(BEN, 'w-1', { startedOn: '2026-10-05', kind: 'fe-course' }));
    expect(await country.strangers('attendance-concerns', BOTH)).toEqual(NOBODY);
  });
});

describe('risk assessments', () => {
  const states = async (agency: string, on: string, search = '') =>
    (await country.list(agency, `risk-assessments?provider=hts&on=${on}${search}`, BOTH)).rows.map(({ givenName, state }) => [
      givenName,
      state,
    ]);

  it('are missing after four weeks, and captured once for everybody', async () => {
    country.day('2026-10-06');
    expect((await states(NORTH, '2026-09-29')).toSorted()).toEqual([
      ['Aisha', 'valid'],
      ['Ben', 'due'],
      ['Dev', 'due'],
    ]);
    expect((await states(NORTH, '2026-10-06')).toSorted()).toEqual([
      ['Aisha', 'expired'],
      ['Ben', 'missing'],
      ['Dev', 'missing'],
    ]);
    expect((await states('hts', '2026-10-06', '&state=missing')).length).toBe(2);
    await country.tell('2026-10-07', 'hts', risk(DEV, '2026-10-07', 'r-2'));
    const [again] = await country.town.send(NORTH, risk(DEV, '2026-10-07', 'r-3'));
    expect(again?.outcome).toBe('already-captured');
    expect((await states(NORTH, '2026-10-07', '&state=valid')).map(([name]) => name)).toEqual(['Dev']);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('risk-assessments', BOTH, ['connexions-south', 'forge', 'bct'])).toEqual(NOBODY);
  });
});
