// An unusual look is explained by another office than the one watched, with who, when and why, and what is looked at since is not; nobody
// explains the own looks, and others cannot tell that there is one (console.md, 4.1 and 9; ADR 58).
import type { JWTPayload } from 'jose';
import { fixedClock } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { adviser, MORNING, programme, referral } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

const HOUR = 3_600_000;
const NIGHT = MORNING + 15 * HOUR;
const ULN = ulnOf(1);
const PARTNERSHIP = { office: 'dpo-partnership', staff_id: 'olu' };
const FORGE = { office: 'dpo-of:forge', staff_id: 'hanna' };
const REASON = 'On duty that night: a learner had called.';

interface Hit {
  readonly rule: string;
  readonly position: string;
  readonly looks: number;
  readonly recipient: string;
  readonly explainable: boolean;
  readonly explanations: readonly unknown[];
}
interface Told {
  readonly status: number;
  readonly body: { readonly hits?: readonly Hit[]; readonly [member: string]: unknown };
}

const clock = fixedClock(MORNING);
let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
const open = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
  clock.set(MORNING);
  issuer = await OtherIssuer.open(clock);
  const environment = { ...issuer.settings, CONCORDAT_EXTERNAL_ASKERS: 'agency,office,learner', ...more };
  town = await Town.open({ clock, following: true, environment });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  await town.tell('careers', registration(ULN, 'c-1'), adviser(ULN), referral(ULN, 'forge'));
  await town.tell('forge', programme(ULN, 'p-1'));
  clock.set(NIGHT);
  await look('pat');
};
afterEach(async () => {
  await town.close();
  issuer.close();
});

const look = async (staff_id: string, agency = 'forge'): Promise<void> => {
  const headers = { authorization: await issuer.bearer({ agency, staff_id }), purpose: 'plan-learning' };
  await (await fetch(`${town.server.url}/v1/learners/uln:${ULN}/passport`, { headers })).text();
};
const unusual = async (claims: JWTPayload): Promise<Told> => {
  const { projections, store } = town.node;
  await projections.waitFor('unusual-access', await store.head(), 10_000);
  const path = '/v1/audit/unusual';
  const response = await fetch(`${town.server.url}${path}`, { headers: { authorization: await issuer.bearer(claims) } });
  return answer('get', path, response);
};
const explain = async (claims: JWTPayload, position: string, body: object = { rule: 'outside-hours', reason: REASON }): Promise<Told> => {
  const headers = { authorization: await issuer.bearer(claims), 'content-type': 'application/json' };
  const url = `${town.server.url}/v1/audit/unusual/${position}/explanations`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return answer('post', '/v1/audit/unusual/{position}/explanations', response);
};
const answer = async (method: 'get' | 'post', path: string, response: Response): Promise<Told> => {
  const text = await response.text();
  contract.check({ method, path, response, text });
  return { status: response.status, body: JSON.parse(text) as Told['body'] };
};
const nightOf = async (claims: JWTPayload, recipient = 'forge'): Promise<Hit | undefined> =>
  ((await unusual(claims)).body.hits ?? []).find((hit) => hit.rule === 'outside-hours' && hit.recipient === recipient);

it('is shown as explained, with who, when and why, and what came since', async () => {
  await open();
  const hit = await nightOf(FORGE);
  expect(hit).toMatchObject({ explanations: [], explainable: true });
  const said = await explain(FORGE, String(hit?.position));
  expect(said).toMatchObject({ status: 201, body: { rule: 'outside-hours', by: 'operator:dpo-of:forge', staff: 'hanna', looks: 1 } });
  const explanation = { by: 'operator:dpo-of:forge', reason: REASON, at: new Date(NIGHT).toISOString(), looksSince: 0 };
  expect(await nightOf(FORGE)).toMatchObject({ explanations: [{ ...explanation, staff: 'hanna' }] });
  expect(await nightOf(PARTNERSHIP)).toMatchObject({ explanations: [{ ...explanation, staff: 'hanna' }] });
  await look('pat');
  expect(await nightOf(FORGE)).toMatchObject({ looks: 2, explanations: [{ looksSince: 1 }] });
  await explain(PARTNERSHIP, String(hit?.position), { rule: 'outside-hours', reason: 'The agency showed its rota.' });
  const [, second] = (await nightOf(FORGE))?.explanations ?? [];
  expect(second).toMatchObject({ by: 'operator:dpo-partnership', looksSince: 0 });
  expect(second).not.toHaveProperty('staff');
});

