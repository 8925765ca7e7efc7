// S11: the months' lists of starts and finishes, and of jobs without training, from open to published (views.md).
import { jest } from '@jest/globals';
import type { EventToSend } from '#client';
import { AISHA, BEN, BlackCountry, CHLOE, DEV, EWAN, FARAH, type Listed, NOBODY, registered } from './black-country.ts';
import { allDecisions, learnerIdOf } from './recorded-decisions.ts';
import { about, leaving, programme } from './told.ts';
import { ulnOf } from './town.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const [MONEY, TRACK] = ['account-for-funding', 'track-participation'];
const [NORTH, SEPTEMBER] = ['connexions-north', { table: 'starts-and-finishes', period: '2026-09' }];
const named = (event: EventToSend, id: string): EventToSend => ({ ...event, id });
const starts = (uln: string, programmeId: string, startedOn: string) =>
  named(programme(uln, programmeId, { startedOn }), `start-${programmeId}`);
const job = (uln: string, from: string, activity = '330') => about(uln, 'destination.recorded', { activity, from, verifiedOn: from });
const read = (agency: string, month: string, purpose = MONEY) => country.list(agency, `starts-and-finishes?month=${month}`, purpose);
const linesOf = ({ rows }: Listed) =>
  rows.map(({ event, programmeId, of, change, forMonth, givenName }) =>
    [event, programmeId, of, change, forMonth, givenName ?? '-'].join(' '),
  );
const lines = async (...asked: Parameters<typeof read>) => linesOf(await read(...asked));
const pageOf = ({ text }: Listed) => JSON.parse(text) as Readonly<Record<string, unknown>>;

const publish = async (at: string, named = SEPTEMBER) => {
  country.clock.set(Date.parse(at));
  const { reports } = country.town.node;
  expect([(await reports.verify(named, {})).ok, (await reports.release(named, { counts: {}, leftOut: [] })).ok]).toEqual([true, true]);
};

const OF_SEPTEMBER = [
  'start b-1 bct new 2026-09 -',
  'start a-1 bct new 2026-09 -',
  'start c-1 hts new 2026-09 -',
  'start d-1 bct new 2026-09 -',
  'left-early c-1 hts new 2026-09 -',
  'moved-on a-1 bct new 2026-09 -',
];

beforeAll(async () => {
  country = await BlackCountry.open('2026-09-01');
  const ofBct = [registered(AISHA, 'Aisha'), registered(BEN, 'Ben', { postcode: 'B1 1AA' }), registered(DEV, 'Dev')];
  await country.tell('2026-09-01', 'bct', ...ofBct);
  await country.tell('2026-09-01', 'hts', registered(CHLOE, 'Chloe'), registered(EWAN, 'Ewan'), registered(FARAH, 'Farah'));
  await country.tell('2026-09-01', NORTH, registered(AISHA, 'Aisha'), registered(DEV, 'Dev'), registered(CHLOE, 'Chloe'));
  await country.tell('2026-09-21', 'bct', starts(BEN, 'b-1', '2026-09-07'), starts(AISHA, 'a-1', '2026-09-08'));
  await country.tell('2026-09-21', 'bct', starts(DEV, 'd-1', '2026-09-14'));
  await country.tell('2026-09-21', 'hts', starts(CHLOE, 'c-1', '2026-09-09'));
  await country.tell('2026-09-28', 'hts', leaving(CHLOE, 'c-1', '2026-09-25'));
  const moved = about(AISHA, 'programme.moved-on', { programmeId: 'a-1', on: '2026-09-30', destination: '310' });
  await country.tell('2026-10-05', 'bct');
  country.clock.set(Date.parse('2026-10-05T04:59:59Z'));
  await country.town.tell('bct', moved);
});
afterAll(() => country.close());

