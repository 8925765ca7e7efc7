// S15: a learner's way across providers, by the clauses of whoever asks (views.md; Collaborating for success, learner transitions).
import { jest } from '@jest/globals';
import { AISHA, DocumentsTown, type Entry } from './documents-town.ts';
import { about, programme, referral } from './told.ts';
import { registration } from './town.ts';

jest.setTimeout(90_000);

const NAME = 'pathway';
const ALL = 'support-learner, track-participation, plan-learning';

let town: DocumentsTown;
const rows = (agency: string, purposes = ALL): Promise<readonly Entry[]> => town.rows(agency, NAME, { uln: AISHA, purposes });
const steps = async (agency: string, purposes = ALL): Promise<readonly unknown[]> =>
  (await rows(agency, purposes)).map(({ step, by, from, until, end }) => [step, by, from, until, end]);

beforeAll(async () => {
  town = await DocumentsTown.open('2026-07-01');
  await town.on(
    '2026-07-01',
    'connexions-north',
    registration(AISHA, 'cn-1'),
    about(AISHA, 'learner.adviser-assigned', { name: 'Sam', role: 'personal-adviser' }),
    referral(AISHA, 'bct'),
  );
  await town.on(
    '2026-07-06',
    'bct',
    registration(AISHA, 'b-1'),
    programme(AISHA, 'p-1', { startedOn: '2026-07-06', title: 'E2E: hair and beauty' }),
  );
  await town.on(
    '2026-09-27',
    'bct',
    about(AISHA, 'programme.left-early', { programmeId: 'p-1', leftOn: '2026-09-27', reason: 'health', note: 'Told in confidence' }),
  );
  await town.on(
    '2026-10-05',
    'connexions-north',
    about(AISHA, 'destination.recorded', { activity: '640', from: '2026-09-28', verifiedOn: '2026-10-05' }),
    referral(AISHA, 'wulfrun'),
  );
  await town.on(
    '2026-11-02',
    'wulfrun',
    registration(AISHA, 'w-1'),
    programme(AISHA, 'p-2', { startedOn: '2026-11-02', kind: 'fe-course', title: 'Level 1 beauty' }),
  );
});
afterAll(() => town.close());

const PROGRAMMES = [
  ['programme', 'bct', '2026-07-06', '2026-09-27', 'left-early'],
  ['programme', 'wulfrun', '2026-11-02', null, null],
];

describe('the pathway of a learner', () => {
  it('goes through programmes and destinations in the order of time, to the adviser', async () => {
    const [first, last] = PROGRAMMES;
    expect(await steps('connexions-north')).toEqual([first, ['destination', 'connexions-north', '2026-09-28', null, null], last]);
    expect((await rows('connexions-north'))[0]).toMatchObject({ title: 'E2E: hair and beauty', reason: 'health' });
  });

  it('shows each agency what its own clauses show, and what it did itself', async () => {
    expect(await steps('bct')).toEqual([PROGRAMMES[0]]);
    expect(await steps('wulfrun')).toEqual([PROGRAMMES[1]]);
    // Destinations alone, of the council's own residents.
    expect(await steps('council')).toEqual([['destination', 'connexions-north', '2026-09-28', null, null]]);
    expect((await rows('connexions-north', 'plan-learning')).map(({ step }) => step)).toEqual(['destination']);
  });

  it('never holds a note, and no reason or destination where it shows no programme or destination', async () => {
    for (const agency of ['bct', 'wulfrun', 'connexions-north', 'council'])
      expect((await town.ask(agency, NAME, { uln: AISHA, purposes: ALL })).text).not.toMatch(/confidence/);
    expect((await town.ask('wulfrun', NAME, { uln: AISHA, purposes: ALL })).text).not.toMatch(/health|640/);
  });

  it('is no matter of days, and a table of its rows as CSV', async () => {
    expect(await town.ask('bct', NAME, { uln: AISHA, purposes: ALL, search: '?on=2026-07-01' })).toMatchObject({
      status: 400,
      body: { code: 'filter-unknown' },
    });
    const { text } = await town.ask('bct', NAME, { uln: AISHA, purposes: ALL, accept: 'text/csv' });
    const [head = '', first = '', ...more] = text.split('\r\n');
    expect([head.split(',').slice(2, 6), first.split(',').slice(2, 6), more]).toEqual([
      ['step', 'from', 'until', 'by'],
      ['programme', '2026-07-06', '2026-09-27', 'bct'],
      [''],
    ]);
  });

  it('tells strangers what it tells of nobody', async () => {
    await town.expectStrangers(NAME, AISHA, ['hts', 'st-chads', 'connexions-south']);
    await town.expectReplays();
  });
});
