// What a signed message may be (contracts.md, Envelope and HTTP): batches, limits, signatures that do not hold, receipts as a JWS.
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { generateSigningKey, signEvents, signingKeyOf } from '#client';
import type { AgencyEvent, Receipt } from '#client';
import { fixedClock } from '#kernel';
import { learnerStream } from '#learner-file';
import { decodePayload, type Evidence, keysOf, verifyEvidence } from '#privacy';
import { openSealed } from '#privacy/opening';
import { learnerIdOf } from './recorded-decisions.ts';
import { signText, withHeader } from './raw-message.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';
import { about, adviser, MORNING, programme, referral } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

let learners = 0;
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln));
  return uln;
};
const housing = (uln: string, note = 'x') => about(uln, 'circumstance.noted', { kind: 'housing', note });
const codesOf = (receipts: readonly Receipt[]): readonly string[] => receipts.map(({ outcome, problem }) => problem?.code ?? outcome);

/** What came of a message that is not taken: its status and code, and that nothing of it was recorded. */
const refusal = async (message: string, headers: Readonly<Record<string, string>> = {}): Promise<readonly [number, string]> => {
  const head = await town.node.store.head();
  const response = await town.post(message, headers);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const { code } = (await response.json()) as { readonly code: string };
  expect(await town.node.store.head()).toBe(head);
  return [response.status, code];
};

/** The newest entry of the quarantine. */
const quarantined = async () => (await town.node.quarantine.list({ limit: 1000 })).at(-1);

