// Which day a list is of is London's, whatever the clocks of the broker say: states and terms change at London's midnight, in summer and in
// winter, at the end of a year and of February (views.md, V9 and part 7).
import type { EventToSend } from '#client';
import { addDays, fixedClock } from '#kernel';
import { allLists } from '#read-models';
import { about, programme } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

const ULN = ulnOf(1);
const PURPOSES = 'support-learner, deliver-programme, track-participation';
/** Last days in time, each of something of its own. */
const TERMS = ['2026-10-24', '2026-10-25', '2026-12-31', '2027-03-27', '2027-03-28'] as const;

/** When it is asked, and which day that is in London: clocks go back on 25 October 2026 and forward on 28 March 2027, both at 01:00Z. */
const MOMENTS = [
  ['2026-10-24T22:30:00Z', '2026-10-24'],
  ['2026-10-24T23:30:00Z', '2026-10-25'],
  ['2026-10-25T00:30:00Z', '2026-10-25'],
  ['2026-10-25T23:30:00Z', '2026-10-25'],
  ['2026-10-26T00:30:00Z', '2026-10-26'],
  ['2026-12-31T23:30:00Z', '2026-12-31'],
  ['2027-01-01T00:30:00Z', '2027-01-01'],
  ['2027-03-27T23:30:00Z', '2027-03-27'],
  ['2027-03-28T00:30:00Z', '2027-03-28'],
  ['2027-03-28T22:30:00Z', '2027-03-28'],
  ['2027-03-28T23:30:00Z', '2027-03-29'],
] as const;

type Row = Readonly<Record<string, unknown>>;

const clock = fixedClock(Date.parse('2026-09-01T09:00:00Z'));
let town: Town;

const tell = async (agency: string, ...events: readonly EventToSend[]): Promise<void> => void (await town.tell(agency, ...events));

beforeAll(async () => {
  town = await Town.open({ clock, following: true });
  await tell('careers', registration(ULN, 'c-1'), about(ULN, 'learner.adviser-assigned', { name: 'Pat', role: 'personal-adviser' }));
  await tell('careers', about(ULN, 'referral.made', { referralId: 'r-1', to: 'forge', route: 'connexions' }));
  await tell('forge', about(ULN, 'referral.accepted', { referralId: 'r-1' }));
  for (const due of TERMS) {
    clock.set(Math.max(clock.now(), Date.parse(`${addDays(due, -14)}T12:00:00Z`)));
    // A programme begun 28 days before, of which the adviser hears 14 days before, and a review seven days before: all due on one day.
    await tell('forge', programme(ULN, due, { startedOn: addDays(due, -28) }));
    await tell('careers', about(ULN, 'adviser.informed', { programmeId: due, on: addDays(due, -14) }));
    await tell('forge', about(ULN, 'review.scheduled', { reviewId: due, programmeId: due, on: addDays(due, -7) }));
    await tell('forge', about(ULN, 'programme.agreed', { programmeId: due, version: '1', objectives: ['read'] }));
  }
}, 60_000);
afterAll(() => town.close());

const rowsOf = async (agency: string, path: string): Promise<readonly Row[]> => {
  const { node, server } = town;
  const head = await node.store.head();
  for (const name of new Set(['ties', ...allLists.map(({ view }) => view.name)])) await node.projections.waitFor(name, head, 20_000);
  const authorization = `Bearer ${await town.tokenOf(agency)}`;
  const response = await fetch(`${server.url}/v1/${path}`, { headers: { authorization, purpose: PURPOSES } });
  const { rows = [] } = (await response.json()) as { readonly rows?: readonly Row[] };
  return rows;
};

/** Of what was told by then: which terms have passed. */
const passed = (rows: readonly Row[], isPast: (row: Row) => boolean): readonly unknown[] =>
  rows
    .filter(isPast)
    .map(({ programmeId }) => programmeId)
    .sort();

describe.each(MOMENTS)('at %s it is %s', (moment, day) => {
  const isBefore = (due: string): boolean => due < day;
  beforeEach(() => clock.set(Date.parse(moment)));

  it('follow-ups are overdue from the day after the last in time', async () => {
    expect(passed(await rowsOf('careers', 'follow-ups'), ({ state }) => state === 'overdue')).toEqual(TERMS.filter(isBefore));
  });

  it('reviews are missed from the day after the week in which they could be held', async () => {
    expect(passed(await rowsOf('forge', 'reviews'), ({ state }) => state === 'missed')).toEqual(TERMS.filter(isBefore));
  });

  it('risk is missing from the day after the four weeks, and weeks count from the first day', async () => {
    expect(passed(await rowsOf('forge', 'risk-assessments'), ({ state }) => state === 'missing')).toEqual(TERMS.filter(isBefore));
    const [{ programmes } = {}] = await rowsOf('careers', 'caseload');
    const weeks = (programmes as readonly Row[]).map(({ programmeId, week }) => [programmeId, week]);
    const days = TERMS.map((due) => Math.round((Date.parse(day) - Date.parse(addDays(due, -28))) / 86_400_000));
    expect(weeks).toEqual(TERMS.map((due, n) => [due, (days[n] ?? 0) < 0 ? null : Math.floor((days[n] ?? 0) / 7) + 1]));
  });

  it('duties are overdue from the day after the last in time', async () => {
    const rows = await rowsOf('careers', 'duties?duty=follow-up');
    expect(passed(rows, ({ state }) => state === 'overdue')).toEqual(TERMS.filter(isBefore));
  });
});

describe('of a leap year', () => {
  const isMissed = async (on: string): Promise<boolean> =>
    (await rowsOf('forge', `reviews?on=${on}`)).some(({ reviewId, state }) => reviewId === 'leap' && state === 'missed');

  it('29 February is a day like others: a week after the 22nd', async () => {
    clock.set(Date.parse('2027-04-01T12:00:00Z'));
    await tell('forge', about(ULN, 'review.scheduled', { reviewId: 'leap', programmeId: TERMS[0], on: '2028-02-22' }));
    expect([await isMissed('2028-02-28'), await isMissed('2028-02-29'), await isMissed('2028-03-01')]).toEqual([false, false, true]);
  });
});
