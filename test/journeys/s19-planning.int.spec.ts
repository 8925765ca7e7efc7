// S19: what there is and what the labour market needs, for all parties and before planning closes.
import { jest } from '@jest/globals';
import { fixedClock } from '#kernel';
import { BLACK_COUNTRY } from './black-country.ts';
import { type Listed, listed } from './things-listed.ts';
import { MORNING } from './told.ts';
import { Town } from './town.ts';

jest.setTimeout(120_000);
const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, cast: BLACK_COUNTRY, following: true });
});
afterAll(() => town.close());

const ask = (view: 'provision' | 'labour-needs' | 'partnerships' | 'offices', agency: string, search = ''): Promise<Listed> =>
  listed(town, { view, agency }, { search });
const places = (count: number) => ({
  type: 'provision.listed' as const,
  data: {
    provisionId: 'w-1',
    title: 'Construction',
    kind: 'fe-course',
    level: 'level-2',
    places: count,
    startsOn: '2027-09-01',
    area: 'WV',
  },
});
const need = (count: number) => ({
  type: 'labour-need.published' as const,
  data: { area: 'WV', occupation: 'Construction', level: 'level-2', count, period: '2027' },
});

beforeAll(async () => {
  await town.tell('wulfrun', places(36));
  await town.tell('lsc', need(50));
  await town.tell('jobcentre-wv', need(55));
  await town.tell('wulfrun', places(40));
});

it('places stand once, as they were listed last, for every party', async () => {
  for (const { slug } of BLACK_COUNTRY) {
    const { rows } = await ask('provision', slug, 'area=wv&level=level-2');
    expect(rows).toMatchObject([{ provisionId: 'w-1', of: 'wulfrun', title: 'Construction', places: 40, startsOn: '2027-09-01' }]);
  }
  expect((await ask('provision', 'lsc')).rows[0]?.via).toMatchObject([
    { clause: 'planning-intelligence@1#PI2', purpose: 'plan-provision' },
  ]);
});

it('needs stand once, as they were published last, whoever published them', async () => {
  for (const agency of ['lsc', 'bct', 'connexions-north'])
    expect((await ask('labour-needs', agency, 'occupation=construction&period=2027')).rows).toMatchObject([
      { count: 55, of: 'jobcentre-wv' },
    ]);
  expect((await ask('labour-needs', 'lsc', 'on=2026-09-30')).rows).toEqual([]);
});

it('another agency that lists the same id changes nothing of it', async () => {
  await town.tell('bct', { ...places(1), data: { ...places(1).data, area: 'B1' } });
  expect((await ask('provision', 'lsc', 'agency=wulfrun')).rows).toMatchObject([{ places: 40, area: 'WV' }]);
});

describe('who plans with whom', () => {
  const partnership = (members: readonly string[]) => ({
    type: 'partnership.declared' as const,
    data: { name: 'WV 14-19', members: [...members], districts: ['WV1', 'WV2'], planningCloses: '2027-02-15' },
  });

  it('a partnership stands once, as it was declared last, for every party', async () => {
    await town.tell('wv-partnership', partnership(['bct']));
    await town.tell('wv-partnership', partnership(['bct', 'wulfrun']));
    for (const { slug } of BLACK_COUNTRY) {
      const { rows } = await ask('partnerships', slug, 'member=wulfrun&district=wv1');
      expect(rows).toMatchObject([{ name: 'WV 14-19', members: ['bct', 'wulfrun'], planningCloses: '2027-02-15', by: 'wv-partnership' }]);
    }
    expect((await ask('partnerships', 'bct', 'member=hts')).rows).toEqual([]);
  });

  it('an office is on the list of the agency that declared it, and of nobody else', async () => {
    const before = await Promise.all(['connexions-south', 'bct'].map(async (agency) => (await ask('offices', agency)).rows));
    await town.tell('connexions-north', { type: 'office.declared', data: { office: 'bilston', name: 'Bilston', districts: ['WV3'] } });
    expect((await ask('offices', 'connexions-north', 'district=WV3')).rows).toMatchObject([
      { office: 'bilston', name: 'Bilston', districts: ['WV3'], via: [{ clause: 'own' }] },
    ]);
    expect((await ask('offices', 'connexions-north', 'district=WV1')).rows).toEqual([]);
    expect(await Promise.all(['connexions-south', 'bct'].map(async (agency) => (await ask('offices', agency)).rows))).toEqual(before);
  });
});

it('who is no party of the agreement is refused', async () => {
  await town.node.protocols.leave('planning-intelligence', 'castings');
  expect(await ask('provision', 'castings')).toMatchObject({ status: 403, code: 'not-permitted' });
  expect(await ask('labour-needs', 'castings')).toMatchObject({ status: 403 });
});
