// S16: an issue of an agency's own that rests on another's word is told to it where it may see that word, or was asked about it (views.md).
import { jest } from '@jest/globals';
import { decideMatch } from '#admission';
import type { AgencySlug } from '#kernel';
import { matchId } from '#learner-file';
import { AISHA, BEN, BlackCountry, registered } from './black-country.ts';
import { Offices } from './offices.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { about, adviser, programme, referral } from './told.ts';
import { ulnOf } from './town.ts';

jest.setTimeout(120_000);

const [QUALITY, SUPPORT] = ['assure-data-quality', 'assure-data-quality, support-learner'];
let offices: Offices;
let country: BlackCountry;

beforeAll(async () => {
  offices = await Offices.open();
  country = await BlackCountry.open('2026-09-01', offices.environment);
  await country.tell('2026-09-01', 'connexions-north', registered(AISHA, 'Aisha'), adviser(AISHA), referral(AISHA, 'bct'));
  await country.tell('2026-09-02', 'bct', registered(AISHA, 'Aisha'), programme(AISHA, 'a-1', { startedOn: '2026-09-07' }));
  const neet = { activity: '540', from: '2026-09-14', verifiedOn: '2026-09-14' };
  await country.tell('2026-09-15', 'connexions-north', about(AISHA, 'destination.recorded', neet));
});
afterAll(async () => {
  await country.close();
  offices.close();
});

const linesOf = async (agency: AgencySlug, purposes: string) =>
  (await country.list(agency, 'data-quality/issues', purposes)).rows
    .filter(({ rule }) => !['uln-missing', 'residence-missing', 'activity-stale'].includes(String(rule)))
    .map(({ rule, type, source, askedOn }) => [rule, type, source, askedOn ?? '-'].join(' '));

const CONTRADICTS = 'destination-contradicts destination.recorded connexions-north -';

it('is told for the purpose for which the other’s word may be seen, with the clause that shows it, and to nobody else', async () => {
  expect([await linesOf('connexions-north', QUALITY), await linesOf('connexions-north', SUPPORT)]).toEqual([[], [CONTRADICTS]]);
  const [row] = (await country.list('connexions-north', 'data-quality/issues?rule=destination-contradicts', SUPPORT)).rows;
  expect(row?.['via']).toMatchObject([
    { item: 'programme.started', clause: expect.stringContaining('EP') },
    { item: 'destination.recorded', clause: 'own' },
  ]);
  expect(await linesOf('bct', SUPPORT)).toEqual([]);
});

it('neither comes nor goes by the word of whoever does not stand with the learner', async () => {
  await country.tell('2026-09-02', 'connexions-north', registered(BEN, 'Ben'), adviser(BEN));
  await country.tell(
    '2026-09-15',
    'connexions-north',
    about(BEN, 'destination.recorded', { activity: '540', from: '2026-09-14', verifiedOn: '2026-09-14' }),
  );
  const before = await linesOf('connexions-north', SUPPORT);
  await country.tell('2026-09-16', 'forge', registered(BEN, 'Ben'), programme(BEN, 'f-1', { startedOn: '2026-09-07' }));
  await country.tell('2026-09-16', 'forge', registered(AISHA, 'Aisha'), programme(AISHA, 'f-2', { startedOn: '2026-09-01' }));
  expect(before).toEqual([CONTRADICTS]);
  expect(await linesOf('connexions-north', SUPPORT)).toEqual(before);
});

it('is told of what may not be seen once the data manager asked about it, and of the own event alone', async () => {
  await country.tell(
    '2026-09-17',
    'connexions-north',
    about(AISHA, 'learner.corrected', { dateOfBirth: '2012-10-20', reason: 'Misread.' }),
  );
  expect(await linesOf('bct', SUPPORT)).toEqual([]);
  const headers = { authorization: `Bearer ${await offices.token('data-manager', country.clock)}` };
  const found = await country.list('data-manager', 'data-quality/issues?rule=start-before-14', QUALITY, headers);
  const [issue] = found.rows;
  const asked = await fetch(`${country.town.server.url}/v1/data-quality/issues/${String(issue?.['position'])}/ask`, {
    ...{ method: 'POST', body: JSON.stringify({ rule: 'start-before-14' }) },
    headers: { ...headers, purpose: QUALITY, 'content-type': 'application/json' },
  });
  expect(asked.status).toBe(200);
  const { rows, text } = await country.list('bct', 'data-quality/issues?rule=start-before-14', QUALITY);
  expect(rows).toMatchObject([{ rule: 'start-before-14', source: 'bct', askedOn: '2026-09-17' }]);
  expect((rows[0]?.['via'] as readonly { readonly clause: string }[]).map(({ clause }) => clause)).toEqual(['own', 'own']);
  expect(text).not.toMatch(/2012-10|connexions/);
  expect((await country.list('forge', 'data-quality/issues?rule=start-before-14', QUALITY)).rows).toEqual([]);
});

it('is, of what is missing, not told to the data manager once a word that stands has it in another record of the same person', async () => {
  const stated = { givenName: 'Cleo', familyName: 'Roe', dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
  const registers = (localId: string, uln: object = {}) =>
    ({ type: 'learner.registered', subject: `local:${localId}`, data: { localId, ...stated, ...uln } }) as const;
  // Whichever of the two records goes on, the other's source stands there.
  await country.tell('2026-09-18', 'connexions-north', registers('c-9'), { ...referral('', 'wulfrun'), subject: 'local:c-9' });
  await country.tell('2026-09-18', 'wulfrun', registers('w-9', { uln: ulnOf(9) }));
  country.day('2026-12-01');
  const headers = { authorization: `Bearer ${await offices.token('data-manager', country.clock)}` };
  const missing = async () => {
    const { rows } = await country.list('data-manager', 'data-quality/issues?rule=uln-missing&agency=connexions-north', QUALITY, headers);
    return rows.map(({ type }) => type);
  };
  expect(await missing()).toEqual(['learner.registered']);
  const ids = [await learnerIdOf(country.town, 'connexions-north', 'local:c-9'), await learnerIdOf(country.town, 'wulfrun', 'local:w-9')];
  const same = { match: matchId('possible-match', ids), outcome: 'same', reason: 'One letter.' } as const;
  expect((await decideMatch(country.town.node, same)).ok).toBe(true);
  expect(await missing()).toEqual([]);
});
