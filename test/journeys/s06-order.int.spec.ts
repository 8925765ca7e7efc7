// S6: whoever wants attention comes first on every page of a caseload, then what is due first; of files too (views.md, S6, Order; ADR 78).
import { jest } from '@jest/globals';
import { type ListDecided, LIST_DECIDED, listStream, openList } from '#disclosure';
import { keysOf } from '#privacy';
import { AISHA, assigned, BEN, BlackCountry, CHLOE, DEV, EWAN, FARAH, type Listed, registered } from './black-country.ts';
import { about, programme } from './told.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const BOTH = 'deliver-programme, support-learner';
const NORTH = 'connexions-north';

interface Ordered extends Listed {
  readonly order?: string;
}

/** Advised by the north, at BCT from that day. */
const onProgramme = async (uln: string, name: string, startedOn: string, informedOn: string): Promise<void> => {
  await country.tell('2026-07-01', NORTH, registered(uln, name), assigned(uln));
  await country.tell('2026-07-06', 'bct', registered(uln, name), programme(uln, name, { startedOn }));
  await country.tell('2026-07-20', NORTH, about(uln, 'adviser.informed', { programmeId: name, on: informedOn }));
};

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await onProgramme(AISHA, 'Aisha', '2026-07-06', '2026-07-08');
  await onProgramme(BEN, 'Ben', '2026-07-06', '2026-07-09');
  await onProgramme(CHLOE, 'Chloe', '2026-07-06', '2026-07-10');
  await onProgramme(DEV, 'Dev', '2026-07-06', '2026-07-11');
  await onProgramme(EWAN, 'Ewan', '2026-07-06', '2026-07-12');
  await onProgramme(FARAH, 'Farah', '2026-07-02', '2026-07-12');
  // By nothing that the adviser's agency itself told: it is the last whom its view would propose.
  await country.tell('2026-07-20', 'bct', about(FARAH, 'attendance.concern', { programmeId: 'Farah', on: '2026-07-20', kind: 'absent' }));
  country.day('2026-07-21');
});
afterAll(() => country.close());

const walked = async (path: string, limit: number, purposes = BOTH): Promise<readonly Ordered[]> => {
  const pages: Ordered[] = [];
  for (let cursor = ''; ;) {
    const page = (await country.list(NORTH, `${path}limit=${limit}${cursor}`, purposes)) as Ordered;
    pages.push(page);
    if (page.next === undefined) return pages;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
};
const namesOn = ({ rows }: Listed): readonly unknown[] => rows.map(({ givenName }) => givenName);
const recorded = async (): Promise<readonly ListDecided[]> => {
  const { store, vault } = country.town.node;
  const events = (await store.readStream(listStream(NORTH))).filter(({ type }) => type === LIST_DECIDED);
  return Promise.all(events.map(async (event) => openList(event, await keysOf(vault, [event]))));
};

describe('a caseload on several pages', () => {
  it('has first whoever wants attention, then whose follow-up is due first', async () => {
    const pages = await walked('caseload?', 2);
    expect(pages.map(namesOn)).toEqual([
      ['Farah', 'Aisha'],
      ['Ben', 'Chloe'],
      ['Dev', 'Ewan'],
    ]);
    expect(pages.map(({ order }) => order)).toEqual(['whole', 'whole', 'whole']);
  });

  it('has in order what a filter chooses, and fills its pages with it', async () => {
    await country.tell('2026-07-21', 'bct', about(CHLOE, 'attendance.concern', { programmeId: 'Chloe', on: '2026-07-21', kind: 'absent' }));
    expect((await walked('caseload?attention=any&', 1)).map(namesOn)).toEqual([['Chloe'], ['Farah']]);
    expect((await walked('caseload?adviser=Sam+Hughes&', 4)).map(namesOn)).toEqual([
      ['Chloe', 'Farah', 'Aisha', 'Ben'],
      ['Dev', 'Ewan'],
    ]);
  });

  it('is recorded as it was shown: of whom a page has rows, and on whose rows its order rests besides', async () => {
    const before = (await recorded()).length;
    const [first] = await walked('caseload?', 2);
    const pages = (await recorded()).slice(before);
    expect(pages.map(({ looked, rows, weighed = [] }) => [looked, rows.length, weighed.length])).toEqual([
      [6, 2, 4],
      [6, 2, 4],
      [6, 2, 4],
    ]);
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ learner }) => learner))).size).toBe(6);
    expect(first?.rows).toHaveLength(2);
  });

  it('leaves as a file in the same order, which says so', async () => {
    const authorization = `Bearer ${await country.town.tokenOf(NORTH)}`;
    const headers = { authorization, purpose: BOTH, accept: 'text/csv' };
    const file = await fetch(`${country.town.server.url}/v1/caseload?limit=2`, { headers });
    const [head = '', ...lines] = (await file.text()).trim().split('\r\n');
    const column = head.split(',').indexOf('givenName');
    expect(lines.map((line) => line.split(',')[column])).toEqual(['Chloe', 'Farah', 'Aisha', 'Ben', 'Dev', 'Ewan']);
    expect(file.headers.get('concordat-order')).toBe('whole');
  });
});

