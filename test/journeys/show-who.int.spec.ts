// "Show who": an officer who knows a pseudonym is told the name for a reason, as a decision of its own that the learner sees; and nobody is
// told more than that, or without one (console.md, 1).
import type { JWTPayload } from 'jose';
import { type Body, CAREERS, FORGE, MANAGER, type Officer, OverseenTown, PARTNERSHIPS, STRANGER, type Told } from './overseen-town.ts';

let overseen: OverseenTown;
beforeAll(async () => {
  overseen = await OverseenTown.open();
});
afterAll(() => overseen.close());

const PATH = '/v1/audit/learners/{ref}/who';
const REASON = 'A mother wrote to us, and we have to answer her.';
const ask = (claims: JWTPayload, ref: string, reason: unknown = REASON): Promise<Told> =>
  overseen.ask(claims, PATH.replace('{ref}', ref), PATH, { reason });
const whoBy = (claims: Officer, reason?: unknown): Promise<Told> => ask(claims, overseen.refOf(claims), reason);

/** As the learner is told who has seen the record. */
const seen = async () => {
  const { learner } = overseen.story;
  const answer = await overseen.town.node.gate.audit({ asker: { learner }, learner, parameters: {} });
  return answer.outcome === 'answered' ? answer.told : [];
};

it('the partnership’s officer is told the name, and nothing else of the learner', async () => {
  const { status, body } = await whoBy(PARTNERSHIPS);
  expect(status).toBe(200);
  expect(Object.keys(body).sort()).toEqual(['familyName', 'givenName', 'learner', 'position']);
  expect(body).toMatchObject({ learner: overseen.psn(), givenName: expect.any(String), familyName: expect.any(String) });
});

it('it is a decision of its own that names the reason, replays, and is seen by the learner', async () => {
  const { position } = (await whoBy(PARTNERSHIPS)).body;
  const path = '/v1/audit/decisions/{position}/replay';
  const again = await overseen.ask(PARTNERSHIPS, path.replace('{position}', String(position)), path, {});
  expect(again.body).toMatchObject({ same: true, decision: { asked: 'who', reason: REASON, outcome: 'answered', staff: 'olu' } });
  const [permit] = (again.body['decision'] as Body)['permitted'] as readonly Body[];
  expect(permit).toMatchObject({ clause: 'oversight@1#OV2', purpose: 'answer-rights' });
  const told = (await seen()).find((one) => String(one.position) === position);
  expect(told).toMatchObject({ recipient: 'operator:dpo-partnership', asked: 'who', reason: REASON });
  expect(told).not.toHaveProperty('staff');
});

it('without a reason of ten characters nothing is told, and nothing recorded', async () => {
  const before = (await seen()).length;
  for (const reason of [undefined, '', 'because', '     because     ', 7, 'x'.repeat(501)]) {
    const told = await ask(PARTNERSHIPS, overseen.psn(), reason ?? null);
    expect(told).toMatchObject({ status: 400, body: { code: 'filter-invalid', parameter: 'reason' } });
  }
  // The learner's own look before was recorded, and no more.
  expect((await seen()).length).toBe(before + 1);
});

it('an agency’s officer is told the name as that agency stated it, and of nobody else', async () => {
  expect((await whoBy(CAREERS)).body).toMatchObject({ localId: 'c-1', givenName: expect.any(String) });
  const ofForge = await whoBy(FORGE);
  expect([ofForge.status, ofForge.body['givenName']]).toEqual([403, undefined]);
});

it('to a stranger there is nobody; to whoever is no such officer nothing', async () => {
  const nobody = await ask(STRANGER, 'psn:AAAAAAAAAAAAAAAAAAAAAA');
  expect(nobody).toMatchObject({ status: 404, body: { code: 'no-such-learner' } });
  expect(await whoBy(STRANGER)).toEqual(nobody);
  expect(await ask(STRANGER, overseen.psn(STRANGER))).toEqual(nobody);
  expect([403, 404]).toContain((await ask(MANAGER, overseen.psn(MANAGER))).status);
  expect(
    (await overseen.ask({ learner: overseen.psn() }, PATH.replace('{ref}', overseen.psn()), PATH, { reason: REASON })).status,
  ).not.toBe(200);
});

it('a file of who saw it holds the look, and never the name', async () => {
  const { body } = await whoBy(PARTNERSHIPS);
  const headers = { authorization: await overseen.bearer(PARTNERSHIPS), accept: 'text/csv' };
  const url = `${overseen.town.server.url}/v1/audit/decisions?learner=${overseen.psn()}`;
  const text = await (await fetch(url, { headers })).text();
  expect(text).toContain(`${String(body['position'])},`);
  expect(text).toContain(',who,');
  for (const name of [body['givenName'], body['familyName']]) expect(text).not.toContain(String(name));
});
