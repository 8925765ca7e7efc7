// S17: what a provider tells of vacancies reaches those who place young people, and never its competitors, nor a funder's own training arm.
import { jest } from '@jest/globals';
import type { CatalogueData } from '#catalogue';
import type { EventToSend } from '#client';
import { LIST_DECIDED, listStream } from '#disclosure';
import { fixedClock } from '#kernel';
import { BLACK_COUNTRY } from './black-country.ts';
import { type Asking, type Listed, listed } from './things-listed.ts';
import { DAY, MORNING } from './told.ts';
import { Town } from './town.ts';

jest.setTimeout(120_000);

const clock = fixedClock(MORNING);
/** The funder trains as well. */
const CAST = BLACK_COUNTRY.map((one) => (one.slug === 'lsc' ? { ...one, roles: ['funder', 'provider'] as const } : one));

const vacancy = (vacancyId: string, more: Partial<CatalogueData['vacancy.listed']> = {}): EventToSend => ({
  type: 'vacancy.listed',
  data: { vacancyId, employer: 'Castings Ltd', title: 'Joinery trainee', area: 'WV1', ...more },
});
const filled = (vacancyId: string): EventToSend => ({ ...vacancy(vacancyId), type: 'vacancy.filled' }) as EventToSend;
/** As many events, and no vacancy among them. */
const places = (provisionId: string): EventToSend => ({
  type: 'provision.listed',
  data: { provisionId, title: 'Joinery', kind: 'e2e', places: 6, area: 'WV1' },
});

/** One with BCT's vacancies, and one that is the same without them. */
let town: Town;
let without: Town;
beforeAll(async () => {
  [town, without] = [await Town.open({ clock, cast: CAST, following: true }), await Town.open({ clock, cast: CAST, following: true })];
  for (const id of ['bct-1', 'bct-2', 'bct-3']) {
    await town.tell('bct', vacancy(id));
    await without.tell('bct', places(id));
  }
});
afterAll(async () => {
  await town.close();
  await without.close();
});

/** Both are asked, so that their logs stay in step. */
const askBoth = async (agency: string, asking: Asking = {}): Promise<readonly [some: Listed, none: Listed]> => [
  await listed(town, { view: 'vacancies', agency }, asking),
  await listed(without, { view: 'vacancies', agency }, asking),
];
const ask = async (agency: string, asking?: Asking): Promise<Listed> => (await askBoth(agency, asking))[0];
const ids = ({ rows }: Listed): readonly unknown[] => rows.map(({ vacancyId }) => vacancyId);
const PLACERS = ['connexions-north', 'connexions-south', 'jobcentre-wv', 'ebp-black-country'];
const BARRED = ['hts', 'forge', 'wulfrun', 'st-chads', 'lsc'];
/** All of an answer but when it was given. */
const whole = ({ status, text, headers }: Listed): unknown => [status, text, [...headers].filter(([name]) => name !== 'date')];

describe("a provider's vacancies", () => {
  it('are read by those who place young people, each under its clause, without a word of the purpose', async () => {
    for (const agency of PLACERS) {
      const page = await ask(agency);
      expect([page.status, ids(page)]).toEqual([200, expect.arrayContaining(['bct-1', 'bct-2', 'bct-3'])]);
      expect(page.rows[0]).toMatchObject({
        of: 'bct',
        employer: 'Castings Ltd',
        title: 'Joinery trainee',
        area: 'WV1',
        listedOn: '2026-10-01',
        state: 'open',
        filledOn: null,
        stale: false,
        confidential: false,
        via: [
          { item: 'vacancy.listed', clause: 'placement-matching@1#PM2', basis: 'not personal', purpose: 'match-placement', position: null },
        ],
      });
    }
    expect((await ask('bct')).rows.flatMap(({ via }) => via.map(({ clause }) => clause))).toEqual(['own', 'own', 'own']);
  });

  it.each(BARRED)('are to %s as if there were none: byte for byte, whatever it asks', async (agency) => {
    const searches = ['', 'limit=1', 'area=WV1', 'occupation=joinery', 'state=open', 'on=2026-12-24', 'area=nowhere', 'state=filled'];
    for (const search of searches) {
      const [some, none] = await askBoth(agency, { search });
      expect(some).toMatchObject({ status: 200, rows: [] });
      expect(whole(some)).toEqual(whole(none));
    }
    const [some, none] = await askBoth(agency, { headers: { accept: 'text/csv' } });
    expect(whole(some)).toEqual(whole(none));
  });

  it('are to a stranger refused, for whom no clause is meant, in the same words whether there are any', async () => {
    for (const agency of ['city-yot', 'council']) {
      const [some, none] = await askBoth(agency);
      expect(some).toMatchObject({ status: 403, code: 'not-permitted' });
      expect(whole(some)).toEqual(whole(none));
    }
  });

  it('leave their ids to whoever else uses them: a rival that lists and fills one of the same id learns and changes nothing', async () => {
    const before = (await ask('ebp-black-country')).rows;
    await town.tell('hts', vacancy('bct-1', { title: 'Guess' }), filled('bct-2'));
    await without.tell('hts', vacancy('bct-1', { title: 'Guess' }), filled('bct-2'));
    const [some, none] = await askBoth('hts');
    expect([ids(some), whole(some)]).toEqual([['bct-1'], whole(none)]);
    expect((await ask('ebp-black-country')).rows.filter(({ of }) => of === 'bct')).toEqual(before);
  });
});

