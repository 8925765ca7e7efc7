// A learner's complaint and question reach the officer of the agency that was asked, who answers them on the same line; nobody else is told
// what was written, nor that it is there (console.md, J7; ADR 58).
import type { LearnerAsker } from '#access';
import { eraseLearner } from '#rights';
import { COMPLAINT, PAGE, QUESTION, QuestionsTown, ULN } from './questions-town.ts';
import { allDecisions } from './recorded-decisions.ts';
import { about } from './told.ts';

const FORGE = { office: 'dpo-of:forge', staff_id: 'hanna' };
const CAREERS = { office: 'dpo-of:careers' };
const PARTNERSHIP = { office: 'dpo-partnership', staff_id: 'olu' };
const OTHERS = [CAREERS, { office: 'dpo-of:anvil' }];

let asked: QuestionsTown;
beforeEach(async () => {
  asked = await QuestionsTown.open();
});
afterEach(() => asked.close());

const WAITING = { kind: 'complaint', id: 'x-1', about: 'forge', askedOn: '2026-10-01', state: 'waiting', answerBy: '2026-11-12' };
const rowsFor = async (claims: object, search = ''): Promise<unknown> => (await asked.ask({ ...claims }, search)).body['rows'];
const acknowledged = { complaintId: 'x-1', text: 'We have it.', due: '2026-10-20', of: PAGE };
const answered = { complaintId: 'x-1', text: 'The address is corrected.', of: PAGE };

