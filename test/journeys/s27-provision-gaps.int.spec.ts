// S27: a gap that advisers raise stands before everybody until the funder answers it, or places are listed that close it.
import { jest } from '@jest/globals';
import { fixedClock } from '#kernel';
import { BLACK_COUNTRY } from './black-country.ts';
import { type Listed, listed } from './things-listed.ts';
import { MORNING } from './told.ts';
import { Town } from './town.ts';

jest.setTimeout(120_000);
const clock = fixedClock(MORNING);
const YEAR = 365 * 86_400_000;
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, cast: BLACK_COUNTRY, following: true });
});
afterAll(() => town.close());

const ask = (agency: string, search = ''): Promise<Listed> => listed(town, { view: 'provision-gaps', agency }, { search });
const CHILDCARE = { area: 'WV3', occupation: 'Childcare', level: 'level-1' };

it('the gap stands before every party, with places and need beside it, due in six weeks', async () => {
  await town.tell('jobcentre-wv', { type: 'labour-need.published', data: { ...CHILDCARE, count: 20, period: '2027' } });
  await town.tell('connexions-north', {
    type: 'provision.gap-raised',
    data: { ...CHILDCARE, gapId: 'g-1', reason: 'No places within reach' },
  });
  for (const { slug } of BLACK_COUNTRY)
    expect((await ask(slug, 'state=open')).rows).toMatchObject([
      { ...CHILDCARE, raisedBy: 'connexions-north', places: 0, needs: 20, askedBy: null, answer: null, due: '2026-11-12', supportedBy: [] },
    ]);
  expect((await ask('lsc')).rows[0]?.via).toMatchObject([
    { clause: 'planning-intelligence@1#PI2' },
    { clause: 'planning-intelligence@1#PI2' },
  ]);
});

it('whoever raises the same supports it, and makes no second one', async () => {
  await town.tell('connexions-south', {
    type: 'provision.gap-raised',
    data: { area: 'wv3', occupation: 'CHILDCARE', level: 'level-1', reason: 'Same' },
  });
  expect((await ask('lsc')).rows).toMatchObject([{ raisedBy: 'connexions-north', supportedBy: ['connexions-south'] }]);
});

it('on day 43 it is overdue at the LSC for all to see', async () => {
  expect((await ask('bct', 'on=2026-11-12&state=overdue')).rows).toEqual([]);
  expect((await ask('bct', 'on=2026-11-13&state=overdue')).rows).toMatchObject([{ gapId: 'g-1', due: '2026-11-12' }]);
});

it('the LSC answers, and when Wulfrun lists the places the gap closes', async () => {
  const answer = { gapId: 'g-1', decision: 'planned' as const, note: '10 places from January at Wulfrun', of: 'connexions-north' };
  await town.tell('lsc', { type: 'provision.gap-answered', data: answer });
  expect((await ask('st-chads', 'state=answered')).rows).toMatchObject([
    { answeredBy: 'funder', answer: { decision: 'planned', note: answer.note, on: '2026-10-01', by: 'lsc' } },
  ]);
  await town.tell('wulfrun', {
    type: 'provision.listed',
    data: { provisionId: 'w-9', title: 'Childcare', kind: 'fe-course', level: 'level-1', places: 10, startsOn: '2027-01-08', area: 'WV3' },
  });
  expect((await ask('st-chads', 'state=closed')).rows).toMatchObject([
    { answeredBy: 'provision', places: 10, answer: { decision: 'planned' } },
  ]);
});

it('raised again once it was closed, it is another gap, which the LSC has to answer', async () => {
  clock.set(MORNING + YEAR);
  await town.tell('connexions-south', {
    type: 'provision.gap-raised',
    data: { ...CHILDCARE, gapId: 's-1', reason: 'Ten are not enough' },
  });
  const ofChildcare = async (state: string) => (await ask('lsc', `state=${state}`)).rows.map(({ gapId, raisedBy }) => [gapId, raisedBy]);
  expect([await ofChildcare('closed'), await ofChildcare('open')]).toEqual([[['g-1', 'connexions-north']], [['s-1', 'connexions-south']]]);
  const answer = { gapId: 's-1', decision: 'exists' as const, note: 'Five more at Wulfrun' };
  await town.tell('lsc', { type: 'provision.gap-answered', data: answer });
  expect((await ask('lsc', 'state=answered')).rows).toMatchObject([{ gapId: 's-1', places: 10, answer: { decision: 'exists' } }]);
  expect((await ask('lsc', 'state=closed')).rows).toMatchObject([{ gapId: 'g-1', answer: { decision: 'planned' } }]);
});

it('a provider can neither raise nor answer one', async () => {
  for (const event of [
    { type: 'provision.gap-raised', data: { ...CHILDCARE, reason: 'Fund us' } },
    { type: 'provision.gap-answered', data: { gapId: 'g-1', decision: 'declined', note: 'No' } },
  ] as const)
    expect(await town.send('bct', event)).toMatchObject([{ outcome: 'rejected', problem: { code: 'role-not-allowed' } }]);
});

it('a stranger, who is no party, is refused', async () => {
  await town.node.protocols.leave('planning-intelligence', 'castings');
  expect(await ask('castings')).toMatchObject({ status: 403, code: 'not-permitted' });
});
