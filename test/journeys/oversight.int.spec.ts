// A data protection officer follows a consent from the day it was given on to what came of its withdrawal, and searches consents; by HTTP,
// with strangers asking the same (console.md, J1 and J2; pictures 1 and 4).
import { compactVerify, createLocalJWKSet, type JSONWebKeySet, type JWTPayload } from 'jose';
import { type Body, CAREERS, FORGE, K1, MANAGER, type Officer, OverseenTown, PARTNERSHIPS, STRANGER, type Told } from './overseen-town.ts';

let overseen: OverseenTown;
beforeAll(async () => {
  overseen = await OverseenTown.open();
});
afterAll(() => overseen.close());

const overviewBy = (claims: Officer, ref = overseen.refOf(claims)): Promise<Told> =>
  overseen.ask(claims, `/v1/audit/learners/${ref}`, '/v1/audit/learners/{ref}');
const lifeBy = (claims: Officer, id = K1, ref = overseen.refOf(claims)): Promise<Told> =>
  overseen.ask(claims, `/v1/audit/consents/${ref}/${encodeURIComponent(id)}`, '/v1/audit/consents/{ref}/{id}');
const consentsBy = (claims: JWTPayload, search = ''): Promise<Told> =>
  overseen.ask(claims, `/v1/audit/consents?${search}`, '/v1/audit/consents');
const rowsOf = ({ body }: Told): readonly Body[] => body['rows'] as readonly Body[];
const officersLooks = async (): Promise<number> =>
  (await overseen.looks()).filter(([recipient]) => recipient === 'operator:dpo-partnership').length;

describe('the life of a consent', () => {
  it('is told from the day it was given on to what came of its withdrawal', async () => {
    const { status, body } = await lifeBy(PARTNERSHIPS);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      learner: overseen.psn(),
      id: K1,
      status: 'withdrawn',
      method: 'online',
      notice: { id: 'e2e', version: '1', language: 'en' },
      evidence: true,
      steps: [
        { kind: 'given', position: overseen.story.given, by: 'learner', capturedBy: 'careers' },
        { kind: 'withdrawn', position: overseen.story.withdrawn, by: 'another', capturedBy: 'careers' },
      ],
      bands: [{ status: 'given' }, { status: 'withdrawn', from: new Date(overseen.town.node.clock.now()).toISOString() }],
      relied: [{ position: overseen.story.shownAt, recipient: 'forge', categories: ['assessment'], purpose: 'plan-learning' }],
      lanes: [{ recipient: 'forge', disclosures: 1, after: 0 }],
      withdrawal: {
        position: overseen.story.withdrawn,
        reliedOnAfter: 0,
        lastBefore: { position: overseen.story.shownAt, recipient: 'forge' },
        firstAfter: { recipient: 'forge', became: 'on-another-ground', level: 'existence' },
        awaited: [],
      },
    });
    for (const told of ['safe', 'phone', 'Sam', 'Reads well', overseen.uln, overseen.story.learner])
      expect(JSON.stringify(body)).not.toContain(told);
  });

  it('is told to the officer who recorded it under the agency’s own id, and to who relied on it without the others’ staff', async () => {
    expect((await lifeBy(CAREERS)).body).toMatchObject({ localId: 'c-1', relied: [{ recipient: 'forge' }] });
    const { body } = await lifeBy(FORGE);
    expect(body).toMatchObject({ id: K1, relied: [{ recipient: 'forge', position: overseen.story.shownAt }] });
    expect(body).not.toHaveProperty('localId');
  });

  it('is a record that anybody checks with the broker’s key, of what it was and no more than that', async () => {
    const { server } = overseen.town;
    const asked = await fetch(`${server.url}/v1/audit/consents/${overseen.refOf(PARTNERSHIPS)}/${encodeURIComponent(K1)}`, {
      headers: { authorization: await overseen.bearer(PARTNERSHIPS), accept: 'application/jose' },
    });
    expect([asked.status, asked.headers.get('content-type')]).toEqual([200, 'application/jose']);
    const keys = createLocalJWKSet((await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet);
    const { payload, protectedHeader } = await compactVerify(await asked.text(), keys);
    expect(protectedHeader.typ).toBe('concordat-consent-record+jws');
    const record = JSON.parse(Buffer.from(payload).toString()) as Body;
    expect(record).toMatchObject({
      pii_principal_id: overseen.psn(),
      log_position: asked.headers.get('concordat-position'),
      event_state: 'withdrawn',
      pii_processing: { privacy_notice: 'e2e, version 1', language: 'en', evidence_held: true, collection_method: 'online' },
      consent_events: [
        { event_type: 'consent_given', log_position: overseen.story.given, entity_id: 'careers' },
        { event_type: 'consent_withdrawn', log_position: overseen.story.withdrawn, entity_id: 'careers' },
      ],
    });
    for (const told of ['safe', 'phone', 'Sam', overseen.uln, overseen.story.learner]) expect(JSON.stringify(record)).not.toContain(told);
  });

  it('looks to a stranger as if there were neither learner nor consent', async () => {
    const nobody = await lifeBy(STRANGER, K1, 'psn:AAAAAAAAAAAAAAAAAAAAAA');
    expect(nobody).toMatchObject({ status: 404, body: { code: 'no-such-learner' } });
    expect(await lifeBy(STRANGER)).toEqual(nobody);
    expect(await lifeBy(STRANGER, K1, overseen.psn(STRANGER))).toEqual(nobody);
    expect(await lifeBy(CAREERS, 'careers/none')).toEqual(nobody);
    expect(await lifeBy(MANAGER, K1, overseen.psn(MANAGER))).toEqual(nobody);
    expect((await lifeBy({ learner: overseen.psn() } as unknown as Officer)).status).toBe(403);
  });
});

