// Two who decide on one match: what one was not shown is not gone over, where the decision says what was shown (ADR 95).
import { jest } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { fixedClock } from '#kernel';
import { matchId } from '#learner-file';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { MORNING } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

jest.setTimeout(120_000);

const clock = fixedClock(MORNING);
const MANAGER = { office: 'data-manager', staff_id: 'mo' };
const OTHER_MANAGER = { office: 'data-manager', staff_id: 'jo' };
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA', familyName: 'Smyth', givenName: 'John' };
const MATCH = '/v1/data-quality/matches/{match}';
const UNMERGE = '/v1/data-quality/unmerge';

let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
let match: string;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  town = await Town.open({ clock, following: true, environment: issuer.settings });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  await town.tell('careers', registration(ulnOf(1), 'c-1', BORN));
  await town.tell('forge', { type: 'learner.registered', subject: 'local:f-1', data: { localId: 'f-1', ...BORN } });
  match = matchId('possible-match', [await learnerIdOf(town, 'careers', `uln:${ulnOf(1)}`), await learnerIdOf(town, 'forge', 'local:f-1')]);
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

interface Body {
  readonly code?: string;
  readonly goesOn?: string;
  readonly decisions?: readonly { readonly position: string }[];
}
interface Asked {
  readonly at: string;
  readonly body?: object;
}
const send = async (claims: JWTPayload, method: 'get' | 'post', path: string, { at, body }: Asked) => {
  const json = body && { 'content-type': 'application/json' };
  const headers = { authorization: await issuer.bearer(claims), ...json };
  const response = await fetch(`${town.server.url}${at}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  contract.check({ method, path, response, text });
  return { status: response.status, body: JSON.parse(text) as Body };
};
const followed = async () => town.node.projections.waitFor('data-quality', await town.node.store.head(), 10_000);
const decide = async (outcome: string, shown: object = {}, claims: JWTPayload = MANAGER) => {
  await followed();
  const body = { outcome, reason: 'The certificate of birth.', ...shown };
  return send(claims, 'post', `${MATCH}/decision`, { at: `/v1/data-quality/matches/${match}/decision`, body });
};
const unmerge = (shown: object = {}) => send(MANAGER, 'post', UNMERGE, { at: UNMERGE, body: { match, reason: 'Twins.', ...shown } });
const lastShown = async (): Promise<string> => {
  await followed();
  return (await send(MANAGER, 'get', MATCH, { at: `/v1/data-quality/matches/${match}` })).body.decisions?.at(-1)?.position ?? '0';
};
const decided = async (): Promise<number> =>
  (await town.node.store.readAll({ after: 0, limit: 100_000 })).filter(({ type }) => type === 'uk.concordat.match.decided.v1').length;

it('at once: one of them does, and the other is told to look again', async () => {
  const after = await lastShown();
  expect(after).toBe('0');
  const before = await decided();
  const both = await Promise.all([decide('deferred', { after }), decide('different', { after }, OTHER_MANAGER)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('match-decided-meanwhile');
  // In the streams of both.
  expect((await decided()) - before).toBe(2);
});

it('one after the other: what was decided since is not gone over, by a decision nor by an un-merge, and what was shown last is', async () => {
  const shown = await lastShown();
  expect((await decide('same', { after: shown }, OTHER_MANAGER)).status).toBe(200);
  for (const after of ['0', shown]) {
    expect((await decide('different', { after })).body.code).toBe('match-decided-meanwhile');
    expect((await unmerge({ after })).body.code).toBe('match-decided-meanwhile');
  }
  const merged = await lastShown();
  expect([(await unmerge()).status, (await decide('same')).status]).toEqual([200, 200]);
  expect((await unmerge({ after: merged })).body.code).toBe('match-decided-meanwhile');
  expect((await unmerge({ after: await lastShown() })).status).toBe(200);
});

it('of whom one was merged with somebody else meanwhile, what was decided last is shown, and can be gone over', async () => {
  expect((await decide('deferred', { after: await lastShown() })).status).toBe(200);
  // Two know the third: who is known to more goes on.
  await town.tell('anvil', registration(ulnOf(2), 'a-1', BORN));
  await town.tell('careers', registration(ulnOf(2), 'c-2', BORN));
  const [first, second, third] = [
    await learnerIdOf(town, 'careers', `uln:${ulnOf(1)}`),
    await learnerIdOf(town, 'forge', 'local:f-1'),
    await learnerIdOf(town, 'anvil', `uln:${ulnOf(2)}`),
  ];
  await followed();
  const at = `/v1/data-quality/matches/${matchId('possible-match', [second, third])}/decision`;
  const body = { outcome: 'same', reason: 'One address.' };
  const merged = await send(MANAGER, 'post', `${MATCH}/decision`, { at, body });
  expect([merged.status, merged.body.goesOn]).toEqual([200, third]);
  const after = await lastShown();
  expect([first === second, after === '0']).toEqual([false, false]);
  expect((await decide('different', { after })).status).toBe(200);
});

it('a position is one, or nothing is decided', async () => {
  for (const after of ['', '-1', '01', 'x', '1e3', '9'.repeat(16), 7, null, []])
    for (const answer of [await decide('deferred', { after }), await unmerge({ after })])
      expect([after, answer.status, answer.body.code]).toEqual([after, 400, 'bad-request']);
});
