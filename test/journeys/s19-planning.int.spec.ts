// S19: what there is and what the labour market needs, for all parties and before planning closes.
import { jest } from '@jest/globals';
import { generateSigningKey, signingKeyOf } from '#client';
import { fixedClock } from '#kernel';
import { BLACK_COUNTRY } from './black-country.ts';
import { requestToken } from './request-token.ts';
import { refusedBy, waysOf } from './strangers-ways.ts';
import { type Listed, listed } from './things-listed.ts';
import { MORNING } from './told.ts';
import { Town } from './town.ts';
import { register } from './townsfolk.ts';

jest.setTimeout(120_000);
const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, cast: BLACK_COUNTRY, following: true });
});
afterAll(() => town.close());

const ask = (view: 'provision' | 'labour-needs' | 'partnerships' | 'offices', agency: string, search = ''): Promise<Listed> =>
  listed(town, { view, agency }, { search });
/** Made of what was declared and what was undertaken. */
const calendar = async (agency: string, search = ''): Promise<Listed> => {
  await listed(town, { view: 'undertakings', agency });
  return listed(town, { view: 'partnerships', path: 'planning/calendar', agency }, { search });
};
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

  it('its day stands in the calendar among what agreements on planning ask of their parties, for every party', async () => {
    for (const agency of ['bct', 'lsc', 'st-chads']) {
      const { rows } = await calendar(agency);
      expect(rows.find(({ what }) => what === 'planning-closes')).toMatchObject({
        ...{ on: '2027-02-15', partnership: 'WV 14-19', agencies: ['bct', 'wulfrun'], state: 'ahead', protocol: null },
        via: [{ item: 'partnership.declared', clause: 'planning-intelligence@1#PI2' }],
      });
      const together = rows.find(({ duty }) => duty === 'plan-together');
      expect(together).toMatchObject({ on: '2026-10-01', what: 'undertaking', protocol: 'planning-intelligence', via: [] });
      expect(rows.map(({ on }) => String(on))).toEqual(rows.map(({ on }) => String(on)).toSorted());
    }
    const byThen = await calendar('bct', 'from=2027-02-01&to=2027-03-01&state=ahead');
    expect(byThen.rows).toMatchObject([{ on: '2027-02-15' }]);
  });

  it('what was met is done there, by whom it was said', async () => {
    const meant = async () => (await calendar('bct')).rows.find(({ duty }) => duty === 'plan-together');
    expect(['open', 'overdue']).toContain((await meant())?.['state']);
    await town.tell('lsc', {
      type: 'undertaking.discharged',
      data: { protocol: 'planning-intelligence', duty: 'plan-together', on: '2026-10-01' },
    });
    expect(await meant()).toMatchObject({ state: 'done', agencies: ['lsc'], daysLeft: null });
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

describe('once more, with strangers asking', () => {
  const WAYS = {
    provision: ['area=wv', 'agency=wulfrun', 'level=level-2', 'area=nowhere'],
    'labour-needs': ['occupation=construction', 'area=wv&period=2027', 'period=1999'],
    partnerships: ['member=bct', 'district=wv1', 'member=nobody'],
  } as const;
  type View = keyof typeof WAYS;
  const VIEWS = Object.keys(WAYS) as readonly View[];
  const asks =
    (view: View | 'offices') =>
    (agency: string, search: string, headers: Readonly<Record<string, string>>): Promise<Listed> =>
      listed(town, { view, agency }, { search, headers });
  const cursorOf = async (view: View, agency: string): Promise<string> => (await ask(view, agency, 'limit=1')).next ?? '';

  beforeAll(async () => {
    await town.tell('wulfrun', { ...places(8), data: { ...places(8).data, provisionId: 'w-2' } });
    await town.tell('lsc', { ...need(5), data: { ...need(5).data, occupation: 'Care' } });
    await town.tell('wv-partnership', { type: 'partnership.declared', data: { name: 'WV adults', members: ['bct'], districts: ['WV1'] } });
  });

  it('whoever has left the agreement is refused in each way, behind its own page of before too, and an office is nobody else’s', async () => {
    const before = new Map<View, { readonly own: string; readonly another: string }>();
    for (const view of VIEWS) before.set(view, { own: await cursorOf(view, 'castings'), another: await cursorOf(view, 'bct') });
    expect([...before.values()].flatMap(({ own, another }) => [own, another])).not.toContain('');
    await town.node.protocols.leave('planning-intelligence', 'castings');
    for (const [view, { own, another }] of before) {
      const ways = { filters: WAYS[view], cursor: another };
      expect([view, await waysOf(asks(view), 'castings', ways)]).toEqual([view, refusedBy(ways)]);
      const behind = await ask(view, 'castings', `limit=1&cursor=${encodeURIComponent(own)}`);
      expect([view, behind.status, behind.code, behind.rows]).toEqual([view, 403, 'not-permitted', []]);
    }
    for (const search of ['', 'state=ahead', 'from=2027-01-01'])
      expect(await calendar('castings', search)).toMatchObject({ status: 403, code: 'not-permitted', rows: [] });
  });

  it('who is registered and no party is refused alike, whether what it names is there or not', async () => {
    const keys = new Map([['newcomer', await generateSigningKey('EdDSA')]]);
    const { privateJwk } = keys.get('newcomer') ?? { privateJwk: {} };
    await register(town.node, { slug: 'newcomer', roles: ['provider', 'funder', 'learning-partnership'] }, keys);
    const key = await signingKeyOf(privateJwk);
    const { value } = await requestToken({ url: town.server.url, agency: 'newcomer', key, now: clock.now() });
    const authorization = `Bearer ${value}`;
    for (const view of VIEWS) {
      const ways = { filters: WAYS[view], cursor: await cursorOf(view, 'bct') };
      const asNewcomer = (_: string, search: string, headers: Readonly<Record<string, string>>) =>
        listed(town, { view, agency: 'bct' }, { search, headers: { ...headers, authorization } });
      expect([view, await waysOf(asNewcomer, 'newcomer', ways)]).toEqual([view, refusedBy(ways)]);
    }
  });

  it('of the wrong role, nobody publishes a need, declares a partnership or an office, and moves nothing by trying', async () => {
    const before = await Promise.all(VIEWS.map(async (view) => (await ask(view, 'lsc')).rows));
    const tried = [
      ['bct', need(1)],
      ['st-chads', { type: 'partnership.declared', data: { name: 'WV 14-19', members: ['st-chads'], districts: ['WV1'] } }],
      ['bct', { type: 'office.declared', data: { office: 'bilston', name: 'Mine', districts: ['WV3'] } }],
    ] as const;
    for (const [agency, event] of tried)
      expect(await town.send(agency, event)).toMatchObject([{ outcome: 'rejected', problem: { code: 'role-not-allowed' } }]);
    expect(await Promise.all(VIEWS.map(async (view) => (await ask(view, 'lsc')).rows))).toEqual(before);
  });

  it('an office is told to nobody but its own agency, in whatever way another asks', async () => {
    const north = await ask('offices', 'connexions-north', 'district=WV3');
    expect(north.rows).toHaveLength(1);
    for (const agency of ['connexions-south', 'bct', 'council', 'lsc']) {
      const ways = { filters: ['district=WV3', 'district=ZZ1'], cursor: await cursorOf('partnerships', agency) };
      const found = await waysOf(asks('offices'), agency, ways);
      expect(found.map(({ rows, lines, next }) => [rows, lines, next])).toEqual(found.map(() => [0, 0, false]));
      const [named, unnamed] = [found[1], found[2]];
      expect([named?.status, named?.code]).toEqual([unnamed?.status, unnamed?.code]);
    }
  });
});
