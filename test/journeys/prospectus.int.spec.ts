// What there is to learn, for everybody: one prospectus of all that agencies list (views.md, part 8).
import { jest } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { replay } from '#disclosure';
import { fixedClock } from '#kernel';
import { ApiContract } from './api-contract.ts';
import { BLACK_COUNTRY } from './black-country.ts';
import { DAY, MORNING } from './told.ts';
import { Town } from './town.ts';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';

jest.setTimeout(120_000);
const clock = fixedClock(MORNING);
let town: Town;
let contract: ApiContract;
beforeAll(async () => {
  town = await Town.open({ clock, cast: BLACK_COUNTRY, following: true });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  await listed('wulfrun', 'w-1', 'Construction', { startsOn: '2027-09-01', level: 'level-2' });
  await listed('bct', 'b-1', 'Motor vehicle <&> "repair"');
  await listed('hts', 'h-1', 'Catering', { startsOn: '2026-09-30' });
  await town.tell('jobcentre-wv', {
    type: 'labour-need.published',
    data: { area: 'WV3', occupation: 'Construction', count: 55, period: '2027' },
  });
});
afterAll(() => town.close());

const listed = (agency: string, provisionId: string, title: string, more: object = {}) =>
  town.tell(agency, { type: 'provision.listed', data: { provisionId, title, kind: 'e2e', places: 12, area: 'WV3', ...more } });

interface Shown {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly position: string;
}

const ask = async (path = '', headers: Readonly<Record<string, string>> = {}): Promise<Shown> => {
  await town.node.projections.waitFor('provision', await town.node.store.head(), 20_000);
  const response = await fetch(`${town.server.url}/v1/prospectus${path}`, { headers });
  const text = await response.text();
  contract.check({ method: 'get', path: `/v1/prospectus${path.startsWith('/feed') ? '/feed' : ''}`, response, text });
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? (JSON.parse(text) as Partial<Shown>) : {};
  return { rows: [], position: '', ...body, status: response.status, text, headers: response.headers };
};
/** Each text of a well-formed document with the names of the elements around it; throws where it is none. */
const textsIn = (xml: string): readonly (readonly [path: string, text: string])[] => {
  const found: (readonly [string, string])[] = [];
  const path: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => void path.push(name));
  parser.on('text', (text) => void (text.trim() !== '' && found.push([path.join(' '), text])));
  parser.on('closetag', () => void path.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
};
const LIST_DECIDED = 'uk.concordat.list.decided.v1';
const publishings = async () => (await town.node.store.readAll({ limit: 100_000 })).filter(({ type }) => type === LIST_DECIDED);

it('is shown to everybody, without a token, and lets caches and websites have it', async () => {
  const { status, rows, headers } = await ask();
  expect(status).toBe(200);
  expect(rows.map(({ of, title, places }) => [of, title, places]).toSorted()).toEqual([
    ['bct', 'Motor vehicle <&> "repair"', 12],
    ['wulfrun', 'Construction', 12],
  ]);
  expect([headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual(['public, max-age=60', '*']);
  expect((await ask('?area=wv3&level=level-2')).rows.map(({ title }) => title)).toEqual(['Construction']);
  expect((await ask('?wrong=1')).status).toBe(400);
});

it('is a table and a feed as well', async () => {
  const csv = await ask('', { accept: 'text/csv' });
  expect(csv.text.split('\r\n')[0]).toBe('provisionId,of,title,kind,level,area,places,startsOn,listedOn,clauses');
  expect(csv.text).toContain('planning-intelligence@1#PI3');
  const { text, headers } = await ask('/feed');
  expect(headers.get('content-type')).toContain('application/atom+xml');
  const told = textsIn(text);
  expect(told.filter(([path]) => /entry (?:id|title|author name|summary)$/.test(path)).map(([, said]) => said)).toEqual(
    expect.arrayContaining([
      ...['urn:concordat:provision:bct:b-1', 'Motor vehicle <&> "repair"', 'bct', 'e2e, WV3, 12 places'],
      ...['urn:concordat:provision:wulfrun:w-1', 'Construction', 'wulfrun', 'e2e, level-2, WV3, 12 places, from 2027-09-01'],
    ]),
  );
  expect(told.find(([path]) => path === 'feed updated')?.[1]).toBe('2026-09-30T23:00:00Z');
});

it('is decided and recorded when it changes, and not each time that somebody looks', async () => {
  const before = await publishings();
  const first = await ask();
  await Promise.all([ask('?area=WV3'), ask('/feed'), ask()]);
  expect(await publishings()).toHaveLength(before.length);
  await listed('hts', 'h-2', 'Hair and beauty');
  const [second] = await Promise.all([ask(), ask(), ask()]);
  const after = await publishings();
  expect(second.rows).toHaveLength(3);
  expect(after).toHaveLength(before.length + 1);
  expect(Number(second.position)).toBeGreaterThan(Number(first.position));
  for (const event of after) {
    const again = await replay(town.node, event);
    expect(again?.again).toEqual(again?.recorded);
  }
});

it('is empty while the agreement that publishes it is suspended, and looks like one of nothing', async () => {
  await town.node.protocols.suspend({ protocol: 'planning-intelligence', version: 1, reason: 'a review' });
  expect((await ask()).rows).toEqual([]);
  await town.node.protocols.resume({ protocol: 'planning-intelligence', version: 1, reason: 'reviewed' });
  expect((await ask()).rows).toHaveLength(3);
});

it('loses what has begun', async () => {
  clock.set(MORNING + 400 * DAY);
  expect((await ask()).rows.map(({ title }) => title)).not.toContain('Construction');
});