describe('a batch', () => {
  it('is judged one by one, in order, each on what those before it left', async () => {
    const uln = ulnOf(++learners);
    const first = town.event('careers', housing(uln));
    const events: readonly AgencyEvent[] = [
      town.event('careers', housing(uln, 'too early')),
      town.event('careers', registration(uln, `c-${uln}`)),
      town.event('careers', assessment(uln, { assessmentId: 'a-1' })),
      town.event('careers', assessment(uln, { assessmentId: 'a-2' })),
      town.event('careers', referral(uln, 'forge', { assessments: ['a-1'] })),
      first,
      first,
      { ...first, data: { kind: 'housing', note: 'other' } },
    ];
    const response = await town.post(await town.jws('careers', events), { authorization: `Bearer ${await town.tokenOf('careers')}` });
    const { receipts } = (await response.json()) as { readonly receipts: readonly Receipt[] };
    expect(codesOf(receipts)).toEqual([
      'no-such-learner',
      'accepted',
      'accepted',
      'already-captured',
      'accepted',
      'accepted',
      'duplicate',
      'conflict',
    ]);
    expect(receipts.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(receipts[3]).toMatchObject({ existing: { assessmentId: 'a-1' } });
    expect(receipts[6]).toEqual({ ...receipts[5], outcome: 'duplicate' });
    expect(new Set(receipts.flatMap(({ position }) => position ?? [])).size).toBe(5);
  });

  it('holds up to 500 events, and no more', async () => {
    const uln = await newLearner();
    const events = Array.from({ length: 501 }, () => town.event('careers', housing(uln)));
    expect(await refusal(await town.jws('careers', events))).toEqual([400, 'too-many-events']);
    const response = await town.post(await town.jws('careers', events.slice(1)));
    const { receipts } = (await response.json()) as { readonly receipts: readonly Receipt[] };
    expect(receipts).toHaveLength(500);
    expect(new Set(codesOf(receipts))).toEqual(new Set(['accepted']));
  });

  it('may hold no event', async () => {
    const response = await town.post(await town.jws('careers', []));
    expect([response.status, await response.json()]).toEqual([200, { receipts: [] }]);
  });

  it('has one source: with an event of another nothing of it is taken', async () => {
    const uln = await newLearner();
    const batch = await town.jws('careers', [town.event('careers', housing(uln)), town.event('forge', housing(uln))]);
    expect(await refusal(batch)).toEqual([401, 'foreign-source']);
  });
});

describe('a message that cannot be attributed', () => {
  const whole = async (): Promise<readonly [string, AgencyEvent]> => {
    const event = town.event('careers', housing(await newLearner(), 'CANARY'));
    return [await town.jws('careers', event), event];
  };
  const header = (more: Readonly<Record<string, unknown>>) => ({ kid: town.keyOf('careers').kid, cty: 'cloudevents+json', ...more });
  const under = async (more: Readonly<Record<string, unknown>>): Promise<string> => withHeader((await whole())[0], header(more));
  const flipped = (jws: string): string => {
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    bytes[7] = (bytes[7] as number) ^ 1;
    return [header, payload, bytes.toString('base64url')].join('.');
  };

  it.each([
    ['signature', 'a flipped bit of its signature', async () => flipped((await whole())[0])],
    ['algorithm', 'alg none', async () => (await under({ alg: 'none' })).replace(/[^.]+$/, '')],
    ['algorithm', 'alg HS256', () => under({ alg: 'HS256' })],
    ['key-mismatch', 'alg ES256 for an Ed25519 key', () => under({ alg: 'ES256' })],
    [
      'unknown-key',
      'a key that nobody registered',
      async () => signEvents((await whole())[1], await signingKeyOf((await generateSigningKey()).privateJwk)),
    ],
    ['foreign-source', "another agency's key", async () => town.jws('forge', (await whole())[1])],
    [
      'signature',
      "another agency's kid over one's own signature",
      async () => signText(town, 'forge', JSON.stringify((await whole())[1]), header({})),
    ],
    [
      'embedded-key',
      'an embedded key',
      async () => signText(town, 'careers', JSON.stringify((await whole())[1]), { jwk: town.keyOf('careers').publicJwk }),
    ],
  ])('%s: %s, gets 401, is not recorded, and is kept as it came', async (code, _, make) => {
    const message = await make();
    expect(await refusal(message)).toEqual([401, code]);
    const entry = await quarantined();
    expect(entry).toMatchObject({ kind: 'message', channel: 'http', code, state: 'waiting' });
    expect(Buffer.from((await town.node.quarantine.content(entry?.id ?? 0)) ?? []).toString()).toBe(message);
  });

  it('with a header that has to be understood gets 401', async () => {
    expect(await refusal(await under({ alg: 'EdDSA', crit: ['exp'], exp: 1 }))).toEqual([401, 'critical-header']);
  });

  it('once a key is revoked, no more with that key', async () => {
    const event = town.event('st-chads', registration(ulnOf(++learners), 's-1'));
    await town.node.agencies.revokeKey('st-chads', town.keyOf('st-chads').kid, 'lost');
    expect(await refusal(await town.jws('st-chads', event))).toEqual([401, 'unknown-key']);
  });
});

describe('a message that is not well formed', () => {
  it.each([
    ['not-compact', () => Promise.resolve('a.b')],
    ['not-base64url', async () => `${await town.jws('careers', [])}=`],
    ['content-not-json', () => signText(town, 'careers', '{"specversion": "1.0"')],
    ['content-duplicate-member', () => signText(town, 'careers', '{"id": "1", "id": "2"}')],
    ['content-type', () => signText(town, 'careers', '{}', { cty: 'json' })],
    ['not-events', () => signText(town, 'careers', '[]')],
  ])('%s gets 400', async (code, make) => {
    expect(await refusal(await make())).toEqual([400, code]);
  });

  it.each(['text/plain', 'application/json', 'application/octet-stream', 'application/jose+json'])('as %s gets 415', async (type) => {
    const message = await town.jws('careers', town.event('careers', housing(await newLearner())));
    expect(await refusal(message, { 'content-type': type })).toEqual([415, 'unsupported-media-type']);
  });

  it('above 1 MiB gets 413, and one that is not is taken', async () => {
    const uln = await newLearner();
    const event = (bytes: number) => ({ ...town.event('careers', housing(uln)), padding: 'x'.repeat(bytes) });
    const batch = (bytes: number) =>
      town.jws(
        'careers',
        Array.from({ length: 4 }, () => event(bytes)),
      );
    expect(await refusal(await batch(196_608))).toEqual([413, 'too-large']);
    expect((await town.post(await batch(195_500))).status).toBe(200);
  });
});

describe('what was recorded', () => {
  it('can be proved to be what its agency signed, alone or in a batch', async () => {
    const uln = await newLearner();
    const spaced = (events: readonly AgencyEvent[]): string =>
      ` [ ${events.map((event) => JSON.stringify(event, null, 1)).join(' ,\n')} ]\n`;
    const batch = spaced([town.event('careers', housing(uln, 'é "x"')), town.event('careers', housing(uln))]);
    await town.post(await signText(town, 'careers', batch, { cty: 'cloudevents-batch+json' }));
    await town.tell('careers', housing(uln));
    const id = await learnerIdOf(town, 'careers', `uln:${uln}`);
    const events = (await town.node.store.readStream(learnerStream(id))).slice(-3);
    const keys = await keysOf(town.node.vault, events);
    const parts = events.map((event) => {
      const plain = openSealed(keys, { owner: event.meta.owner ?? '', category: event.meta.category ?? '' }, event, event.payload);
      const { header, bytes } = decodePayload<{ readonly evidence: Evidence }>(plain ?? new Uint8Array());
      return { evidence: header.evidence, bytes };
    });
    const key = town.keyOf('careers').publicJwk;
    expect(verifyEvidence(parts.slice(0, 2), key)).toEqual({ verdict: 'verified' });
    expect(verifyEvidence(parts.slice(2), key)).toEqual({ verdict: 'verified' });
    expect(verifyEvidence(parts.slice(2), town.keyOf('forge').publicJwk)).toMatchObject({ verdict: 'refuted' });
  });
});

describe('receipts as a JWS', () => {
  it('verify with the published key of the broker', async () => {
    const jwks = (await (await fetch(`${town.server.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    const event = town.event('forge', programme(ulnOf(9999), 'p-1'));
    const response = await town.post(await town.jws('forge', event), { accept: 'application/jose' });
    expect(response.headers.get('content-type')).toContain('application/jose');
    const { payload } = await compactVerify(await response.text(), createLocalJWKSet(jwks));
    const { receipts } = JSON.parse(Buffer.from(payload).toString()) as { readonly receipts: readonly Receipt[] };
    expect(receipts).toMatchObject([{ id: event.id, source: event.source, outcome: 'rejected', problem: { code: 'no-such-learner' } }]);
  });
});