describe('one learner at a glance', () => {
  it('is metadata of what is the officer’s affair', async () => {
    expect((await overviewBy(PARTNERSHIPS)).body).toMatchObject({
      consents: [{ id: K1, reliedOn: 1 }],
      identity: [{ type: 'learner.registered', capturedBy: 'careers' }],
      counts: { answered: expect.any(Number), refused: 1 },
    });
    const { body } = await overviewBy(FORGE);
    expect(body).toMatchObject({ consents: [{ id: K1 }], identity: [] });
    expect((await overviewBy(STRANGER)).status).toBe(404);
    expect((await overviewBy(PARTNERSHIPS, 'somebody')).body).toMatchObject({ code: 'filter-invalid' });
  });

  it('is seen by the learner to have been looked at, by strangers too', async () => {
    const seen = await overseen.looks();
    expect(seen).toContainEqual(['operator:dpo-partnership', 'overview']);
    expect(seen).toContainEqual(['operator:dpo-partnership', 'consents']);
    expect(seen).toContainEqual(['operator:dpo-of:anvil', 'overview']);
  });
});

describe('consents across learners', () => {
  it('are found by what they say, those of the officer’s affair alone', async () => {
    expect(rowsOf(await consentsBy(PARTNERSHIPS)).map(({ id }) => id)).toEqual(['careers-south/k-2', K1]);
    expect(
      rowsOf(await consentsBy(PARTNERSHIPS, 'status=withdrawn&recipient=forge&notice=e2e%401&expiresBefore=2027-07-01')).map(
        ({ id }) => id,
      ),
    ).toEqual([K1]);
    expect(rowsOf(await consentsBy(PARTNERSHIPS, 'status=paused'))).toEqual([]);
    expect(rowsOf(await consentsBy(CAREERS)).map(({ id }) => id)).toEqual([K1]);
    expect(rowsOf(await consentsBy(FORGE)).map(({ id }) => id)).toEqual([K1]);
    expect(rowsOf(await consentsBy(STRANGER))).toEqual([]);
    expect((await consentsBy(MANAGER)).status).toBe(403);
  });

  it('come in pages, each learner on one recorded, and as CSV', async () => {
    const first = await consentsBy(PARTNERSHIPS, 'limit=1');
    const next = encodeURIComponent(String(first.body['next']));
    expect(rowsOf(await consentsBy(PARTNERSHIPS, `limit=1&cursor=${next}`)).map(({ id }) => id)).toEqual([K1]);
    expect((await consentsBy(CAREERS, `limit=1&cursor=${next}`)).body).toMatchObject({ code: 'cursor-malformed' });
    const before = await officersLooks();
    const headers = { authorization: await overseen.bearer(PARTNERSHIPS), accept: 'text/csv' };
    const csv = await (await fetch(`${overseen.town.server.url}/v1/audit/consents?limit=1`, { headers })).text();
    expect(csv.split('\r\n').filter((line) => line.includes(',')).length).toBe(3);
    expect(csv).toContain(`${overseen.psn()},,${K1},withdrawn,e2e-passport,plan-learning,assessment`);
    expect(await officersLooks()).toBe(before + 1);
  });

  it('refuse what no filter takes', async () => {
    expect((await consentsBy(PARTNERSHIPS, 'colour=red')).body).toMatchObject({ code: 'filter-unknown' });
    expect((await consentsBy(PARTNERSHIPS, 'status=lost')).body).toMatchObject({ code: 'filter-invalid', parameter: 'status' });
  });
});

describe('withdrawals', () => {
  it('are told with how fast each bit', async () => {
    const withdrawals = (claims: JWTPayload) => overseen.ask(claims, '/v1/audit/withdrawals', '/v1/audit/withdrawals');
    expect(rowsOf(await withdrawals(PARTNERSHIPS))).toMatchObject([
      { id: K1, position: overseen.story.withdrawn, reliedOnAfter: 0, seconds: 0 },
    ]);
    expect(rowsOf(await withdrawals(STRANGER))).toEqual([]);
  });
});
