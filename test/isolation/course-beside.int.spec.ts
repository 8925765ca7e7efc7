// A learner has a programme and a pupil's course with one agency. Funders are told of the programme alone: nothing of its row, or of how it
// is asked for, tells that there is a course, that it ended, when, or where to (views.md, S11).
import { shippedCatalogue } from '#catalogue';
import type { EventToSend } from '#client';
import { londonDate } from '#kernel';
import { openApiDocument } from '../../apps/broker/api-docs/document.ts';
import { AISHA, BEN, BlackCountry, CHLOE, registered } from '../journeys/black-country.ts';
import { allDecisions } from '../journeys/recorded-decisions.ts';
import { about, leaving, programme } from '../journeys/told.ts';
import { Asking } from './asking.ts';
import { type Question, questionsIn } from './questions.ts';

const LIST = '/v1/starts-and-finishes';
const TODAY = '2026-09-30';
const MONTH = `${LIST}?month=2026-09`;

const started = (uln: string, programmeId: string, startedOn: string): EventToSend => programme(uln, programmeId, { startedOn });
/** Between what is told of the programme. */
const COURSE = (uln: string): readonly EventToSend[] => [
  programme(uln, 'y-1', { kind: 'school-course', title: 'Motor vehicles', startedOn: '2026-09-08' }),
  about(uln, 'programme.moved-on', { programmeId: 'y-1', on: '2026-09-22', destination: '310' }),
];

const townOf = async (course: (uln: string) => readonly EventToSend[]): Promise<BlackCountry> => {
  const country = await BlackCountry.open('2026-09-01');
  await country.tell('2026-09-01', 'wulfrun', registered(AISHA, 'Aisha'), registered(BEN, 'Ben'), registered(CHLOE, 'Chloe'));
  await country.tell(TODAY, 'wulfrun', started(AISHA, 'a-1', '2026-09-07'), ...course(AISHA), started(BEN, 'b-1', '2026-09-21'));
  await country.tell(TODAY, 'wulfrun', started(CHLOE, 'c-1', '2026-09-23'), ...course(CHLOE), leaving(CHLOE, 'c-1', '2026-09-24'));
  await country.caughtUp();
  return country;
};

let beside: BlackCountry;
let without: BlackCountry;
beforeAll(async () => void ([beside, without] = [await townOf(COURSE), await townOf(() => [])]), 120_000);
afterAll(() => Promise.all([beside.close(), without.close()]));

const rowsIn = (country: BlackCountry) => country.list('lsc', MONTH.slice('/v1/'.length), 'account-for-funding');

const questions = (): readonly Question[] => {
  const { registers, clock } = beside.town.node;
  const purposes = [...registers.inForce(londonDate(clock.now())).purposes];
  const asked = { purposes, refs: [], words: ['wulfrun', 'y-1', 'a-1'], days: [TODAY, '2026-10-01'] };
  const all = questionsIn(openApiDocument({ catalogue: shippedCatalogue(), purposes }), asked).filter(({ path }) => path.startsWith(LIST));
  const headers = { purpose: 'account-for-funding' };
  const kinds = ['e2e', 'school-course'].map((kind) => ({ path: `${MONTH}&kind=${kind}&limit=1`, headers }));
  return [...all, ...kinds, { path: `${MONTH}&limit=1`, headers }, { path: MONTH, headers: { ...headers, accept: 'text/csv' } }];
};

it('every answer is as it would be without it', async () => {
  const asked = questions();
  expect(asked.length).toBeGreaterThan(12);
  for (const question of asked) {
    const [one, other] = [await new Asking(beside.town, 'lsc').ask(question), await new Asking(without.town, 'lsc').ask(question)];
    expect([question.path, one]).toEqual([question.path, other]);
  }
  const { rows } = await rowsIn(beside);
  expect(rows.map(({ programmeId, event }) => `${String(event)} ${String(programmeId)}`)).toEqual([
    'start a-1',
    'start b-1',
    'start c-1',
    'left-early c-1',
  ]);
}, 120_000);

it('no more is recorded as shown than without it, so that learner and officer read of no look at its end', async () => {
  const itemsShown = async (country: BlackCountry): Promise<readonly number[]> => {
    const before = (await allDecisions(country.town)).length;
    await rowsIn(country);
    const looks = (await allDecisions(country.town)).slice(before);
    return looks.map(({ decided }) => decided.permitted.flatMap(({ items }) => items).length).toSorted();
  };
  expect(await itemsShown(without)).toEqual([1, 1, 1, 2]);
  expect(await itemsShown(beside)).toEqual([1, 1, 1, 2]);
});
