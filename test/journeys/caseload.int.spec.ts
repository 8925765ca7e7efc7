// The caseload of an adviser's agency, end to end (views.md, S6): what each may see of it, page by page, and that each page is on record.
import { jest } from '@jest/globals';
import { LIST_DECIDED, listStream } from '#disclosure';
import { fixedClock } from '#kernel';
import { about, DAY, MORNING, programme, referral } from './told.ts';
import { fresh, registration, Town, ulnOf } from './town.ts';

jest.setTimeout(90_000);
const clock = fixedClock(MORNING);

interface Row {
  readonly learner: string;
  readonly localId?: string;
  readonly givenName: string | null;
  readonly adviser: { readonly name: string } | null;
  readonly programmes: readonly { readonly of: string; readonly week: number }[];
  readonly followUp: { readonly state: string; readonly due: string } | null;
  readonly nextReview: { readonly on: string; readonly reason: string } | null;
  readonly attention: readonly string[];
  readonly via: readonly { readonly item: string; readonly clause: string; readonly position: string | null }[];
}

interface Page {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly rows: readonly Row[];
  readonly on?: string;
  readonly position?: string;
  readonly next?: string;
  readonly code?: string;
  readonly parameter?: string;
  readonly clauses?: readonly string[];
}

let town: Town;
const BOTH = 'support-learner, deliver-programme';

/** Started with `forge` on 10 September; its adviser, of `careers`, was informed on the 15th. */
const [aisha, ben, chloe] = [ulnOf(1), ulnOf(2), ulnOf(3)];

const onProgramme = async (uln: string, localId: string, informedOn: string): Promise<string> => {
  const programmeId = fresh('p');
  await town.tell(
    'careers',
    registration(uln, localId, { givenName: localId }),
    about(uln, 'learner.adviser-assigned', { name: '=Sam Hughes', role: 'personal-adviser', staffId: 's-1' }),
    referral(uln, 'forge'),
  );
  await town.tell('forge', registration(uln, `f-${localId}`, { givenName: localId }), programme(uln, programmeId));
  await town.tell('careers', about(uln, 'adviser.informed', { programmeId, on: informedOn }));
  return programmeId;
};

const list = async (agency: string, search = '', headers: Readonly<Record<string, string>> = { purpose: BOTH }): Promise<Page> => {
  await town.node.projections.waitFor('caseload', await town.node.store.head(), 10_000);
  const authorization = `Bearer ${await town.tokenOf(agency)}`;
  const response = await fetch(`${town.server.url}/v1/caseload?${search}`, { headers: { authorization, ...headers } });
  const text = await response.text();
  const body = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Partial<Page>) : {};
  return { rows: [], ...body, status: response.status, text, headers: response.headers };
};
const names = ({ rows }: Page): readonly (string | undefined)[] => rows.map(({ localId }) => localId);
const recorded = async (agency: string): Promise<number> =>
  (await town.node.store.readStream(listStream(agency))).filter(({ type }) => type === LIST_DECIDED).length;

beforeAll(async () => {
  town = await Town.open({ clock, following: true });
  const programmeId = await onProgramme(aisha, 'aisha', '2026-09-15');
  await onProgramme(ben, 'ben', '2026-09-22');
  await onProgramme(chloe, 'chloe', '2026-09-30');
  await town.tell(
    'forge',
    about(aisha, 'review.scheduled', {
      reviewId: fresh('v'),
      programmeId,
      on: '2026-10-10',
      attendanceRequested: ['personal-adviser'],
      reason: 'housing',
    }),
  );
});
afterAll(() => town.close());

