// S1: a party proposes the next version of an agreement, the officer of the partnership sends it for signature, and until all have signed
// who must nothing of what is shared changes (console.md, J6; ADR 65).
import { writeFileSync } from 'node:fs';
import type { JWTPayload } from 'jose';
import { stringify } from 'yaml';
import { fixedClock } from '#kernel';
import { type ProtocolDocument, shippedProtocols, signDocument, signProposal } from '#sharing-protocols';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { adviser, MORNING, programme, referral } from './told.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';

const clock = fixedClock(MORNING);
const OFFICER = { office: 'dpo-partnership', staff_id: 'olu' };
const ULN = ulnOf(1);
let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  town = await Town.open({ clock, following: true, environment: issuer.settings });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  await town.tell('careers', registration(ULN, 'c-1'), adviser(ULN), referral(ULN, 'forge'), assessment(ULN));
  await town.tell('forge', programme(ULN, 'p-1'));
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

const shipped = shippedProtocols().find(({ id }) => id === 'e2e-passport') as ProtocolDocument;
/** Providers no longer see that an assessment exists. */
const without = (why = shipped.why): ProtocolDocument => ({
  ...shipped,
  ...{ version: 2, why },
  flows: shipped.flows.map((flow) =>
    flow.id === 'EP4' ? { ...flow, to: flow.to.map((to) => ({ ...to, roles: to.roles.filter((role) => role !== 'provider') })) } : flow,
  ),
});

interface Body {
  readonly code?: string;
  readonly proposal?: string;
  readonly positions?: readonly string[];
  readonly proposals?: readonly Readonly<Record<string, unknown>>[];
  readonly sentences?: readonly string[];
  readonly [member: string]: unknown;
}

const send = async (
  authorization: string | undefined,
  [method, path, at]: readonly ['get' | 'post', string, string],
  body?: object,
): Promise<{ readonly status: number; readonly body: Body }> => {
  const response = await fetch(`${town.server.url}${at}`, {
    method,
    headers: { ...(authorization !== undefined && { authorization }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  contract.check({ method, path, response, text });
  return { status: response.status, body: JSON.parse(text) as Body };
};
const ALL = ['get', '/v1/proposals', '/v1/proposals'] as const;
const one = (proposal: string) => ['get', '/v1/proposals/{proposal}', `/v1/proposals/${proposal}`] as const;
const sending = (proposal: string) => ['post', '/v1/proposals/{proposal}/send', `/v1/proposals/${proposal}/send`] as const;

const signerOf = (agency: string) => {
  const { privateJwk, kid } = town.keyOf(agency);
  return { jwk: privateJwk, alg: 'EdDSA' as const, kid };
};
const propose = async (agency: string, document: ProtocolDocument, sent: ProtocolDocument = document) =>
  send(undefined, ['post', '/v1/proposals', '/v1/proposals'], {
    document: stringify(sent),
    statement: await signProposal(document, signerOf(agency)),
  });
const as = (claims: JWTPayload): Promise<string> => issuer.bearer(claims);
const agencys = async (slug: string): Promise<string> => `Bearer ${await town.tokenOf(slug)}`;
const seenByForge = async (): Promise<number> => (await town.passport('forge', 'plan-learning', `uln:${ULN}`)).body.items?.length ?? 0;
const statuses = async (): Promise<readonly (readonly [number, string])[]> => {
  const { versions } = (await (await fetch(`${town.server.url}/v1/protocols/e2e-passport`)).json()) as {
    readonly versions: readonly { readonly version: number; readonly status: string }[];
  };
  return versions.map(({ version, status }) => [version, status]);
};

let proposal = '';

const check = async (token: string, document: ProtocolDocument | string) =>
  send(token, ['post', '/v1/proposal-checks', '/v1/proposal-checks'], {
    document: typeof document === 'string' ? document : stringify(document),
  });

const refusalOf = ({ body }: { readonly body: Body }): unknown => (body['refusal'] as { readonly code: string } | undefined)?.code;

it('a text is looked at before anybody signs it, for its agency and that agency’s officer, and nothing is kept of it', async () => {
  const head = await town.node.store.head();
  for (const token of [await agencys('careers'), await as({ office: 'dpo-of:careers' })]) {
    const { status, body } = await check(token, without());
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        protocol: 'e2e-passport',
        version: 2,
        by: 'careers',
        against: 1,
        waits: false,
        mustSign: ['connexions', 'provider'],
      }),
    ]);
    expect(body['digest']).toBe(`sha256:${body.proposal}`);
    expect(body.sentences).toEqual([expect.stringMatching(/^Providers lose .*assessment/)]);
  }
  expect(refusalOf(await check(await agencys('castings'), without()))).toBe('not-a-party');
  expect(refusalOf(await check(await agencys('careers'), { ...without(), version: 9 }))).toBe('version-not-next');
  expect((await check(await agencys('careers'), 'a: [')).body['refusal']).toEqual({
    code: 'protocol-faulty',
    says: expect.stringMatching(/^Line 1/),
  });
  for (const claims of [OFFICER, { office: 'operator' }, { learner: 'psn:AAAAAAAAAAAAAAAAAAAAAA' }]) {
    const { status, body } = await check(await as(claims), without());
    expect([status, body.code]).toEqual([403, 'not-permitted']);
  }
  expect(await town.node.store.head()).toBe(head);
});

