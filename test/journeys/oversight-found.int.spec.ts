// What could be seen on a day, where a word in hand leads, and how today stands: data protection officers ask by HTTP, and strangers the
// same (console.md, J3).
import type { JWTPayload } from 'jose';
import { type Body, CAREERS, FORGE, K1, MANAGER, type Officer, OverseenTown, PARTNERSHIPS, STRANGER, type Told } from './overseen-town.ts';

let overseen: OverseenTown;
beforeAll(async () => {
  overseen = await OverseenTown.open();
});
afterAll(() => overseen.close());

const asOfBy = (claims: JWTPayload, search: Readonly<Record<string, string>>): Promise<Told> =>
  overseen.ask(claims, `/v1/audit/as-of?${new URLSearchParams(search).toString()}`, '/v1/audit/as-of');
const findBy = (claims: JWTPayload, query: string, of?: string): Promise<Told> =>
  overseen.ask(claims, '/v1/audit/find', '/v1/audit/find', { query, ...(of !== undefined && { learner: of }) });

describe('what an agency could see on a day', () => {
  const ON_FIRST = { agency: 'forge', day: '2026-10-01', purpose: 'plan-learning' };

  it('is what it was shown on that day, and otherwise after a withdrawal', async () => {
    const told = await asOfBy(PARTNERSHIPS, { ...ON_FIRST, learner: overseen.psn() });
    const decision = await overseen.ask(PARTNERSHIPS, `/v1/audit/decisions/${overseen.story.shownAt}`, '/v1/audit/decisions/{position}');
    const { permitted, refused, outcome } = decision.body;
    expect(told.body).toMatchObject({ permitted, refused, outcome, agency: 'forge', day: '2026-10-01' });
    const today = await asOfBy(PARTNERSHIPS, { ...ON_FIRST, day: '2026-10-03', learner: overseen.psn() });
    expect(JSON.stringify(today.body['permitted'])).not.toContain(K1);
    expect((await asOfBy(PARTNERSHIPS, { ...ON_FIRST, day: '2026-09-01', learner: overseen.psn() })).body).toMatchObject({
      outcome: 'not-taking-part',
    });
  });

  it('is asked by an agency’s officer about that agency alone', async () => {
    const { agency: _, ...own } = ON_FIRST;
    expect((await asOfBy(FORGE, { ...own, learner: overseen.subject })).body).toMatchObject({
      agency: 'forge',
      outcome: 'answered',
      refused: [],
    });
    for (const ref of [overseen.subject, 'psn:AAAAAAAAAAAAAAAAAAAAAA']) {
      expect(await asOfBy(CAREERS, { ...ON_FIRST, learner: ref })).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    }
    expect((await asOfBy(STRANGER, { ...own, learner: overseen.subject })).status).toBe(404);
  });

  it('is asked of a day that has begun', async () => {
    expect((await asOfBy(PARTNERSHIPS, { ...ON_FIRST, day: '2026-10-04', learner: overseen.psn() })).body).toMatchObject({
      code: 'filter-invalid',
      parameter: 'day',
    });
    expect((await asOfBy(PARTNERSHIPS, { ...ON_FIRST, learner: overseen.psn(), colour: 'red' })).body).toMatchObject({
      code: 'filter-unknown',
    });
  });
});