describe('a vacancy that is confidential to one agency', () => {
  it('is read by that one and its source alone', async () => {
    await town.tell('bct', vacancy('bct-4', { confidentialTo: 'connexions-north' }));
    const seen = [];
    for (const agency of [...PLACERS, 'bct', ...BARRED]) if (ids(await ask(agency)).includes('bct-4')) seen.push(agency);
    expect(seen).toEqual(['connexions-north', 'bct']);
    expect((await ask('connexions-north', { search: 'limit=1' })).rows).toMatchObject([{ vacancyId: 'bct-4', confidential: true }]);
  });

  it('does not show in where a page ends', async () => {
    const pages: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: Listed = await ask('ebp-black-country', { search: `limit=1${next === '' ? '' : `&cursor=${next}`}` });
      pages.push(page.rows.length);
      next = page.next;
    }
    expect(pages).toEqual(Array((await ask('ebp-black-country')).rows.length).fill(1));
  });
});

describe("vacancies that are no provider's", () => {
  it('are open to providers as well, and come as a table', async () => {
    await town.tell('castings', vacancy('c-1', { title: '=Moulder', area: 'WV10' }));
    expect((await ask('hts', { search: 'area=wv10' })).rows).toMatchObject([
      { of: 'castings', via: [{ clause: 'placement-matching@1#PM1' }] },
    ]);
    const { text, headers } = await ask('hts', { search: 'area=wv10', headers: { accept: 'text/csv' } });
    expect(text.split('\r\n')).toEqual([
      'vacancyId,of,employer,title,area,listedOn,state,filledOn,stale,confidential,clauses',
      "c-1,castings,Castings Ltd,'=Moulder,WV10,2026-10-01,open,,false,false,placement-matching@1#PM1",
      '',
    ]);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="vacancies-2026-10-01-\d+\.csv"$/);
  });
});

describe('time', () => {
  it('shows a vacancy 28 days after it was filled, and one that has been open for more than 90 days as stale', async () => {
    await town.tell('bct', filled('bct-3'));
    const of = (search: string): Promise<Listed> => ask('ebp-black-country', { search });
    expect((await of('state=filled')).rows).toMatchObject([{ vacancyId: 'bct-3', filledOn: '2026-10-01', stale: false }]);
    expect([ids(await of('state=filled&on=2026-10-29')), ids(await of('on=2026-10-30'))]).toEqual([
      ['bct-3'],
      expect.not.arrayContaining(['bct-3']),
    ]);
    const staleOn = async (on: string) =>
      (await of(`on=${on}`)).rows.find(({ vacancyId, of: by }) => vacancyId === 'bct-2' && by === 'bct')?.['stale'];
    expect([await staleOn('2026-12-30'), await staleOn('2026-12-31')]).toEqual([false, true]);
  });
});

describe('each page', () => {
  it('is in the log before it leaves, in the stream of who asked', async () => {
    const recorded = async (): Promise<number> =>
      (await town.node.store.readStream(listStream('ebp-black-country'))).filter(({ type }) => type === LIST_DECIDED).length;
    const before = await recorded();
    const page = await ask('ebp-black-country', { search: 'limit=1' });
    expect([await recorded(), Number(page.headers.get('concordat-position'))]).toEqual([before + 1, await town.node.store.head()]);
  });

  it('has a cursor that serves its asker and its question alone, for a day', async () => {
    const { next } = await ask('ebp-black-country', { search: 'limit=1' });
    const refused = { status: 400, code: 'cursor-invalid' };
    expect(await ask('jobcentre-wv', { search: `limit=1&cursor=${next}` })).toMatchObject(refused);
    expect(await ask('ebp-black-country', { search: `limit=1&state=open&cursor=${next}` })).toMatchObject(refused);
    clock.set(MORNING + DAY);
    expect(await ask('ebp-black-country', { search: `limit=1&on=2026-10-01&cursor=${next}` })).toMatchObject(refused);
    clock.set(MORNING);
  });

  it('takes another purpose where one is named, and refuses one that nobody knows', async () => {
    expect(await ask('ebp-black-country', { headers: { purpose: 'plan-provision' } })).toMatchObject({ status: 200, rows: [] });
    expect(await ask('ebp-black-country', { headers: { purpose: 'curiosity' } })).toMatchObject({ status: 400, code: 'purpose-unknown' });
  });
});