describe('GET /v1/caseload', () => {
  it("shows the adviser's agency who they are, what they are on, and what wants attention, each with its clauses", async () => {
    const page = await list('careers');
    expect([page.status, page.on, names(page)]).toEqual([200, '2026-10-01', ['aisha', 'ben', 'chloe']]);
    expect(page.rows[0]).toMatchObject({
      learner: expect.stringMatching(/^psn:/),
      givenName: 'aisha',
      programmes: [{ of: 'forge', week: 4, state: 'running' }],
      followUp: { informedOn: '2026-09-15', due: '2026-09-29', state: 'overdue', madeOn: null },
      nextReview: { on: '2026-10-10', reason: 'housing' },
      attention: ['follow-up-overdue', 'attendance-requested'],
    });
    expect(page.rows[1]).toMatchObject({ followUp: { state: 'open', due: '2026-10-06' }, attention: [] });
    const via = page.rows[0]?.via ?? [];
    const clauseOf = (item: string): string | undefined => via.find((one) => one.item === item)?.clause;
    expect([clauseOf('learner.adviser-assigned'), clauseOf('learner.identity'), clauseOf('review.scheduled')]).toEqual([
      'own',
      'e2e-passport@1#EP1',
      'e2e-passport@1#EP5',
    ]);
    expect(via.filter(({ position }) => position !== null).every(({ clause }) => clause === 'own')).toBe(true);
  });

  it('shows no more than the purposes named let be seen', async () => {
    const [row] = (await list('careers', '', { purpose: 'deliver-programme' })).rows;
    expect([row?.givenName, row?.programmes, row?.nextReview, row?.attention]).toEqual(['aisha', [], null, ['follow-up-overdue']]);
  });

  it('shows others nothing, and whom no clause could serve why', async () => {
    for (const other of ['careers-south', 'forge']) expect(await list(other)).toMatchObject({ status: 200, rows: [] });
    const refused = await list('st-chads', '', { purpose: 'prevent-reoffending' });
    expect([refused.status, refused.code, Array.isArray(refused.clauses)]).toEqual([403, 'not-permitted', true]);
  });

  it('tells of the day asked for', async () => {
    const page = await list('careers', 'on=2026-09-20');
    expect(page.rows.map(({ localId, followUp }) => [localId, followUp?.state])).toEqual([
      ['aisha', 'open'],
      ['ben', undefined],
      ['chloe', undefined],
    ]);
  });

  it('keeps each page in the log before it leaves, and nothing of a question that is none', async () => {
    const before = await recorded('careers');
    const page = await list('careers');
    expect(await recorded('careers')).toBe(before + 1);
    expect([page.position, page.headers.get('cache-control')]).toEqual([page.headers.get('concordat-position'), 'no-store']);
    expect(Number(page.headers.get('concordat-view-position'))).toBeLessThan(Number(page.position));
    expect((await list('careers', 'colour=red')).status).toBe(400);
    expect(await recorded('careers')).toBe(before + 1);
  });

  it('goes in pages that show nobody twice and leave nobody out', async () => {
    const found: (string | undefined)[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: Page = await list('careers', `limit=1${next === '' ? '' : `&cursor=${next}`}`);
      expect(page.rows.length).toBeLessThanOrEqual(1);
      found.push(...names(page));
      next = page.next;
    }
    expect(found).toEqual(['aisha', 'ben', 'chloe']);
  });

  it('takes a cursor for the question and the asker that it was given for, for a day', async () => {
    const { next = '' } = await list('careers', 'limit=1');
    for (const search of [`limit=1&on=2026-10-02&cursor=${next}`, `limit=1&office=x&cursor=${next}`, 'cursor=x'])
      expect(await list('careers', search)).toMatchObject({ status: 400, code: 'cursor-invalid' });
    expect(await list('careers-south', `limit=1&cursor=${next}`)).toMatchObject({ code: 'cursor-invalid' });
    expect(await list('careers', `limit=1&cursor=${next}`, { purpose: 'deliver-programme' })).toMatchObject({ code: 'cursor-invalid' });
    clock.set(MORNING + DAY);
    expect(await list('careers', `limit=1&on=2026-10-01&cursor=${next}`)).toMatchObject({ code: 'cursor-invalid' });
    clock.set(MORNING);
  });

  it('chooses by what the rows show', async () => {
    expect(names(await list('careers', 'attention=any'))).toEqual(['aisha']);
    expect(names(await list('careers', 'adviser=s-1&provider=forge'))).toHaveLength(3);
    for (const nothing of ['provider=anvil', 'provider=nobody', 'state=ended', 'office=x'])
      expect(await list('careers', nothing)).toMatchObject({ status: 200, rows: [] });
    // The programme is not shown for this purpose, so nobody is chosen by it.
    expect((await list('careers', 'provider=forge', { purpose: 'deliver-programme' })).rows).toEqual([]);
  });

  it.each([
    ['colour=red', 'filter-unknown', 'colour'],
    ['state=gone', 'filter-invalid', 'state'],
    ['on=2026-02-30', 'filter-invalid', 'on'],
    ['limit=201', 'limit-malformed', undefined],
  ])('refuses %s as %s', async (search, code, parameter) => {
    const page = await list('careers', search);
    expect([page.status, page.code, page.parameter]).toEqual([400, code, parameter]);
  });

  it('asks for a purpose, and for a view as far as is asked', async () => {
    expect((await list('careers', '', {})).code).toBe('purpose-missing');
    const far = await list('careers', '', { purpose: BOTH, 'concordat-min-position': '999999' });
    expect([far.status, far.headers.get('retry-after')]).toEqual([503, '1']);
  });

  it('is exported whole as CSV, in pages that are each recorded, and holds no formula', async () => {
    const before = await recorded('careers');
    const { headers, text, status } = await list('careers', 'limit=2', { purpose: BOTH, accept: 'text/csv' });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="caseload-2026-10-01-${headers.get('concordat-position')}.csv"`);
    const [head = '', first = '', ...rest] = text.split('\r\n');
    expect(head.split(',').slice(0, 7)).toEqual([
      'learner',
      'localId',
      'givenName',
      'familyName',
      'adviser_name',
      'adviser_staffId',
      'adviser_role',
    ]);
    expect(first).toContain(",aisha,aisha,Example-f-aisha,'=Sam Hughes,s-1,personal-adviser,");
    expect(first.split(',').at(-1)?.split(' ').sort()).toEqual(['e2e-passport@1#EP1', 'e2e-passport@1#EP5', 'own']);
    expect([rest.length, rest.at(-1), await recorded('careers')]).toEqual([3, '', before + 2]);
  });

  it('shows whoever made itself an adviser its own word alone, and takes nothing from the adviser who counts', async () => {
    const before = await list('careers');
    await town.tell(
      'careers-south',
      registration(aisha, 'south-aisha', { givenName: 'aisha' }),
      about(aisha, 'learner.adviser-assigned', { name: 'Mallory', role: 'personal-adviser' }),
    );
    const { rows } = await list('careers-south');
    expect(rows.map(({ adviser, programmes, followUp }) => [adviser?.name, programmes, followUp])).toEqual([['Mallory', [], null]]);
    expect(rows.flatMap(({ via }) => via.map(({ clause }) => clause)).every((clause) => clause === 'own')).toBe(true);
    expect((await list('careers')).rows).toEqual(before.rows);
  });

  it('has a learner no more once the assignment has ended', async () => {
    await town.tell('careers', about(chloe, 'learner.adviser-ended', { role: 'personal-adviser', on: '2026-10-01' }));
    expect([names(await list('careers')), names(await list('careers', 'state=ended'))]).toEqual([['aisha', 'ben'], ['chloe']]);
  });
});

describe('GET /v1/lists', () => {
  it('says without a token which lists there are', async () => {
    const { lists } = (await (await fetch(`${town.server.url}/v1/lists`)).json()) as {
      readonly lists: readonly { readonly name: string }[];
    };
    expect(lists.find(({ name }) => name === 'caseload')).toMatchObject({
      path: '/v1/caseload',
      filters: expect.any(Array),
      columns: expect.any(Array),
    });
  });
});
