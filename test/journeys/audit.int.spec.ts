// Who saw what of this child, why, and was it right? A data protection officer asks by HTTP, the learner asks about the own record, and who
// has no business with it is told as if there were nothing (console.md, J1, J2, J17).
import type { JWTPayload } from 'jose';
import { LEARNERS_OWN } from '#access';
import { fixedClock, type LearnerId } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { allDecisions, learnerIdOf } from './recorded-decisions.ts';
import { adviser, MORNING, programme, referral } from './told.ts';
import { assessment, consent, fresh, registration, Town, ulnOf } from './town.ts';

const clock = fixedClock(MORNING);
const uln = ulnOf(1);
const subject = `uln:${uln}`;
const OFFICER = { office: 'dpo-partnership', staff_id: 'olu' };

interface Item {
  readonly type: string;
  readonly source?: string;
}
interface Decision {
  readonly position: string;
  readonly recipient: string;
  readonly outcome: string;
  readonly permitted: readonly { readonly clause: string; readonly consent?: { readonly id: string }; readonly items: readonly Item[] }[];
  readonly [member: string]: unknown;
}

let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
let learner: LearnerId;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  town = await Town.open({ clock, following: true, environment: issuer.settings });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'), consent(uln, fresh('k')), assessment(uln));
  await town.tell('forge', programme(uln, 'p-1'));
  learner = await learnerIdOf(town, 'careers', subject);
  await passportBy('forge');
  await passportBy('anvil');
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

const passportBy = async (agency: string): Promise<number> => {
  const headers = { authorization: `Bearer ${await town.tokenOf(agency)}`, purpose: 'plan-learning' };
  return (await fetch(`${town.server.url}/v1/learners/${subject}/passport`, { headers })).status;
};
const send = async (claims: JWTPayload, method: 'get' | 'post', at: string, path: string) => {
  const response = await fetch(`${town.server.url}${at}`, { method, headers: { authorization: await issuer.bearer(claims) } });
  const text = await response.text();
  contract.check({ method, path, response, text });
  return {
    status: response.status,
    body: JSON.parse(text) as { readonly decisions?: readonly Decision[]; readonly [member: string]: unknown },
  };
};
const DECISIONS = '/v1/audit/decisions';
const ask = (claims: JWTPayload, search: string) => send(claims, 'get', `${DECISIONS}?${search}`, DECISIONS);
const one = (claims: JWTPayload, position: string) => send(claims, 'get', `${DECISIONS}/${position}`, `${DECISIONS}/{position}`);
const replayOf = (claims: JWTPayload, position: string) =>
  send(claims, 'post', `${DECISIONS}/${position}/replay`, `${DECISIONS}/{position}/replay`);
const byPseudonym = (office = OFFICER.office): string => `learner=${town.node.pseudonyms.of(`operator:${office}`, learner)}`;
const seen = (search = '') =>
  send({ learner: town.node.pseudonyms.of(LEARNERS_OWN, learner) }, 'get', `/v1/me/seen${search}`, '/v1/me/seen');

