// S1, N5: what a draft would change is counted on the live log before anybody signs it, for data protection officers (console.md, J6).
import { readFileSync, writeFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { parse, stringify } from 'yaml';
import { fixedClock } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { LOOK_DECIDED, replay } from '#disclosure';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { adviser, MORNING, programme, referral } from './told.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';

jest.setTimeout(120_000);

interface Flow {
  readonly id: string;
  to: { roles: string[]; relationship: string[] }[];
}
interface Text {
  version: number;
  flows: Flow[];
}
interface Example {
  readonly learner: string;
  readonly recipient: string;
  readonly change: string;
  readonly item: string;
  readonly clause: string;
  readonly position: string;
}
interface Gains {
  readonly role: string;
  readonly learners: Readonly<Record<string, number>>;
  readonly disclosures: Readonly<Record<string, number>>;
}
interface Body {
  readonly simulation?: string;
  readonly against?: number | null;
  readonly learners?: number;
  readonly roles?: readonly Gains[];
  readonly simulations?: readonly { readonly simulation: string; readonly state: string; readonly done: number }[];
  readonly examples?: readonly Example[];
  readonly code?: string;
  readonly of?: number;
}

const clock = fixedClock(MORNING);
const OFFICER = { office: 'dpo-partnership', staff_id: 'olu' };
const ulns = [ulnOf(1), ulnOf(2), ulnOf(3)] as const;
let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  town = await Town.open({ clock, following: true, environment: issuer.settings });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  for (const [n, uln] of ulns.entries()) await town.tell('careers', registration(uln, `c-${n}`), adviser(uln));
  // Two are known to Forge, of whom one was assessed; the third has nothing to do with any provider.
  for (const uln of ulns.slice(0, 2)) await town.tell('careers', referral(uln, 'forge'));
  await town.tell('careers', assessment(ulns[0]), assessment(ulns[2]));
  await town.tell('forge', programme(ulns[0], 'p-1'));
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

/** The passport without EP4 for providers, and with it for schools that the learner has to do with. */
const draft = (change: (text: Text) => void): string => {
  const text = parse(readFileSync(new URL('../../protocols/e2e-passport/1.yaml', import.meta.url), 'utf8')) as Text;
  text.version = 2;
  change(text);
  return stringify(text);
};
const withoutProviders = draft(({ flows }) => {
  for (const { id, to } of flows) if (id === 'EP4') for (const one of to) one.roles = one.roles.filter((role) => role !== 'provider');
});

const send = async (
  claims: JWTPayload | undefined,
  [method, path, at]: readonly ['get' | 'post', string, string],
  { body, prefer }: { readonly body?: object; readonly prefer?: string | undefined } = {},
) => {
  const headers = {
    ...(claims === undefined ? {} : { authorization: await issuer.bearer(claims) }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(prefer === undefined ? {} : { prefer }),
  };
  const response = await fetch(`${town.server.url}${at}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  contract.check({ method, path, response, text });
  return { status: response.status, body: JSON.parse(text) as Body, location: response.headers.get('location') ?? '' };
};
const SIMULATE = ['post', '/v1/protocols/{id}/simulate', '/v1/protocols/e2e-passport/simulate'] as const;
const simulate = (claims: JWTPayload | undefined, body: object, prefer?: string) => send(claims, SIMULATE, { body, prefer });

it('a draft that takes something away says of whom how many learners and disclosures are lost, by role', async () => {
  const { status, body } = await simulate(OFFICER, { document: withoutProviders });
  expect([status, body.against, body.learners]).toEqual([200, 1, 3]);
  // One assessment towards Forge, by EP4 alone: for one purpose.
  expect(body.roles).toEqual([
    { role: 'provider', learners: { gained: 0, lost: 1, otherwise: 0 }, disclosures: { gained: 0, lost: 1, otherwise: 0 } },
  ]);
  const learner = await learnerIdOf(town, 'careers', `uln:${ulns[0]}`);
  expect(body.examples).toEqual([
    expect.objectContaining({
      learner: town.node.pseudonyms.of('operator:dpo-partnership', learner),
      ...{ recipient: 'forge', change: 'lost', item: 'assessment.recorded', purpose: 'plan-learning', clause: 'e2e-passport@1#EP4' },
    }),
  ]);
  expect(JSON.stringify(body)).not.toContain(ulns[0]);
});

it('a draft that changes nothing for anybody changes nothing, and one in force is itself', async () => {
  const { body } = await simulate(OFFICER, { version: 1 });
  expect([body.roles, body.examples]).toEqual([[], []]);
});

it('what is gained is counted too, and less of what is shown before and after', async () => {
  const more = draft(({ flows }) => {
    for (const flow of flows)
      if (flow.id === 'EP4') flow.to = [...flow.to, { roles: ['local-authority'], relationship: ['resident-area'] }];
  });
  const gained = (await simulate(OFFICER, { document: more })).body.roles;
  expect(gained).toEqual([
    { role: 'local-authority', learners: { gained: 2, lost: 0, otherwise: 0 }, disclosures: { gained: 2, lost: 0, otherwise: 0 } },
  ]);
  const less = draft(({ flows }) => {
    for (const flow of flows as (Flow & { fields?: object })[])
      if (flow.id === 'EP4') flow.fields = { only: ['assessmentId', 'framework', 'validUntil'] };
  });
  const { body } = await simulate(OFFICER, { document: less });
  expect(body.roles?.map(({ role, disclosures }) => [role, disclosures])).toEqual([['provider', { gained: 0, lost: 0, otherwise: 1 }]]);
});

it('an officer of an agency is told of what reaches or comes from that agency alone', async () => {
  const counted = async (office: string) =>
    (await simulate({ office, staff_id: 'pat' }, { document: withoutProviders })).body.roles?.length;
  expect(await counted('dpo-of:forge')).toBe(1);
  expect(await counted('dpo-of:careers')).toBe(1);
  expect(await counted('dpo-of:anvil')).toBe(0);
});

it('nobody else is told anything, whatever there is', async () => {
  const asked = [{ office: 'data-manager' }, { office: 'operator' }, { learner: 'psn:AAAAAAAAAAAAAAAAAAAAAA' }];
  for (const claims of asked) expect((await simulate(claims, { version: 1 })).body.code).toBe('not-permitted');
  expect((await simulate({ office: 'data-manager' }, { version: 99 })).body.code).toBe('not-permitted');
  expect((await simulate(undefined, { version: 1 })).status).toBe(401);
  const agency = await fetch(`${town.server.url}${SIMULATE[2]}`, {
    method: 'post',
    headers: { authorization: `Bearer ${await town.tokenOf('careers')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ version: 1 }),
  });
  expect(agency.status).toBe(403);
});

