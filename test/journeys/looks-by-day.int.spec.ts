// Looks at one learner by day, by HTTP: as many as the list of that day has, outlined where a rule about looks names one of them
// (console.md, picture 6).
import type { JWTPayload } from 'jose';
import { CAREERS, FORGE, type Officer, OverseenTown, PARTNERSHIPS, STRANGER } from './overseen-town.ts';

interface Day {
  readonly day: string;
  readonly looks: number;
  readonly refused: number;
  readonly unusual: readonly string[];
}

let overseen: OverseenTown;
beforeAll(async () => {
  overseen = await OverseenTown.open();
  await lookAgainAndAgain(overseen);
});
afterAll(() => overseen.close());

/** Somebody of the careers service's officer, at one learner. */
const lookAgainAndAgain = async (of: OverseenTown): Promise<void> => {
  const again = { ...CAREERS, staff_id: 'cy' };
  const path = '/v1/audit/learners/{ref}';
  for (let time = 0; time < 10; time++) await of.ask(again, path.replace('{ref}', of.refOf(CAREERS)), path);
};

const PATH = '/v1/audit/looks';
const ask = async (claims: JWTPayload, learner: string, { more = '', of = overseen } = {}) => {
  const { projections, store } = of.town.node;
  await projections.waitFor('unusual-access', await store.head(), 10_000);
  const told = await of.ask(claims, `${PATH}?learner=${learner}${more}`, PATH);
  return { ...told, days: (told.body['days'] ?? []) as readonly Day[] };
};
const by = (claims: Officer, more = '') => ask(claims, overseen.refOf(claims), { more });
const listed = async (day: string, more = ''): Promise<unknown> => {
  const path = '/v1/audit/decisions';
  const search = `?learner=${overseen.psn()}&from=${day}&to=${day}${more}`;
  return (await overseen.ask(PARTNERSHIPS, path + search, path)).body['total'];
};

it('each day has as many as its list, refusals among them', async () => {
  const { status, body, days } = await by(PARTNERSHIPS);
  expect([status, body['learner']]).toEqual([200, overseen.psn()]);
  const [first] = days;
  expect(days.length).toBeGreaterThanOrEqual(2);
  expect(first).toEqual({ ...first, looks: await listed(first?.day ?? ''), refused: await listed(first?.day ?? '', '&outcome=refused') });
  expect(first?.refused).toBeGreaterThan(0);
});

it('a day is outlined by the rule that one of its looks met, and not to the office that looked', async () => {
  const unusualTo = async (claims: Officer): Promise<readonly string[]> => (await by(claims)).days.flatMap(({ unusual }) => unusual);
  expect(await unusualTo(PARTNERSHIPS)).toEqual(['same-learner']);
  expect(await unusualTo(CAREERS)).toEqual([]);
  expect(await unusualTo(FORGE)).toEqual([]);
});

it('no day is outlined by a rule that is switched off', async () => {
  const of = await OverseenTown.open({ CONCORDAT_ACCESS_RULES_OFF: 'same-learner' });
  await lookAgainAndAgain(of);
  const { days } = await ask(PARTNERSHIPS, of.refOf(PARTNERSHIPS), { of });
  expect([days.some(({ looks }) => looks >= 10), days.flatMap(({ unusual }) => unusual)]).toEqual([true, []]);
  await of.close();
});

it('an agency’s officer is told of its affair alone', async () => {
  const total = (days: readonly Day[]): number => days.reduce((sum, { looks }) => sum + looks, 0);
  const [all, ofForge] = [await by(PARTNERSHIPS), await by(FORGE)];
  expect(total(ofForge.days)).toBeLessThan(total(all.days));
  expect(total(ofForge.days)).toBeGreaterThan(0);
});

it('days that were not asked about are left out', async () => {
  const { body, days } = await by(PARTNERSHIPS, '&from=2020-01-01&to=2020-02-01');
  expect([body['from'], body['to'], days]).toEqual(['2020-01-01', '2020-02-01', []]);
  expect((await by(PARTNERSHIPS, '&from=yesterday')).body).toMatchObject({ code: 'filter-invalid', parameter: 'from' });
  expect((await by(PARTNERSHIPS, '&colour=red')).body).toMatchObject({ code: 'filter-unknown', parameter: 'colour' });
});

it('to a stranger there is nobody', async () => {
  const nobody = await ask(STRANGER, 'psn:AAAAAAAAAAAAAAAAAAAAAA');
  expect(nobody).toMatchObject({ status: 404, body: { code: 'no-such-learner' } });
  expect(await by(STRANGER)).toEqual(nobody);
});

it('is a look itself', async () => {
  const looks = async (): Promise<number> => (await by(PARTNERSHIPS)).days.reduce((sum, day) => sum + day.looks, 0);
  const before = await looks();
  expect(await looks()).toBe(before + 1);
});