describe('the list of September', () => {
  it('is open until somebody publishes it, and says so', async () => {
    country.clock.set(Date.parse('2026-10-05T04:59:59Z'));
    const page = await read('lsc', '2026-09');
    expect(linesOf(page)).toEqual(OF_SEPTEMBER);
    expect(pageOf(page)).toMatchObject({
      period: '2026-09',
      status: 'open',
      closesAt: '2026-10-05T05:00:00.000Z',
      excluded: 0,
      counts: { start: 4, 'left-early': 1, 'moved-on': 1 },
    });
    expect(Object.keys(pageOf(page)).at(-1)).toBe('counts');
  });

  it('closes at six on the fifth: what comes at that moment is late, and in the list of October', async () => {
    country.clock.set(Date.parse('2026-10-05T05:00:00Z'));
    await country.town.tell('hts', starts(EWAN, 'e-1', '2026-09-30'));
    expect(await lines('lsc', '2026-09')).toEqual(OF_SEPTEMBER);
    expect(await lines('lsc', '2026-10')).toEqual(['start e-1 hts late 2026-09 -']);
  });

  it('is published, for the funder without names, for the service with those of its area', async () => {
    await publish('2026-10-05T08:00:00Z');
    const page = await read('lsc', '2026-09');
    expect([pageOf(page)['status'], linesOf(page)]).toEqual(['published', OF_SEPTEMBER]);
    expect(page.text).not.toMatch(/Aisha|Chloe|WV1/);
    expect(await lines(NORTH, '2026-09', TRACK)).toEqual([
      'start a-1 bct new 2026-09 Aisha',
      'start c-1 hts new 2026-09 Chloe',
      'start d-1 bct new 2026-09 Dev',
      'left-early c-1 hts new 2026-09 Chloe',
      'moved-on a-1 bct new 2026-09 Aisha',
    ]);
  });

  it('never changes: what becomes known later is in the list that is open then, of its own month', async () => {
    await country.tell('2026-10-09', 'hts', starts(FARAH, 'f-1', '2026-09-29'));
    expect(await lines('lsc', '2026-09')).toEqual(OF_SEPTEMBER);
    expect(await lines('lsc', '2026-10')).toEqual(['start f-1 hts late 2026-09 -', 'start e-1 hts late 2026-09 -']);
    expect((await country.list('lsc', 'starts-and-finishes?month=2026-10&change=new', MONEY)).rows).toEqual([]);
  });
});

describe('what is taken back', () => {
  const retract = (uln: string, of: string) => about(uln, 'record.retracted', { of, reason: 'wrong-learner' });

  it('before its list is published is in none', async () => {
    await country.tell('2026-10-12', 'hts', retract(FARAH, 'start-f-1'));
    expect(await lines('lsc', '2026-10')).toEqual(['start e-1 hts late 2026-09 -']);
    expect(await lines('hts', '2026-10')).toEqual(['start e-1 hts late 2026-09 Ewan']);
    await publish('2026-11-05T06:00:00Z', { ...SEPTEMBER, period: '2026-10' });
    expect(await lines('lsc', '2026-11')).toEqual([]);
  });

  it('afterwards is withdrawn by the list that is open then: which it was, and nothing of what it said', async () => {
    await country.tell('2026-11-10', 'bct', retract(DEV, 'start-d-1'));
    const november = await read('lsc', '2026-11');
    expect(linesOf(november)).toEqual(['start d-1 bct withdrawn 2026-09 -']);
    expect(november.rows[0]).toMatchObject({ on: null, startedOn: null, kind: null, title: null, via: [{ level: 'existence' }] });
    expect(await lines(NORTH, '2026-11', TRACK)).toEqual(['start d-1 bct withdrawn 2026-09 Dev']);
    expect(await lines('bct', '2026-11')).toEqual(['start d-1 bct withdrawn 2026-09 Dev']);
    expect(await lines('lsc', '2026-09')).toEqual(OF_SEPTEMBER.filter((line) => !line.includes('d-1')));
    expect(await lines('lsc', '2026-12')).toEqual([]);
  });

  it('is nothing to whoever could not see it before', async () => {
    for (const search of ['month=2026-11', 'month=2026-11&change=withdrawn', 'month=2026-11&provider=bct'])
      expect(await country.strangers(`starts-and-finishes?${search}`, TRACK, ['connexions-south'])).toEqual(NOBODY.slice(0, 1));
    expect(await lines('hts', '2026-11')).toEqual([]);
  });
});

describe('jobs without training', () => {
  const jobs = async (month: string) =>
    (await country.list('lsc', `jobs-without-training?month=${month}`, 'plan-provision')).rows.map(
      ({ from, activityGroup, change, forMonth }) => [from, activityGroup, change, forMonth].join(' '),
    );

  it('close alike, and are withdrawn without day or group', async () => {
    await country.tell('2026-11-12', NORTH, named(job(AISHA, '2026-11-02'), 'job-a'), job(CHLOE, '2026-11-03', '380'));
    await publish('2026-12-05T06:00:00Z', { table: 'jobs-without-training', period: '2026-11' });
    await country.tell(
      '2026-12-07',
      NORTH,
      job(DEV, '2026-11-20', '350'),
      about(AISHA, 'record.retracted', { of: 'job-a', reason: 'other' }),
    );
    expect(await jobs('2026-11')).toEqual(['2026-11-03 employment new 2026-11']);
    expect(await jobs('2026-12')).toEqual(['2026-11-20 employment late 2026-11', '  withdrawn 2026-11']);
    const { text } = await country.list('lsc', 'jobs-without-training?month=2026-12', 'plan-provision');
    expect(text).not.toMatch(/Dev|Aisha|WV1|"3[358]0"/);
  });
});