it('waits with the officer of the agency that was asked, the oldest first, with the days by which it is answered', async () => {
  const rows = await rowsFor(FORGE);
  expect(rows).toMatchObject([
    { ...WAITING, position: asked.made, localId: 'f-1', acknowledgeBy: '2026-10-31', due: '2026-10-31', overdue: false },
    { kind: 'question', id: 'q-1', position: asked.asked, state: 'waiting', answerBy: '2026-11-12', due: '2026-11-12' },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/address|look/);
  expect(await rowsFor(FORGE, '?kind=question')).toMatchObject([{ id: 'q-1' }]);
  const first = (await asked.ask(FORGE, '?limit=1')).body;
  expect(first['rows']).toMatchObject([{ id: 'x-1' }]);
  expect(await rowsFor(FORGE, `?limit=1&cursor=${String(first['next'])}`)).toMatchObject([{ id: 'q-1' }]);
  expect((await asked.ask(FORGE, '?colour=red')).body).toMatchObject({ code: 'filter-unknown' });
  expect((await asked.ask(FORGE, '?state=lost')).body).toMatchObject({ code: 'filter-invalid', parameter: 'state' });
});

it('is opened to be answered, for that reason, and the learner sees who opened it', async () => {
  const before = await asked.town.node.store.head();
  const { status, body } = await asked.open(FORGE, asked.made);
  expect(status).toBe(200);
  expect(body).toMatchObject({ ...WAITING, regarding: 'my address', text: COMPLAINT.text, answers: [], answerAs: 'local:f-1', of: PAGE });
  expect(JSON.stringify(body)).not.toContain(QUESTION.text);
  const [decision, ...more] = (await allDecisions(asked.town)).filter(({ position }) => position > before);
  expect(more).toEqual([]);
  expect(decision?.decided).toMatchObject({
    recipient: 'operator:dpo-of:forge',
    staff: 'hanna',
    asked: 'thread',
    reason: `to answer the complaint at position ${asked.made}`,
    purposes: ['answer-rights'],
    permitted: [{ clause: 'oversight@1#OV2' }],
  });
  const seen = (await asked.me('seen')).body['decisions'] as readonly unknown[];
  expect(seen).toContainEqual(expect.objectContaining({ recipient: 'operator:dpo-of:forge', asked: 'thread', outcome: 'answered' }));
});

it('is acknowledged and answered on the same line, which the learner reads', async () => {
  const { answerAs, of } = (await asked.open(FORGE, asked.made)).body;
  await asked.town.tell('forge', {
    ...about(ULN, 'complaint.acknowledged', { ...acknowledged, of: String(of) }),
    subject: String(answerAs),
  });
  expect(await rowsFor(FORGE, '?kind=complaint')).toMatchObject([
    { state: 'acknowledged', due: '2026-10-20', acknowledgedOn: '2026-10-01' },
  ]);
  expect((await asked.me('complaints')).body['rows']).toMatchObject([
    { state: 'acknowledged', acknowledgement: 'We have it.', answerBy: '2026-10-20', due: '2026-10-20', answers: [] },
  ]);
  await asked.town.tell(
    'forge',
    about(ULN, 'complaint.answered', answered),
    about(ULN, 'question.answered', { questionId: 'q-1', text: 'To plan.', of: PAGE }),
  );
  expect(await rowsFor(FORGE)).toEqual([]);
  expect(await rowsFor(FORGE, '?state=answered')).toMatchObject([{ id: 'q-1' }, { id: 'x-1', state: 'answered', overdue: false }]);
  expect((await asked.open(FORGE, asked.made)).body['answers']).toMatchObject([
    { kind: 'acknowledgement', text: 'We have it.', due: '2026-10-20' },
    { kind: 'answer', text: 'The address is corrected.' },
  ]);
  expect((await asked.me('complaints')).body['rows']).toMatchObject([
    { state: 'answered', answers: [{ text: answered.text, from: 'forge' }] },
  ]);
  expect((await asked.me('questions')).body['rows']).toMatchObject([{ state: 'answered', answers: [{ text: 'To plan.' }] }]);
});

it('is overdue when its day is past, with the officer, in the numbers of today and with the learner; no promise puts it off', async () => {
  await asked.town.tell('forge', about(ULN, 'complaint.acknowledged', { ...acknowledged, due: '2027-09-30' }));
  asked.at('2026-11-13');
  expect(await rowsFor(FORGE)).toMatchObject([
    { id: 'x-1', due: '2026-11-12', overdue: true },
    { id: 'q-1', due: '2026-11-12', overdue: true },
  ]);
  for (const claims of [FORGE, PARTNERSHIP])
    expect((await asked.ask(claims, '', '/v1/audit/summary')).body).toMatchObject({
      questions: { open: 2, overdue: 2, due: '2026-11-12' },
    });
  expect((await asked.ask(CAREERS, '', '/v1/audit/summary')).body).toMatchObject({ questions: { open: 0, overdue: 0 } });
  expect((await asked.me('complaints')).body['rows']).toMatchObject([{ overdue: true, due: '2026-11-12' }]);
  expect((await asked.me('questions')).body['rows']).toMatchObject([{ overdue: true, answerBy: '2026-11-12' }]);
});

it('is told to the partnership’s officer by its days alone, who opens none', async () => {
  expect(await rowsFor(PARTNERSHIP)).toMatchObject([{ id: 'x-1', about: 'forge' }, { id: 'q-1' }]);
  const nobody = await asked.open(PARTNERSHIP, '999999');
  expect(nobody.status).toBe(404);
  expect(await asked.open(PARTNERSHIP, asked.made)).toEqual(nobody);
});

it('is nothing to others’ officers, to staff, to the data manager and to strangers, who cannot tell', async () => {
  await asked.open(FORGE, asked.made);
  for (const claims of OTHERS) {
    expect(await rowsFor(claims)).toEqual([]);
    const nobody = await asked.open(claims, '999999');
    expect([nobody.status, await asked.open(claims, asked.made), await asked.open(claims, asked.asked)]).toEqual([404, nobody, nobody]);
  }
  expect((await asked.ask({ office: 'data-manager' })).status).toBe(403);
  expect((await asked.ask({ office: 'dpo-of:nobody-of-that-name' })).status).toBe(401);
  const token = await asked.town.tokenOf('forge');
  for (const path of ['/v1/audit/questions', `/v1/audit/questions/${asked.made}`])
    expect((await fetch(`${asked.town.server.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
  const looks = await asked.town.node.gate.audit({
    asker: { learner: asked.learner } satisfies LearnerAsker,
    learner: asked.learner,
    parameters: {},
  });
  const lookers = looks.outcome === 'answered' ? looks.told.map(({ recipient }) => recipient) : [];
  expect(lookers.filter((one) => one.startsWith('operator:') && one !== 'operator:learner')).toEqual(['operator:dpo-of:forge']);
});

it('may be answered by an agency that has nothing to do with the learner, once the learner asked it, and of nobody else', async () => {
  const put = { questionId: 'q-2', about: 'anvil', text: 'Do you hold anything of mine?' };
  const reply = about(ULN, 'question.answered', { questionId: 'q-2', text: 'Nothing.', of: PAGE });
  expect((await asked.town.send('anvil', reply)).map(({ problem }) => problem?.code)).toEqual(['no-such-learner']);
  const [receipt] = await asked.act(about(ULN, 'question.asked', put));
  expect((await asked.open({ office: 'dpo-of:anvil' }, String(receipt?.position))).body).toMatchObject({ text: put.text });
  await asked.town.tell('anvil', reply);
  expect((await asked.me('questions')).body['rows']).toContainEqual(expect.objectContaining({ id: 'q-2', state: 'answered' }));
  const others = about(ULN, 'question.answered', { questionId: 'q-1', text: 'Mine now.', of: PAGE });
  expect((await asked.town.send('anvil', others)).map(({ problem }) => problem?.code)).toEqual(['unknown-reference']);
  expect((await asked.town.send('wulfrun', others)).map(({ problem }) => problem?.code)).toEqual(['no-such-learner']);
});

it('goes with the learner who is erased', async () => {
  await eraseLearner(asked.town.node, { learner: asked.learner, ground: 'b' });
  expect(await rowsFor(FORGE)).toEqual([]);
  expect((await asked.open(FORGE, asked.made)).status).toBe(404);
});