it('is explained as far as it was shown: a look made while the officer wrote stays to be explained', async () => {
  await open();
  const shown = await nightOf(FORGE);
  await look('pat');
  await unusual(FORGE);
  const body = { rule: 'outside-hours', reason: REASON, looks: shown?.looks };
  expect(await explain(FORGE, String(shown?.position), body)).toMatchObject({ status: 201, body: { looks: 1 } });
  expect(await nightOf(FORGE)).toMatchObject({ looks: 2, explanations: [{ looksSince: 1 }] });
  expect(await explain(FORGE, String(shown?.position), { ...body, looks: 999 })).toMatchObject({ status: 201, body: { looks: 2 } });
  for (const looks of [0, -1, 1.5, '1', null, 1e300])
    expect((await explain(FORGE, String(shown?.position), { ...body, looks })).body).toMatchObject({
      code: 'filter-invalid',
      parameter: 'looks',
    });
});

it('is explained whole where it goes on for days: refusals less than an hour apart are one run', async () => {
  await open();
  const refusals = [...Array.from({ length: 20 }, (_, n) => n), ...Array.from({ length: 60 }, (_, n) => 20 + (n + 1) * 55)];
  for (const minutes of refusals) {
    clock.set(NIGHT + minutes * 60_000);
    await look('sam', 'anvil');
  }
  const hit = (await unusual(PARTNERSHIP)).body.hits?.find(({ rule }) => rule === 'many-refusals');
  expect(hit).toMatchObject({ recipient: 'anvil', looks: refusals.length });
  const body = { rule: 'many-refusals', reason: REASON, looks: hit?.looks };
  expect(await explain(PARTNERSHIP, String(hit?.position), body)).toMatchObject({ status: 201, body: { looks: refusals.length } });
});

it('is explained by nobody who looked, nor by whom it is not told, who cannot tell that it is there', async () => {
  await open();
  const position = String((await nightOf(FORGE))?.position);
  const nothing = await explain(FORGE, '999999');
  expect(nothing.status).toBe(404);
  expect(await explain({ office: 'dpo-of:careers' }, position)).toEqual(nothing);
  expect(await explain({ office: 'operator' }, position)).toEqual(nothing);
  expect(await explain({ ...FORGE, staff_id: 'pat' }, position)).toEqual(nothing);
  expect(await nightOf({ ...FORGE, staff_id: 'pat' })).toMatchObject({ explainable: false });
  await unusual(PARTNERSHIP);
  const own = await nightOf({ office: 'operator' }, 'operator:dpo-partnership');
  expect(await explain(PARTNERSHIP, String(own?.position))).toEqual(nothing);
  expect(await explain(FORGE, position, { rule: 'many-refusals', reason: REASON })).toEqual(nothing);
  expect((await explain({ agency: 'forge' }, position)).status).toBe(403);
  expect((await explain({ office: 'data-manager' }, position)).status).toBe(403);
  expect(await nightOf(FORGE)).toMatchObject({ explanations: [] });
});

it('needs a rule and a reason', async () => {
  await open();
  const position = String((await nightOf(FORGE))?.position);
  const faults = async (body: object, at = position): Promise<unknown> => (await explain(FORGE, at, body)).body;
  expect(await faults({ rule: 'outside-hours', reason: ' too short ' })).toMatchObject({ code: 'filter-invalid', parameter: 'reason' });
  expect(await faults({ rule: 'no-such-rule', reason: REASON })).toMatchObject({ code: 'filter-invalid', parameter: 'rule' });
  expect(await faults({ rule: 'outside-hours', reason: REASON }, 'x')).toMatchObject({ code: 'position-malformed' });
});

it('is not looked for by a rule that is switched off, which says so', async () => {
  await open({ CONCORDAT_ACCESS_RULES_OFF: 'outside-hours,many-refusals' });
  expect(await nightOf(FORGE)).toBeUndefined();
  const rules = (await unusual(FORGE)).body['rules'] as readonly { readonly rule: string; readonly on: boolean }[];
  expect(rules.filter(({ on }) => !on).map(({ rule }) => rule)).toEqual(['outside-hours', 'many-refusals']);
});