describe('what is in hand', () => {
  it.each<readonly [string, () => Officer, () => string, Body]>([
    ['a ULN', () => PARTNERSHIPS, () => overseen.uln, { kind: 'learner' }],
    ['an own id, for the agency’s officer', () => CAREERS, () => 'c-1', { kind: 'learner', localId: 'c-1' }],
    ['a pseudonym', () => PARTNERSHIPS, () => overseen.psn(), { kind: 'learner' }],
    ['the position of a decision', () => PARTNERSHIPS, () => overseen.story.shownAt, { kind: 'decision' }],
    ['the id of a message, as its receipt names it', () => CAREERS, () => 'message-of-k-1', { kind: 'consent', consent: K1 }],
    ['the position of an event', () => CAREERS, () => overseen.story.withdrawn, { kind: 'consent', consent: K1 }],
  ])('%s leads to it', async (_, claims, query, found) => {
    expect((await findBy(claims(), query())).body).toMatchObject({ found: [{ learner: overseen.psn(claims()), ...found }] });
  });

  it('a consent and a member of staff are found of a learner', async () => {
    expect((await findBy(PARTNERSHIPS, K1, overseen.psn())).body).toMatchObject({ found: [{ kind: 'consent', consent: K1 }] });
    expect((await findBy(PARTNERSHIPS, 'olu', overseen.psn())).body).toMatchObject({ found: [{ kind: 'staff', staff: 'olu' }] });
  });

  it('a consent is found where no learner is named, by its name or its id, of whoever’s affair it is', async () => {
    for (const claims of [PARTNERSHIPS, CAREERS, FORGE]) {
      for (const query of [K1, 'k-1']) {
        const { body } = await findBy(claims, query);
        expect(body).toMatchObject({ found: [{ kind: 'consent', consent: K1, learner: overseen.psn(claims) }] });
        expect(body).not.toHaveProperty('more');
      }
    }
    for (const query of ['forge/k-1', 'careers/k-2', 'k']) expect((await findBy(CAREERS, query)).body).toEqual({ found: [] });
  });

  it('whom a member of staff looked at is found, to the own officer and the partnership’s alone', async () => {
    const asker = { agency: 'forge', staff: 'pat' };
    const asked = {
      asker,
      ref: `uln:${overseen.uln}`,
      purposes: ['plan-learning'],
      asked: 'passport',
      page: { after: 0, limit: 10 },
    } as const;
    await overseen.town.node.gate.ask(asked);
    await overseen.town.node.projections.waitFor('unusual-access', await overseen.town.node.store.head(), 10_000);
    for (const claims of [PARTNERSHIPS, FORGE])
      expect((await findBy(claims, 'pat')).body).toMatchObject({ found: [{ kind: 'staff', staff: 'pat', learner: overseen.psn(claims) }] });
    for (const claims of [CAREERS, STRANGER]) expect((await findBy(claims, 'pat')).body).toEqual({ found: [] });
  });

  it('leaves no look at whom it tells nothing of', async () => {
    const strangers = async () => (await overseen.looks()).filter(([recipient]) => recipient === 'operator:dpo-of:anvil');
    const before = await strangers();
    for (const query of ['careers/k-1', 'k-1', 'pat']) expect((await findBy(STRANGER, query)).body).toEqual({ found: [] });
    expect(await strangers()).toEqual(before);
    expect((await findBy(MANAGER, K1)).status).toBe(403);
  });

  it('is told alike where there is none and where it is not theirs, and recorded blind', async () => {
    const nothing = await findBy(STRANGER, 'nothing of the kind');
    expect(nothing).toEqual({ status: 200, body: { found: [] } });
    for (const query of [
      overseen.uln,
      overseen.subject,
      overseen.story.shownAt,
      overseen.story.withdrawn,
      overseen.story.given,
      overseen.story.learner,
      overseen.psn(STRANGER),
      'message-of-k-1',
    ]) {
      expect(await findBy(STRANGER, query)).toEqual(nothing);
    }
    expect(await findBy(STRANGER, K1, overseen.subject)).toEqual(nothing);
    const [last] = (await overseen.town.node.store.readStream('disclosures-of-operator:dpo-of:anvil')).slice(-1);
    expect(last).toBeDefined();
    expect(Buffer.from(last?.payload ?? []).toString()).not.toContain(overseen.uln);
    expect((await findBy(MANAGER, overseen.uln)).status).toBe(403);
    expect((await findBy(PARTNERSHIPS, ' ')).body).toMatchObject({ code: 'filter-invalid', parameter: 'query' });
  });
});

it('is looked for sixty times a minute by one person, and no oftener', async () => {
  const trying = { ...PARTNERSHIPS, staff_id: 'tries-numbers' };
  for (let n = 0; n < 60; n++) expect((await findBy(trying, `nobody-${n}`)).status).toBe(200);
  expect(await findBy(trying, overseen.uln)).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect((await findBy(PARTNERSHIPS, overseen.uln)).status).toBe(200);
});

describe('today', () => {
  const summaryFor = (claims: JWTPayload) => overseen.ask(claims, '/v1/audit/summary', '/v1/audit/summary');

  it('is told in numbers of the officer’s own affair', async () => {
    const { body } = await summaryFor(PARTNERSHIPS);
    expect(body).toMatchObject({ at: '2026-10-03', withdrawals: 1, refusals: { refused: 1, more: false } });
    expect((await summaryFor(STRANGER)).body).toMatchObject({ withdrawals: 0, refusals: { refused: 1 }, notices: { open: 0, overdue: 0 } });
    expect((await summaryFor(MANAGER)).status).toBe(403);
  });
});