it.each([
  ['follow-ups', ['due', 'informedOn']],
  ['duties', ['due', 'dutyId']],
  ['sign-offs?on=2026-08-10', ['due', 'startedOn']],
])('%s go across pages by the days on which they are due', async (path, columns) => {
  const rows = (await walked(`${path}${path.includes('?') ? '&' : '?'}`, 4)).flatMap((page) => page.rows);
  const keys = rows.map((row) => columns.map((column) => String(row[column])).join(' '));
  expect(keys.length).toBeGreaterThan(5);
  expect(keys).toEqual(keys.toSorted());
  expect(new Set(keys).size).toBeGreaterThan(1);
});

describe('lists of an area on several pages', () => {
  const TRACK = 'track-participation, support-learner';
  const all = async (path: string) => {
    const pages = await walked(path, 1, TRACK);
    return [pages.flatMap(namesOn), [...new Set(pages.map(({ order }) => order))]];
  };

  it('have those who left and wait by when their follow-up is due, and all by when they left', async () => {
    const left = (uln: string, name: string, leftOn: string) =>
      about(uln, 'programme.left-early', { programmeId: name, leftOn, reason: 'job-offer' });
    await country.tell('2026-08-11', 'bct', left(AISHA, 'Aisha', '2026-08-07'));
    await country.tell('2026-08-12', 'bct', left(BEN, 'Ben', '2026-08-02'));
    await country.tell('2026-08-13', 'bct', left(CHLOE, 'Chloe', '2026-08-05'));
    expect(await all('early-leavers?state=open&')).toEqual([['Aisha', 'Ben', 'Chloe'], ['whole']]);
    expect(await all('early-leavers?')).toEqual([['Aisha', 'Chloe', 'Ben'], ['whole']]);
  });

  it('look at nobody for an order that they are proposed in', async () => {
    const before = (await recorded()).length;
    await walked('early-leavers?', 1, TRACK);
    expect((await recorded()).slice(before).map(({ rows, weighed = [] }) => [rows.length, weighed.length])).toEqual(Array(3).fill([1, 0]));
  });

  it('have by when it counts no more what each does', async () => {
    const does = (uln: string, activity: '310' | '330' | '619', from: string) =>
      about(uln, 'destination.recorded', { activity, from, verifiedOn: from });
    await country.tell(
      '2026-08-13',
      NORTH,
      does(DEV, '310', '2026-08-01'),
      does(EWAN, '330', '2026-08-02'),
      does(FARAH, '619', '2026-08-03'),
    );
    expect(await all('activities?')).toEqual([['Farah', 'Ewan', 'Dev'], ['whole']]);
  });
});

it('of a stranger’s list there is nothing to order', async () => {
  expect(await country.list('forge', 'caseload?limit=1', BOTH)).toMatchObject({ rows: [], order: 'whole' });
});