describe('a data protection officer', () => {
  it('finds who saw what of a learner, opens one decision, and checks it again', async () => {
    const { status, body } = await ask(OFFICER, `${byPseudonym()}&recipient=forge`);
    const [decision] = body.decisions ?? [];
    expect([status, decision?.outcome]).toEqual([200, 'answered']);
    const relied = decision?.permitted.find((group) => group.consent !== undefined);
    expect(relied?.items).toContainEqual(expect.objectContaining({ type: 'assessment.recorded', source: 'careers' }));
    const position = decision?.position ?? '';
    const named = { ...decision, learner: town.node.pseudonyms.of('operator:dpo-partnership', learner) };
    expect((await one(OFFICER, position)).body).toEqual(named);
    expect((await replayOf(OFFICER, position)).body).toEqual({ decision: named, same: true });
  });

  it('sees nothing of what is told in it', async () => {
    const { body } = await ask(OFFICER, byPseudonym());
    for (const told of ['Reads well', uln, 'c-1']) expect(JSON.stringify(body)).not.toContain(told);
  });

  it('narrows by what a decision says, and pages on with a cursor of its own question', async () => {
    const all = (await ask(OFFICER, byPseudonym())).body.decisions ?? [];
    const refused = (await ask(OFFICER, `${byPseudonym()}&outcome=not-known`)).body.decisions ?? [];
    expect(refused.map(({ recipient }) => recipient)).toEqual(['anvil']);
    expect((await ask(OFFICER, `${byPseudonym()}&outcome=refused`)).body.decisions).toEqual(refused);
    const first = await ask(OFFICER, `${byPseudonym()}&limit=1`);
    const next = String(first.body['next']);
    expect((await ask(OFFICER, `${byPseudonym()}&limit=1&cursor=${next}`)).body.decisions).toHaveLength(1);
    expect(all.length).toBeGreaterThan(2);
    expect((await ask(OFFICER, `${byPseudonym()}&limit=1&outcome=answered&cursor=${next}`)).body).toMatchObject({
      code: 'cursor-malformed',
    });
    expect((await ask(OFFICER, `${byPseudonym()}&colour=red`)).body).toMatchObject({ code: 'filter-unknown' });
    expect((await ask(OFFICER, `${byPseudonym()}&from=yesterday`)).body).toMatchObject({ code: 'filter-invalid', parameter: 'from' });
    expect((await ask(OFFICER, 'outcome=answered')).body).toMatchObject({ code: 'filter-invalid', parameter: 'learner' });
  });

  it('takes away what was narrowed as a file of as many rows as it was told, page by page, without a name', async () => {
    const asked = `${byPseudonym()}&outcome=answered`;
    const { total } = (await ask(OFFICER, `${asked}&limit=1`)).body;
    const headers = { authorization: await issuer.bearer(OFFICER), accept: 'text/csv' };
    const response = await fetch(`${town.server.url}${DECISIONS}?${asked}&limit=1`, { headers });
    const text = await response.text();
    contract.check({ method: 'get', path: DECISIONS, response, text });
    const [head = '', ...rows] = text.split('\r\n').filter(Boolean);
    expect(head).toMatch(/^position,at,recipient,staff,route,asked,purposes,outcome,permitted,refused,withdrawn,clauses,/);
    expect(rows).toHaveLength(Number(total) + 1);
    expect(rows.some((row) => /forge.*learner,passport,plan-learning,answered,.*assessment/.test(row))).toBe(true);
    expect(response.headers.get('content-disposition')).toMatch(/filename="disclosures-\d+\.csv"/);
    for (const told of ['Reads well', uln, 'c-1']) expect(text).not.toContain(told);
  });

  it('of the agency that asked names the learner as that agency does, and is told of its own looks', async () => {
    const { status, body } = await ask({ office: 'dpo-of:forge' }, `learner=${encodeURIComponent(subject)}`);
    expect(status).toBe(200);
    const decisions = body.decisions ?? [];
    expect(decisions.map(({ recipient }) => recipient)).toContain('forge');
    for (const { recipient, permitted } of decisions.filter((one) => !one.recipient.endsWith('forge'))) {
      expect([recipient, permitted.flatMap(({ items }) => items).filter(({ source }) => source !== 'forge')]).toEqual([recipient, []]);
    }
  });

  it('of an agency with no business there is told as if there were neither learner nor decision', async () => {
    const office = { office: 'dpo-of:anvil' };
    const [decision] = (await ask(OFFICER, `${byPseudonym()}&recipient=forge`)).body.decisions ?? [];
    const nobody = await ask(office, 'learner=psn:AAAAAAAAAAAAAAAAAAAAAA');
    expect(await ask(office, `learner=${encodeURIComponent(subject)}`)).toEqual(nobody);
    expect(await ask(office, byPseudonym(office.office))).toEqual(nobody);
    expect(await one(office, decision?.position ?? '')).toEqual(nobody);
    expect(await replayOf(office, '999999')).toEqual(nobody);
    expect(nobody).toMatchObject({ status: 404, body: { code: 'no-such-learner' } });
  });

  it('finds no decision where the log holds another event', async () => {
    expect((await one(OFFICER, '1')).status).toBe(404);
    expect((await one(OFFICER, 'x')).body).toMatchObject({ code: 'position-malformed' });
  });

  it('is no agency and no learner', async () => {
    const headers = { authorization: `Bearer ${await town.tokenOf('careers')}` };
    for (const path of [`${DECISIONS}?${byPseudonym()}`, '/v1/me/seen']) {
      expect((await fetch(`${town.server.url}${path}`, { headers })).status).toBe(403);
    }
    expect((await send(OFFICER, 'get', '/v1/me/seen', '/v1/me/seen')).body).toMatchObject({ code: 'not-permitted' });
  });
});

describe('a learner', () => {
  it('reads who has seen the own record, the officers among them, and who was refused', async () => {
    const { status, body } = await seen();
    const told = body.decisions ?? [];
    expect(status).toBe(200);
    expect(told.map(({ recipient, outcome }) => [recipient, outcome])).toEqual(
      expect.arrayContaining([
        ['operator:dpo-partnership', 'answered'],
        ['forge', 'answered'],
        ['anvil', 'not-known'],
      ]),
    );
    expect(told.every((decision) => !('staff' in decision))).toBe(true);
  });

  it('is told of others alone where the own looks are left out', async () => {
    await seen();
    const recipients = ((await seen('?own=false')).body.decisions ?? []).map(({ recipient }) => recipient);
    expect(recipients).toContain('forge');
    expect(recipients).not.toContain(LEARNERS_OWN);
    expect((await seen('?own=maybe')).body).toMatchObject({ code: 'filter-invalid', parameter: 'own' });
  });

  it('looks at it itself, and that is recorded too', async () => {
    const before = (await allDecisions(town)).length;
    await seen('?recipient=operator:learner');
    const { body } = await seen('?recipient=operator:learner');
    expect((body.decisions ?? []).length).toBeGreaterThan(0);
    expect((await allDecisions(town)).length).toBe(before);
  });
});
