// S26: whoever comes from elsewhere brings a handover, and who did not read it within two weeks sees so (views.md; E2E p. 24).
import { jest } from '@jest/globals';
import { BEN, BlackCountry, NOBODY, registered } from './black-country.ts';
import { about, programme, referral } from './told.ts';
import { consent } from './town.ts';

jest.setTimeout(120_000);

const [NORTH, PLAN] = ['connexions-north', 'plan-learning'];
let country: BlackCountry;

const listed = async (agency: string, search = '') => (await country.list(agency, `handovers${search}`, PLAN)).rows;
const readHandover = async (agency: string): Promise<void> => {
  const headers = { authorization: `Bearer ${await country.town.tokenOf(agency)}`, purpose: PLAN };
  const { status } = await fetch(`${country.town.server.url}/v1/learners/uln:${BEN}/handover`, { headers });
  expect(status).toBe(200);
};

beforeAll(async () => {
  country = await BlackCountry.open('2026-09-01');
  await country.tell(
    '2026-09-01',
    NORTH,
    registered(BEN, 'Ben'),
    about(BEN, 'learner.adviser-assigned', { name: 'Sam', role: 'personal-adviser' }),
    referral(BEN, 'hts', { referralId: 'r-1' }),
  );
  await country.tell('2026-09-07', 'hts', registered(BEN, 'Ben'), programme(BEN, 'p-h', { startedOn: '2026-09-07' }));
  await country.tell('2026-11-10', NORTH, referral(BEN, 'wulfrun', { referralId: 'r-2' }));
  await country.tell(
    '2026-11-16',
    'wulfrun',
    registered(BEN, 'Ben'),
    programme(BEN, 'p-w', { kind: 'fe-course', startedOn: '2026-11-16' }),
  );
});
afterAll(() => country.close());

it('nobody is on it of whose earlier programmes nothing may be seen', async () => {
  await readHandover('wulfrun');
  expect([await listed('wulfrun'), await listed('hts')]).toEqual([[], []]);
});

it('whoever comes with consent is unread for two weeks, then overdue, until the handover is read', async () => {
  await country.tell(
    '2026-11-17',
    NORTH,
    consent(BEN, 'k-2', {
      categories: ['programme', 'review', 'achievement'],
      purposes: [PLAN],
      recipients: ['wulfrun'],
      method: 'signed-form',
      evidence: 'Form 2',
    }),
  );
  const row = {
    familyName: 'Example',
    programmeId: 'p-w',
    startedOn: '2026-11-16',
    from: 'hts',
    fromProgrammeId: 'p-h',
    due: '2026-11-30',
  };
  country.day('2026-11-30');
  expect(await listed('wulfrun')).toMatchObject([{ ...row, state: 'unread', readOn: null }]);
  country.day('2026-12-01');
  expect(await listed('wulfrun', '?state=overdue')).toMatchObject([{ ...row, state: 'overdue', readOn: null }]);
  // The list itself shows that there was a programme: that is no reading.
  expect(await listed('wulfrun', '?state=read')).toEqual([]);
  await readHandover('wulfrun');
  expect(await listed('wulfrun')).toMatchObject([{ ...row, state: 'read', readOn: '2026-12-01' }]);
  expect(await listed('wulfrun', '?on=2026-11-30')).toMatchObject([{ state: 'unread' }]);
});

it('is nobody else’s to see, and has no row once the learner withdraws', async () => {
  expect([await listed('hts'), await listed(NORTH)]).toEqual([[], []]);
  expect(await country.strangers('handovers', PLAN, ['connexions-south', 'forge', 'bct'])).toEqual(NOBODY);
  await country.tell('2026-12-02', NORTH, about(BEN, 'consent.withdrawn', { consentId: 'k-2', by: 'learner' }));
  expect(await listed('wulfrun')).toEqual([]);
});