it('what takes longer than one may wait goes on, and only whoever began it is told', async () => {
  const { status, body, location } = await simulate(OFFICER, { document: withoutProviders }, 'respond-async');
  expect([status, location]).toEqual([202, `/v1/protocols/e2e-passport/simulations/${body.simulation}`]);
  const again = (claims: JWTPayload) =>
    send(claims, ['get', '/v1/protocols/{id}/simulations/{simulation}', location], { prefer: 'wait=10' });
  expect((await again({ office: 'dpo-of:forge' })).status).toBe(404);
  const told = await again(OFFICER);
  expect([told.status, told.body.roles?.map(({ role }) => role)]).toEqual([200, ['provider']]);
});

it('whoever left while it ran finds the own again, and nobody else’s', async () => {
  const { body } = await simulate(OFFICER, { document: withoutProviders }, 'respond-async');
  const list = (claims: JWTPayload, protocol = 'e2e-passport') =>
    send(claims, ['get', '/v1/protocols/{id}/simulations', `/v1/protocols/${protocol}/simulations`]);
  const [first] = (await list(OFFICER)).body.simulations ?? [];
  expect(first).toMatchObject({ simulation: body.simulation, version: 2 });
  await send(OFFICER, ['get', '/v1/protocols/{id}/simulations/{simulation}', `/v1/protocols/e2e-passport/simulations/${body.simulation}`]);
  expect((await list(OFFICER)).body.simulations?.[0]).toMatchObject({ simulation: body.simulation, state: 'done', done: ulns.length });
  expect((await list(OFFICER, 'early-leaving')).body.simulations).toEqual([]);
  expect((await list({ office: 'dpo-of:forge' })).body.simulations?.some(({ simulation }) => simulation === body.simulation)).toBe(false);
  expect((await list({ office: 'data-manager' })).body.code).toBe('not-permitted');
});

it('what is no protocol, or was not drafted, is refused', async () => {
  expect((await simulate(OFFICER, { document: 'flows: 1' })).body.code).toBe('bad-request');
  expect((await simulate(OFFICER, {})).body.code).toBe('bad-request');
  expect((await simulate(OFFICER, { version: 99 })).body.code).toBe('no-such-protocol');
  expect((await simulate(OFFICER, { document: withoutProviders.replace('e2e-passport', 'another') })).body.code).toBe('no-such-protocol');
});

it('each question is recorded, with a look at each learner of an example, and replays', async () => {
  const events = (await town.node.store.readAll({ limit: 10_000 })).filter(({ type }) => type === LOOK_DECIDED);
  expect(events.filter(({ stream }) => stream.includes('nobody')).length).toBe(0);
  const learner = await learnerIdOf(town, 'careers', `uln:${ulns[0]}`);
  expect(events.some(({ stream }) => stream === `disclosure-${learner}`)).toBe(true);
  for (const event of events) {
    const again = await replay(town.node, event);
    expect(again?.again).toEqual(again?.recorded);
  }
});

it('the command says the same in sentences', async () => {
  const place = new Workplace();
  writeFileSync(place.path('passport.yaml'), withoutProviders);
  writeFileSync(place.path('officer.jwt'), (await issuer.bearer(OFFICER)).replace('Bearer ', ''));
  writeFileSync(place.path('manager.jwt'), (await issuer.bearer({ office: 'data-manager' })).replace('Bearer ', ''));
  const simulated = (named: string, token: string) =>
    place.run(['protocol', 'simulate', named, '--token', place.path(token), '--url', town.server.url]);
  const { code, out } = await simulated(place.path('passport.yaml'), 'officer.jwt');
  expect([code, out.split('\n').slice(0, 2)]).toEqual([
    0,
    ['e2e-passport@2 against e2e-passport@1, of 3 learners:', 'provider: 1 disclosures of 1 learners lost'],
  ]);
  expect((await simulated('e2e-passport@1', 'officer.jwt')).out).toContain('Nobody would be shown anything else.');
  expect((await simulated('e2e-passport@1', 'manager.jwt')).err).toContain('data protection officers');
  expect((await simulated('e2e-passport', 'officer.jwt')).code).toBe(2);
  place.remove();
});
