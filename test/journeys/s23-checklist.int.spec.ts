// S23: the checklist of roles and responsibilities: what is done, whose turn it is, and what the calendar has made overdue (E App. 3).
import { jest } from '@jest/globals';
import { LIST_DECIDED, listStream } from '#disclosure';
import { shippedProtocols, signReview } from '#sharing-protocols';
import { BlackCountry, AISHA, assigned, registered } from './black-country.ts';
import { listed } from './things-listed.ts';
import { referral } from './told.ts';

jest.setTimeout(120_000);
let country: BlackCountry;
const MEMORANDUM = 'lsc-learning-partnership';

beforeAll(async () => {
  country = await BlackCountry.open('2026-08-03');
  await country.town.node.protocols.leave('youth-justice', 'forge');
  // Both of those who must sign the passport use what is shared.
  await country.tell('2026-11-02', 'connexions-north', registered(AISHA, 'Aisha'), assigned(AISHA), referral(AISHA, 'bct'));
  for (const agency of ['connexions-north', 'bct']) await country.town.passport(agency, 'deliver-programme', `uln:${AISHA}`);
  await met('wv-partnership', 'working-group', '2026-10-20', '2026-10-21');
  await met('lsc', 'staff-support', '2026-10-30', '2026-11-02');
  await met('lsc', 'specialised-provision', '2026-10-30', '2026-11-02');
  await met('lsc', 'consult-before-planning', '2026-11-12', '2026-11-12');
});
afterAll(() => country.close());

const met = async (agency: string, duty: string, on: string, told: string): Promise<void> =>
  country.tell(told, agency, { type: 'undertaking.discharged', data: { protocol: MEMORANDUM, duty, on } });
const ask = async (agency: string, search = '') => listed(country.town, { view: 'undertakings', path: 'checklist', agency }, { search });
const count = async (agency: string) => {
  const { rows } = await ask(agency);
  return Object.fromEntries(['done', 'open', 'overdue'].map((state) => [state, rows.filter((row) => row['state'] === state).length]));
};

it('reads seven done, one open, two overdue, each with whose turn it is', async () => {
  country.day('2026-11-20');
  expect(await count('bct')).toEqual({ done: 7, open: 1, overdue: 2 });
  const { rows } = await ask('bct');
  expect(rows.filter(({ state }) => state !== 'done')).toMatchObject([
    { question: expect.stringContaining('marketing'), agencies: ['wv-partnership'], state: 'overdue', due: '2026-10-31' },
    { question: expect.stringContaining('meetings'), agencies: ['lsc', 'wv-partnership'], state: 'overdue', due: '2026-11-01' },
    { question: expect.stringContaining('information-sharing'), protocol: 'youth-justice', agencies: ['forge'], state: 'open', due: null },
  ]);
});

it('is a table to whoever wants one', async () => {
  const { server } = country.town;
  const response = await fetch(`${server.url}/v1/checklist?protocol=youth-justice`, {
    headers: { authorization: `Bearer ${await country.town.tokenOf('bct')}`, accept: 'text/csv' },
  });
  const text = await response.text();
  expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
    'text/csv; charset=utf-8',
    expect.stringMatching(/^attachment; filename="checklist-2026-11-20-\d+\.csv"$/),
  ]);
  const [head, ...lines] = text.split('\r\n');
  expect(head).toBe('question,protocol,duty,bearerRole,agencies,state,due,evidence');
  expect(lines).toEqual([
    expect.stringMatching(/^"Is youth-justice in force, and reviewed in time\?",youth-justice,,,,done,2027-09-01,\d+$/),
    'Has everybody signed youth-justice who can be a party?,youth-justice,,,forge,open,,',
    '',
  ]);
});

it('is the same to every party, and names no learner', async () => {
  const [one, other] = [await ask('castings'), await ask('connexions-south')];
  const plain = ({ rows }: Awaited<ReturnType<typeof ask>>) => rows.map(({ evidence: _, ...row }) => row);
  expect(plain(one)).toEqual(plain(other));
  expect(one.text).not.toMatch(/learner|Aisha|psn:/);
});

it('tells where an undertaking is looked up, by a name that is the asker’s own', async () => {
  const evidence = async (agency: string) => (await ask(agency)).rows.find(({ duty }) => duty === 'working-group')?.['evidence'];
  const { rows } = await listed(country.town, { view: 'undertakings', agency: 'bct' }, { search: 'duty=working-group' });
  expect(rows).toMatchObject([{ undertakingId: await evidence('bct'), protocol: MEMORANDUM, doneOn: '2026-10-20', by: 'wv-partnership' }]);
  expect(await evidence('hts')).not.toBe(await evidence('bct'));
});

it('an agency that is no party of the memorandum cannot meet its undertakings', async () => {
  await met('bct', 'marketing', '2026-11-20', '2026-11-20');
  await met('lsc', 'marketing', '2026-11-20', '2026-11-20');
  expect((await ask('bct')).rows.find(({ duty }) => duty === 'marketing')).toMatchObject({ state: 'overdue' });
  await met('wv-partnership', 'marketing', '2026-11-20', '2026-11-21');
  expect((await ask('bct')).rows.find(({ duty }) => duty === 'marketing')).toMatchObject({ state: 'done', agencies: ['wv-partnership'] });
});

it('is asked with a token, by day and agreement alone; each look is recorded before it is told', async () => {
  expect((await fetch(`${country.town.server.url}/v1/checklist`)).status).toBe(401);
  expect(await ask('bct', 'colour=red')).toMatchObject({ status: 400, code: 'filter-unknown' });
  expect(await ask('bct', 'protocol=nothing')).toMatchObject({ status: 200, rows: [] });
  const pages = async () =>
    (await country.town.node.store.readStream(listStream('bct')))
      .filter(({ type }) => type === LIST_DECIDED)
      .map(({ position }) => position);
  const before = await pages();
  const { headers } = await ask('bct');
  expect((await pages()).slice(before.length).map(String)).toEqual([headers.get('concordat-position')]);
});

it('a memorandum says “consult before 31 January each year”: on 1 February it is overdue for all to see', async () => {
  country.day('2027-08-20');
  const document = shippedProtocols().find(({ id }) => id === MEMORANDUM);
  if (!document) throw new Error(`${MEMORANDUM} does not ship.`);
  const { protocols, agencies } = country.town.node;
  for (const agency of ['lsc', 'wv-partnership']) {
    const { kid, privateJwk } = country.town.keyOf(agency);
    const jws = await signReview(document, '2028-08-20', { jwk: privateJwk, alg: 'EdDSA', kid });
    expect(await protocols.review(jws, agencies)).toMatchObject({ ok: true });
  }
  const consult = async (on: string) =>
    (await ask('bct', `protocol=${MEMORANDUM}&on=${on}`)).rows.find(({ duty }) => duty === 'consult-before-planning');
  expect(await consult('2026-11-11')).toMatchObject({ state: 'open', due: '2027-01-31', agencies: ['lsc'], bearerRole: 'funder' });
  expect(await consult('2028-01-31')).toMatchObject({ state: 'open', due: '2028-01-31' });
  expect(await consult('2028-02-01')).toMatchObject({ state: 'overdue', due: '2028-01-31', agencies: ['lsc'], evidence: null });
});