describe('a pupil’s course', () => {
  const course = named(programme(CHLOE, 'y-1', { kind: 'school-course', startedOn: '2027-01-11' }), 'start-y-1');

  it('is in the list of whoever runs it, and in no funder’s, neither when it starts nor when it is taken back', async () => {
    await country.tell('2027-01-12', 'bct', registered(CHLOE, 'Chloe'), course);
    expect(await lines('bct', '2027-01')).toContain('start y-1 bct new 2027-01 Chloe');
    expect((await lines('lsc', '2027-01')).join()).not.toContain('y-1');
    await country.tell('2027-01-13', 'st-chads', registered(EWAN, 'Ewan'), { ...course, id: 'start-s-1', subject: `uln:${EWAN}` });
    expect(await lines('st-chads', '2027-01')).toEqual(['start y-1 st-chads new 2027-01 Ewan']);
    await publish('2027-02-05T06:00:00Z', { ...SEPTEMBER, period: '2027-01' });
    await country.tell('2027-02-06', 'bct', about(CHLOE, 'record.retracted', { of: 'start-y-1', reason: 'other' }));
    expect(await lines('bct', '2027-02')).toEqual(['start y-1 bct withdrawn 2027-01 Chloe']);
    expect((await lines('lsc', '2027-02')).join()).not.toContain('y-1');
  });

  const PUPIL = ulnOf(1);
  const end = (uln: string, programmeId: string, leftOn: string) => named(leaving(uln, programmeId, leftOn), `end-${programmeId}`);
  const takenBack = (uln: string, of: string) => about(uln, 'record.retracted', { of, reason: 'other' });
  const walked = async (month: string): Promise<readonly (readonly string[])[]> => {
    const pages: Listed[] = [];
    do pages.push(await read('lsc', `${month}&limit=1${pages.map(({ next }) => `&cursor=${next}`).at(-1) ?? ''}`));
    while (pages.at(-1)?.next !== undefined);
    return pages.map(linesOf);
  };
  const onePageARow = async (month: string, ...expected: readonly string[]): Promise<void> => {
    expect([await lines('lsc', month), (await walked(month)).toSorted()]).toEqual([expected, expected.map((line) => [line]).toSorted()]);
  };

  it('ends between what a funder sees, and no page of the list tells', async () => {
    const pupils = { ...course, id: 'start-w-1', subject: `uln:${PUPIL}` };
    await country.tell('2027-02-09', 'hts', starts(FARAH, 'f-2', '2027-02-01'), starts(EWAN, 'e-2', '2027-02-02'));
    await country.tell('2027-02-09', 'wulfrun', registered(PUPIL, 'Gwen'), pupils, end(PUPIL, 'y-1', '2027-02-05'));
    await country.tell('2027-02-09', 'hts', end(FARAH, 'f-2', '2027-02-04'), end(EWAN, 'e-2', '2027-02-08'));
    expect(await lines('wulfrun', '2027-02')).toContain('left-early y-1 wulfrun new 2027-02 Gwen');
    const begun = ['start f-2 hts new 2027-02 -', 'start e-2 hts new 2027-02 -'];
    await onePageARow('2027-02', ...begun, 'left-early f-2 hts new 2027-02 -', 'left-early e-2 hts new 2027-02 -');
  });

  it('ends, and that is taken back, likewise', async () => {
    await publish('2027-03-05T06:00:00Z', { ...SEPTEMBER, period: '2027-02' });
    await country.tell('2027-03-08', 'wulfrun', takenBack(PUPIL, 'end-y-1'));
    await country.tell('2027-03-08', 'hts', takenBack(FARAH, 'end-f-2'), takenBack(EWAN, 'end-e-2'));
    expect(await lines('wulfrun', '2027-03')).toEqual(['left-early y-1 wulfrun withdrawn 2027-02 Gwen']);
    await onePageARow('2027-03', 'left-early e-2 hts withdrawn 2027-02 -', 'left-early f-2 hts withdrawn 2027-02 -');
  });

  it('is looked at by no funder', async () => {
    const pupil = await learnerIdOf(country.town, 'wulfrun', `uln:${PUPIL}`);
    const looks = (await allDecisions(country.town)).filter(({ learner }) => learner === pupil).map(({ actor }) => actor);
    expect(looks).toContain('wulfrun');
    expect(looks).not.toContain('lsc');
  });
});