it('what a party proposes is told to agencies and offices, with whose it is and what it would change', async () => {
  const before = await seenByForge();
  const proposed = await propose('careers', without());
  expect([proposed.status, proposed.body.positions?.length]).toEqual([200, 1]);
  proposal = proposed.body.proposal ?? '';
  const waits = { proposal, protocol: 'e2e-passport', version: 2, by: 'careers', against: 1, mustSign: ['connexions', 'provider'] };
  for (const token of [await as(OFFICER), await as({ office: 'data-manager' }), await agencys('anvil')])
    expect((await send(token, ALL)).body.proposals).toEqual([expect.objectContaining(waits)]);
  const { body } = await send(await agencys('forge'), one(proposal));
  expect(body).toMatchObject({ ...waits, digest: `sha256:${proposal}`, keyId: town.keyOf('careers').kid });
  expect(body.sentences).toEqual([expect.stringMatching(/^Providers lose .*assessment/)]);
  expect([await statuses(), await seenByForge()]).toEqual([[[1, 'in-force']], before]);
});

it('learners are told of none, and whoever has no token neither', async () => {
  const learner = await as({ learner: 'psn:AAAAAAAAAAAAAAAAAAAAAA' });
  for (const token of [learner, undefined]) {
    const answers = [await send(token, ALL), await send(token, one(proposal)), await send(token, one('0'.repeat(64)))];
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`)).size).toBe(1);
    expect([401, 403]).toContain(answers[0]?.status);
  }
});

it('nobody proposes in another’s name, for others’ agreements, or without those who must sign', async () => {
  expect((await propose('careers', without(), without('Changed on the way.'))).body.code).toBe('digest-differs');
  const parties = shipped.parties.map((party) => ({ ...party, mustSign: party.role === 'provider' }));
  expect((await propose('forge', { ...without(), parties })).body.code).toBe('signers-dropped');
  expect((await propose('castings', without())).body.code).toBe('not-a-party');
  expect((await propose('careers', { ...without(), version: 9 })).body.code).toBe('version-not-next');
  expect((await propose('careers', { ...without(), title: '' })).body.code).toBe('protocol-faulty');
  expect((await propose('careers', { ...without(), id: 'nothing' })).body.code).toBe('no-such-protocol');
  const stranger = await signDocument(without(), signerOf('careers'));
  const taken = await send(undefined, ['post', '/v1/proposals', '/v1/proposals'], { document: stringify(without()), statement: stranger });
  expect([taken.status, taken.body.code]).toEqual([401, 'signature-invalid']);
  expect((await send(await as(OFFICER), ALL)).body.proposals).toHaveLength(1);
});

it('is sent for signature by the officer of the partnership alone, whatever there is', async () => {
  const head = await town.node.store.head();
  for (const token of [await as({ office: 'dpo-of:careers' }), await as({ office: 'operator' }), await agencys('careers')]) {
    const [there, not] = [await send(token, sending(proposal)), await send(token, sending('0'.repeat(64)))];
    expect([there.status, there.body]).toEqual([403, not.body]);
  }
  expect((await send(await as(OFFICER), sending('0'.repeat(64)))).body.code).toBe('no-such-proposal');
  expect(await town.node.store.head()).toBe(head);
});

it('then waits for signatures, and only once all have signed who must is it in force', async () => {
  const before = await seenByForge();
  const sent = await send(await as(OFFICER), sending(proposal));
  expect([sent.status, sent.body.positions?.length]).toEqual([200, 1]);
  expect((await send(await as(OFFICER), sending(proposal))).body.positions).toEqual([]);
  expect((await send(await as(OFFICER), ALL)).body.proposals).toEqual([]);
  expect([await statuses(), await seenByForge()]).toEqual([
    [
      [2, 'drafted'],
      [1, 'in-force'],
    ],
    before,
  ]);
  const sign = async (agency: string): Promise<number> => {
    const body = await signDocument(without(), signerOf(agency));
    const path = `${town.server.url}/v1/protocols/e2e-passport/2/signatures`;
    return (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/jose' }, body })).status;
  };
  expect(await sign('careers')).toBe(200);
  expect([await statuses(), await seenByForge()]).toEqual([
    [
      [2, 'awaiting-signatures'],
      [1, 'in-force'],
    ],
    before,
  ]);
  expect(await sign('forge')).toBe(200);
  expect(await statuses()).toEqual([
    [2, 'in-force'],
    [1, 'superseded'],
  ]);
  expect(await seenByForge()).toBeLessThan(before);
});

it('the command proposes a file, and says as what it waits', async () => {
  const place = new Workplace();
  const text = { ...without('Once more, with a reason.'), version: 3 };
  writeFileSync(place.path('passport.yaml'), stringify(text));
  writeFileSync(place.path('key.json'), JSON.stringify(town.keyOf('forge').privateJwk));
  const run = () =>
    place.run(['protocol', 'propose', place.path('passport.yaml'), '--key', place.path('key.json'), '--url', town.server.url]);
  const { code, out } = await run();
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^e2e-passport@3 is proposed, as [0-9a-f]{64}: it waits for the data protection officer/),
  ]);
  const signed = await place.run([
    ...['protocol', 'propose', place.path('passport.yaml'), '--key', place.path('key.json'), '--statement', '--url', town.server.url],
  ]);
  expect([signed.code, signed.out]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)]);
  writeFileSync(place.path('passport.yaml'), stringify({ ...text, version: 9 }));
  expect((await run()).err).toContain('It is not proposed: Give the text version 3');
  place.remove();
});
