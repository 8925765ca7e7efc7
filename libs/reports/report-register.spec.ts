// What may be verified and published, and when (views.md, V13, S16).
import { MemoryEventStore } from '#event-store/memory';
import { fixedClock } from '#kernel';
import { raisedIn, ReportRegister } from './index.ts';

const SEPTEMBER = { table: 'starts-and-finishes', period: '2026-09' };
const COUNTS = { start: 7, 'left-early': 1 };
const open = async (at: string, closing = '05T06:00') => {
  const store = new MemoryEventStore();
  const clock = fixedClock(Date.parse(at));
  return { store, clock, register: await ReportRegister.open(store, clock, { closing }) };
};

describe('a list that closes', () => {
  it('is verified once it has closed, published once it was verified, and then is as it is', async () => {
    const { clock, register } = await open('2026-10-05T04:59:59Z');
    expect(await register.verify(SEPTEMBER, COUNTS)).toMatchObject({ ok: false, error: { code: 'not-closed' } });
    clock.set(Date.parse('2026-10-05T05:00:00Z'));
    expect(await register.release(SEPTEMBER, { counts: COUNTS, leftOut: [] })).toMatchObject({ error: { code: 'not-verified' } });
    expect((await register.periodsOf(SEPTEMBER.table)).statusOf('2026-09')).toBe('open');
    await register.verify(SEPTEMBER, { start: 6 });
    await register.verify(SEPTEMBER, COUNTS);
    expect((await register.periodsOf(SEPTEMBER.table)).statusOf('2026-09')).toBe('verified');
    const released = await register.release(SEPTEMBER, { counts: COUNTS, leftOut: [17] });
    const periods = await register.periodsOf(SEPTEMBER.table);
    expect(periods.published('2026-09')).toEqual({
      ...SEPTEMBER,
      status: 'published',
      closedAt: clock.now(),
      publishedAt: clock.now(),
      counts: COUNTS,
      position: released.ok && released.value[0],
      leftOut: new Set([17]),
    });
    expect([periods.statusOf('2026-10'), (await register.periodsOf('activities')).statusOf('2026-09')]).toEqual(['open', 'open']);
    for (const again of [register.verify(SEPTEMBER, {}), register.release(SEPTEMBER, { counts: {}, leftOut: [] })])
      expect(await again).toMatchObject({ ok: false, error: { code: 'already-published' } });
  });

  it('keeps when it closed, and others see it published, whatever is set since', async () => {
    const { store, clock, register } = await open('2026-10-06T09:00:00Z');
    await register.verify(SEPTEMBER, COUNTS);
    const beside = await ReportRegister.open(store, clock, { closing: '10T09:00' });
    await register.release(SEPTEMBER, { counts: COUNTS, leftOut: [] });
    const { closes } = await beside.periodsOf(SEPTEMBER.table);
    expect([closes('2026-09'), closes('2026-10')].map((at) => new Date(at).toISOString())).toEqual([
      '2026-10-05T05:00:00.000Z',
      '2026-11-10T09:00:00.000Z',
    ]);
  });
});

it('a finding is waived once, of one rule about one event', async () => {
  const { store, register } = await open('2026-10-06T09:00:00Z');
  const named = { rule: 'start-before-14', position: 12 };
  expect(await register.waive(named, 'document-seen')).toMatchObject({ value: [expect.any(Number)] });
  expect(await register.waive(named, 'rule-does-not-fit')).toEqual({ ok: true, value: [] });
  expect([...(await register.current()).waived.values()]).toEqual([
    { ...named, reason: 'document-seen', at: Date.parse('2026-10-06T09:00:00Z') },
  ]);
  expect((await store.readStream('reports')).map(({ type, meta }) => [type, meta.actor])).toEqual([
    ['uk.concordat.issue.waived.v1', 'operator:data-manager'],
  ]);
});

it('an agency is asked about a finding as often as it takes, once a day', async () => {
  const { store, clock, register } = await open('2026-10-06T09:00:00Z');
  const named = { rule: 'start-before-14', position: 12 };
  expect(raisedIn(await register.current(), named)).toBeUndefined();
  expect(await register.raise(named)).toMatchObject({ value: [expect.any(Number)] });
  expect(await register.raise(named)).toEqual({ ok: true, value: [] });
  clock.set(Date.parse('2026-10-06T23:30:00Z'));
  expect(await register.raise(named)).toMatchObject({ value: [expect.any(Number)] });
  expect(raisedIn(await register.current(), named)).toEqual({ ...named, at: clock.now() });
  expect((await store.readStream('reports')).map(({ payload }) => JSON.parse(Buffer.from(payload).toString()))).toEqual([
    { ...named, at: Date.parse('2026-10-06T09:00:00Z') },
    { ...named, at: clock.now() },
  ]);
});

it('what was left out and is let stand since is of the list that is open then', async () => {
  const { clock, register } = await open('2026-10-06T09:00:00Z');
  const periods = async () => register.periodsOf(SEPTEMBER.table);
  await register.waive({ rule: 'start-before-14', position: 17 }, 'document-seen');
  await register.verify(SEPTEMBER, COUNTS);
  clock.set(Date.parse('2026-10-06T10:00:00Z'));
  await register.release(SEPTEMBER, { counts: COUNTS, leftOut: [17, 18] });
  // A waiver from before the release let nothing stand: it was left out nevertheless.
  expect((await periods()).laterListOf(17)).toBeUndefined();
  clock.set(Date.parse('2026-11-04T09:00:00Z'));
  await register.waive({ rule: 'start-before-14', position: 18 }, 'document-seen');
  expect([(await periods()).laterListOf(18), (await periods()).letInto('2026-10')]).toEqual(['2026-10', [18]]);
  clock.set(Date.parse('2026-11-05T09:00:00Z'));
  await register.waive({ rule: 'end-before-start', position: 18 }, 'document-seen');
  expect((await periods()).laterListOf(18)).toBe('2026-10');
  const october = { ...SEPTEMBER, period: '2026-10' };
  clock.set(Date.parse('2026-11-06T09:00:00Z'));
  await register.verify(october, COUNTS);
  await register.release(october, { counts: COUNTS, leftOut: [18] });
  clock.set(Date.parse('2026-11-07T09:00:00Z'));
  await register.waive({ rule: 'end-before-birth', position: 18 }, 'document-seen');
  expect([(await periods()).laterListOf(18), (await periods()).letInto('2026-10')]).toEqual(['2026-11', []]);
  expect((await register.periodsOf('jobs-without-training')).laterListOf(18)).toBeUndefined();
});
