// How complete each agency's records are: told to the agency of its own words, to the data manager of all (views.md, S16).
import { jest } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { fixedClock } from '#kernel';
import { eraseLearner } from '#rights';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { about, MORNING, programme } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

jest.setTimeout(120_000);

const clock = fixedClock(MORNING);
const PATH = '/v1/data-quality/completeness';
let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  town = await Town.open({ clock, following: true, environment: issuer.settings });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  await town.tell('careers', registration(ulnOf(1), 'c-1'), registration(ulnOf(2), 'c-2'));
  await town.tell('forge', {
    ...{ type: 'learner.registered', subject: 'local:f-1' },
    data: { localId: 'f-1', givenName: 'Ben', familyName: 'Hall', dateOfBirth: '2010-02-03' },
  });
  await town.tell('forge', registration(ulnOf(3), 'f-3'), programme(ulnOf(3), 'p-1'), programme(ulnOf(3), 'p-2'));
  const review = { reviewId: 'v-1', programmeId: 'p-1', heldOn: '2026-09-20', attendees: ['learner'], summary: 'Well.' };
  await town.tell('forge', about(ulnOf(3), 'review.held', review as never));
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

interface Row {
  readonly agency: string;
  readonly measure: string;
  readonly have: number;
  readonly of: number;
}
const read = async (authorization: string, search = '', accept = 'application/json') => {
  await town.node.projections.waitFor('issues', await town.node.store.head(), 10_000);
  const response = await fetch(`${town.server.url}${PATH}${search}`, { headers: { authorization, accept } });
  const text = await response.text();
  if (accept === 'application/json') contract.check({ method: 'get', path: PATH, response, text });
  const body = (accept === 'application/json' ? JSON.parse(text) : {}) as { readonly rows?: readonly Row[]; readonly code?: string };
  return {
    status: response.status,
    text,
    rows: (body.rows ?? []).map(({ agency, measure, have, of }) => `${agency} ${measure} ${have}/${of}`),
    body,
  };
};
const by = async (claims: JWTPayload, search = '') => read(await issuer.bearer(claims), search);
const own = async (agency: string, search = '') => read(`Bearer ${await town.tokenOf(agency)}`, search);

const FORGE = ['forge uln 1/2', 'forge postcode 1/2', 'forge date-of-birth 2/2', 'forge review 1/2', 'forge destination 0/0'];

it('is told of an agency’s own words to it, and of nobody else’s', async () => {
  expect((await own('forge')).rows).toEqual(FORGE);
  expect((await own('forge', '?agency=careers')).rows).toEqual([]);
  expect((await own('anvil')).rows).toEqual([]);
});

it('is told of all to the data manager, as a table too', async () => {
  const all = await by({ office: 'data-manager' });
  expect(all.rows).toEqual(expect.arrayContaining([...FORGE, 'careers uln 2/2']));
  expect((await by({ office: 'data-manager' }, '?agency=forge')).rows).toEqual(FORGE);
  const table = await read(await issuer.bearer({ office: 'data-manager' }), '?agency=forge', 'text/csv');
  expect(table.text.split('\r\n').slice(0, 2)).toEqual(['agency,measure,have,of', 'forge,uln,1,2']);
});

it('is of the day that is asked about: a destination counts from its first day until it lapses', async () => {
  const destination = { activity: '310', from: '2026-09-11', verifiedOn: '2026-09-30' };
  await town.tell('careers', about(ulnOf(1), 'destination.recorded', destination));
  const on = async (day: string) => (await own('careers', `?on=${day}`)).rows.filter((row) => row.includes('destination'));
  expect(await on('2026-09-10')).toEqual(['careers destination 0/0']);
  expect([await on('2026-09-11'), await on('2027-09-29')]).toEqual(Array(2).fill(['careers destination 1/1']));
  expect(await on('2027-09-30')).toEqual(['careers destination 0/1']);
  expect((await own('forge', '?on=2026-13-01')).body.code).toBe('filter-invalid');
});

it('waits for nobody: where the records have not been gone through as far as is asked for, it says so', async () => {
  const headers = { authorization: `Bearer ${await town.tokenOf('forge')}`, 'concordat-min-position': '1000000' };
  expect((await fetch(`${town.server.url}${PATH}`, { headers })).status).toBe(503);
});

it('counts no more what was taken back or erased', async () => {
  await town.tell('forge', { ...programme(ulnOf(3), 'p-3'), id: 'wrong' });
  const reviews = async () => (await own('forge')).rows.filter((row) => row.includes('review') || row.includes('birth'));
  expect(await reviews()).toEqual(['forge date-of-birth 2/2', 'forge review 1/3']);
  await town.tell('forge', about(ulnOf(3), 'record.retracted', { of: 'wrong', reason: 'entered-in-error' }));
  expect(await reviews()).toEqual(['forge date-of-birth 2/2', 'forge review 1/2']);
  const { streams } = town.node;
  const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf({ uln: ulnOf(3) }))).state;
  await eraseLearner(town.node, { learner, ground: 'b' });
  expect(await reviews()).toEqual(['forge date-of-birth 1/1', 'forge review 0/0']);
});

it('is no affair of other offices, nor of the data manager once the agreement is stopped', async () => {
  for (const office of ['dpo-partnership', 'operator', 'dpo-of:forge']) expect((await by({ office })).body.code).toBe('not-permitted');
  await town.node.protocols.suspend({ protocol: 'data-quality', version: 1, reason: 'a review' });
  expect([(await by({ office: 'data-manager' })).status, (await own('forge')).status]).toEqual([403, 200]);
});
