// Looks by day at what an agency told, by HTTP: as many as the list of that day has, for the agency's officer and the partnership's
// (console.md, picture 6; ADR 66).
import { type Body, CAREERS, FORGE, MANAGER, type Officer, OverseenTown, PARTNERSHIPS, STRANGER, type Told } from './overseen-town.ts';

interface Day {
  readonly day: string;
  readonly looks: number;
  readonly refused: number;
  readonly unusual: readonly string[];
}

const PATH = '/v1/audit/agency-looks';
const FIRST = '2026-10-01';

let overseen: OverseenTown;
beforeAll(async () => {
  overseen = await OverseenTown.open();
});
afterAll(() => overseen.close());

const caughtUp = async ({ town } = overseen): Promise<void> => {
  const { projections, store } = town.node;
  for (const view of ['flows', 'unusual-access']) await projections.waitFor(view, await store.head(), 10_000);
};
const ask = async (claims: Officer, search = ''): Promise<Told & { days: readonly Day[] }> => {
  await caughtUp();
  const told = await overseen.ask(claims, `${PATH}?${search}`, PATH);
  return { ...told, days: (told.body['days'] ?? []) as readonly Day[] };
};
const listed = (claims: Officer, day: string, search = ''): Promise<Told> =>
  overseen.ask(claims, `${PATH}/${day}?${search}`, `${PATH}/{day}`);
const rowsOf = ({ body }: Told): readonly Body[] => body['rows'] as readonly Body[];

it('each day has as many as its list, of what others saw and of what the own staff asked', async () => {
  for (const [claims, search, agency] of [
    [CAREERS, '', 'careers'],
    [FORGE, '', 'forge'],
    [PARTNERSHIPS, 'agency=careers', 'careers'],
  ] as const) {
    const { status, body, days } = await ask(claims, search);
    expect([status, body['agency']]).toEqual([200, agency]);
    expect(days.length).toBe(2);
    for (const { day, looks, unusual } of days) {
      const rows = rowsOf(await listed(claims, day, search));
      expect([rows.length, unusual]).toEqual([looks, []]);
      expect(rows.map(({ recipient }) => recipient)).toContain('forge');
    }
  }
  expect((await ask(STRANGER)).days).toEqual([]);
});

it('tells an agency’s officer no more of a look than any other question does', async () => {
  const [row] = rowsOf(await listed(CAREERS, FIRST));
  const { body } = await overseen.ask(CAREERS, `/v1/audit/decisions/${overseen.story.shownAt}`, '/v1/audit/decisions/{position}');
  expect(row).toEqual(body);
  expect(row).toMatchObject({ position: overseen.story.shownAt, localId: 'c-1', learner: overseen.psn(CAREERS) });
});

it('goes on page by page, each learner on one recorded, and comes as a file', async () => {
  const again = { asker: { agency: 'forge', staff: 'pat' }, ref: `uln:${overseen.uln}`, purposes: ['plan-learning'] } as const;
  await overseen.town.node.gate.ask({ ...again, asked: 'passport', page: { after: 0, limit: 10 } });
  await caughtUp();
  const day = '2026-10-03';
  const first = await listed(FORGE, day, 'limit=1');
  const second = await listed(FORGE, day, `limit=1&cursor=${encodeURIComponent(String(first.body['next']))}`);
  expect(rowsOf(first)).toMatchObject([{ staff: 'pat' }]);
  expect(rowsOf(second)).toHaveLength(1);
  expect(second.body).not.toHaveProperty('next');
  expect(await overseen.looks()).toContainEqual(['operator:dpo-of:forge', 'disclosures']);
  const headers = { authorization: await overseen.bearer(FORGE), accept: 'text/csv' };
  const csv = await (await fetch(`${overseen.town.server.url}${PATH}/${day}?limit=1`, { headers })).text();
  expect(csv.split('\r\n').filter((line) => line.includes(',')).length).toBe(3);
});

/** Ten times the same learner, which is unusual. */
const lookAgainAndAgain = async ({ town, uln } = overseen): Promise<void> => {
  const asked = { ref: `uln:${uln}`, purposes: ['plan-learning'], asked: 'passport', page: { after: 0, limit: 10 } } as const;
  for (let time = 0; time < 10; time++) await town.node.gate.ask({ asker: { agency: 'forge', staff: 'quinn' }, ...asked });
};

it('is outlined on the days of looks that a rule named, to whoever watches those who looked', async () => {
  await lookAgainAndAgain();
  const unusualTo = async (claims: Officer, search = '') => (await ask(claims, search)).days.flatMap(({ unusual }) => unusual);
  expect(await unusualTo(FORGE)).toEqual(['same-learner']);
  expect(await unusualTo(PARTNERSHIPS, 'agency=careers')).toEqual(['same-learner']);
  expect(await unusualTo(CAREERS)).toEqual([]);
});

it('is not outlined by a rule that is switched off', async () => {
  const unwatched = await OverseenTown.open({ CONCORDAT_ACCESS_RULES_OFF: 'same-learner' });
  await lookAgainAndAgain(unwatched);
  await caughtUp(unwatched);
  const { body } = await unwatched.ask(FORGE, PATH, PATH);
  const days = body['days'] as readonly Day[];
  expect([days.some(({ looks }) => looks >= 10), days.flatMap(({ unusual }) => unusual)]).toEqual([true, []]);
  await unwatched.close();
});

it('is of one’s own agency alone, and for officers alone', async () => {
  for (const search of ['agency=careers', 'agency=nobody-at-all']) {
    expect(await ask(FORGE, search)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    expect(await listed(FORGE, FIRST, search)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  }
  expect((await ask(MANAGER, 'agency=careers')).status).toBe(403);
  expect((await listed(MANAGER, FIRST, 'agency=careers')).status).toBe(403);
  const authorization = `Bearer ${await overseen.town.tokenOf('careers')}`;
  for (const path of [PATH, `${PATH}/${FIRST}`])
    expect((await fetch(`${overseen.town.server.url}${path}`, { headers: { authorization } })).status).toBe(403);
});

it('refuses what it cannot read', async () => {
  expect((await ask(PARTNERSHIPS)).body).toMatchObject({ code: 'filter-invalid', parameter: 'agency' });
  expect((await ask(FORGE, 'from=yesterday')).body).toMatchObject({ code: 'filter-invalid', parameter: 'from' });
  expect((await ask(FORGE, 'colour=red')).body).toMatchObject({ code: 'filter-unknown', parameter: 'colour' });
  expect((await listed(FORGE, 'yesterday')).body).toMatchObject({ code: 'filter-invalid', parameter: 'day' });
  expect((await listed(FORGE, FIRST, 'colour=red')).body).toMatchObject({ code: 'filter-unknown', parameter: 'colour' });
});
