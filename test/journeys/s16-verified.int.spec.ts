// S16: what is handed round was looked at before: issues by rule, waived, left out or solved, and then the list is published (views.md).
import { jest } from '@jest/globals';
import type { OfficeName } from '#access';
import type { EventToSend } from '#client';
import { AISHA, BEN, BlackCountry, CHLOE, DEV, EWAN, registered } from './black-country.ts';
import { Offices } from './offices.ts';
import { programme } from './told.ts';

jest.setTimeout(120_000);

const [QUALITY, MONEY, LIST] = ['assure-data-quality', 'account-for-funding', 'starts-and-finishes'];
let offices: Offices;
let country: BlackCountry;

const starts = (uln: string, programmeId: string, startedOn: string): EventToSend => ({
  ...programme(uln, programmeId, { startedOn }),
  id: `start-${programmeId}`,
});
const younger = (uln: string, name: string) => registered(uln, name, { dateOfBirth: '2012-09-20' });

beforeAll(async () => {
  offices = await Offices.open();
  country = await BlackCountry.open('2026-09-01', offices.environment);
  await country.tell('2026-09-01', 'bct', registered(AISHA, 'Aisha'), younger(BEN, 'Ben'), younger(CHLOE, 'Chloe'), younger(EWAN, 'Ewan'));
  await country.tell('2026-09-01', 'hts', registered(DEV, 'Dev', { postcode: undefined as never }));
  await country.tell('2026-09-14', 'bct', starts(AISHA, 'a-1', '2026-09-07'), starts(BEN, 'b-1', '2026-09-08'));
  await country.tell('2026-09-15', 'bct', starts(CHLOE, 'c-1', '2026-09-09'), starts(EWAN, 'e-1', '2026-09-10'));
  await country.tell('2026-09-16', 'hts', starts(DEV, 'd-1', '2026-09-11'));
});
afterAll(async () => {
  await country.close();
  offices.close();
});

const asOffice = async (office: OfficeName, method: string, path: string, body?: object) => {
  await country.caughtUp();
  const authorization = `Bearer ${await offices.token(office, country.clock)}`;
  const response = await fetch(`${country.town.server.url}/v1/${path}`, {
    method,
    headers: { authorization, purpose: QUALITY, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
};
const manager = (method: string, path: string, body?: object) => asOffice('data-manager', method, path, body);
const issueLines = (rows: unknown) =>
  (rows as readonly Readonly<Record<string, string>>[]).map(({ severity, rule, source, type, since, state }) =>
    [severity, rule, source, type, since, state].join(' '),
  );
const positionsOf = (rows: unknown) => (rows as readonly { readonly position: string }[]).map(({ position }) => position);
const report = `reports/${LIST}/2026-09`;
const own = async (agency: string, search = '') => (await country.list(agency, `data-quality/issues${search}`, QUALITY)).rows;

const THREE = [
  'blocks start-before-14 bct programme.started 2026-09-14 open',
  'blocks start-before-14 bct programme.started 2026-09-15 open',
  'blocks start-before-14 bct programme.started 2026-09-15 open',
];

describe('issues', () => {
  it('are an agency’s own to it, and all to the data manager, what blocks first', async () => {
    country.day('2026-09-21');
    expect(issueLines(await own('bct'))).toEqual(THREE);
    const OF_HTS = 'warns residence-missing hts learner.registered 2026-09-01 open';
    expect(issueLines(await own('hts'))).toEqual([OF_HTS]);
    expect(issueLines((await manager('GET', 'data-quality/issues')).body['rows'])).toEqual([...THREE, OF_HTS]);
    expect(issueLines((await manager('GET', 'data-quality/issues?agency=hts&severity=warns')).body['rows'])).toEqual([OF_HTS]);
  });

  it('say what to do, and nothing of what was sent', async () => {
    const { text, rows } = await country.list('bct', 'data-quality/issues?rule=start-before-14', QUALITY);
    expect(rows[0]).toMatchObject({ says: 'A programme started before the learner was 14.', advice: expect.stringContaining('Correct') });
    expect(text).not.toMatch(/Ben|2012-09-20|WV1|b-1|Entry to Employment/);
  });

  it('block for more than ten working days, and are overdue', async () => {
    country.day('2026-09-28');
    expect((await own('bct')).map(({ overdue }) => overdue)).toEqual([false, false, false]);
    country.day('2026-09-29');
    expect((await own('bct')).map(({ overdue }) => overdue)).toEqual([true, false, false]);
  });

  it('are asked about by the data manager alone: the row says when, to the agency too, and nothing is written', async () => {
    const [position] = positionsOf(await own('bct'));
    const path = `data-quality/issues/${position}/ask`;
    const body = { rule: 'start-before-14' };
    expect((await own('bct')).map(({ askedOn }) => askedOn)).toEqual([null, null, null]);
    expect((await asOffice('operator', 'POST', path, body)).body).toMatchObject({ status: 403, code: 'not-permitted' });
    expect((await manager('POST', path, { rule: 'uln-missing' })).body).toMatchObject({ status: 404, code: 'no-such-issue' });
    expect((await manager('POST', path, { rule: 'anything' })).body).toMatchObject({ status: 400, code: 'bad-request' });
    expect((await manager('POST', path, body)).body).toEqual({ state: 'asked', position: expect.any(String) });
    expect((await manager('POST', path, body)).body).toEqual({ state: 'asked' });
    expect((await own('bct')).map(({ askedOn }) => askedOn)).toEqual(['2026-09-29', null, null]);
    expect((await manager('GET', 'data-quality/issues')).body['rows']).toMatchObject([{ askedOn: '2026-09-29' }, {}, {}, {}]);
    const [last] = (await country.town.node.store.readStream('reports')).slice(-1);
    expect(JSON.parse(Buffer.from(last?.payload ?? []).toString())).toEqual({
      ...body,
      position: Number(position),
      at: country.clock.now(),
    });
  });

  it('of one are no issues of another, nor of a stranger, nor of an office that has no clause', async () => {
    for (const agency of ['forge', 'lsc', 'connexions-south']) expect(await own(agency, '?agency=bct')).toEqual([]);
    expect((await asOffice('dpo-partnership', 'GET', 'data-quality/issues')).status).toBe(403);
    expect(await own('hts', '?agency=bct')).toEqual([]);
  });
});

describe('the list of September', () => {
  it('is verified and published by the data manager alone, and once it has closed', async () => {
    country.clock.set(Date.parse('2026-10-05T04:59:59Z'));
    expect((await manager('POST', `${report}/verify`)).body).toMatchObject({ status: 409, code: 'not-closed' });
    country.clock.set(Date.parse('2026-10-05T05:00:00Z'));
    expect((await asOffice('operator', 'POST', `${report}/verify`)).body).toMatchObject({ status: 403, code: 'not-permitted' });
    expect((await manager('POST', 'reports/caseload/2026-09/verify')).body).toMatchObject({ status: 404, code: 'no-such-report' });
    expect((await manager('POST', `reports/${LIST}/2026-13/verify`)).body).toMatchObject({ code: 'no-such-report' });
    expect((await manager('POST', `${report}/release`, { leaveOut: [] })).body).toMatchObject({ code: 'blocked' });
  });

  it('shows what it counts, and what touches it', async () => {
    const { status, body } = await manager('POST', `${report}/verify`);
    expect([status, body]).toMatchObject([
      200,
      { status: 'verified', counts: { start: 5 }, excluded: 0, closedAt: '2026-10-05T05:00:00.000Z' },
    ]);
    expect(issueLines(body['issues'])).toEqual(THREE);
    expect(JSON.stringify(body)).not.toMatch(/Ben|Ewan|WV1/);
    const { text } = await country.list('lsc', `${LIST}?month=2026-09`, MONEY);
    expect(JSON.parse(text)).toMatchObject({ status: 'verified' });
  });

  it('is published when each that blocks is waived with a reason, or left out', async () => {
    const { issues } = (await manager('POST', `${report}/verify`)).body;
    const [first, ...others] = positionsOf(issues);
    const waive = (rule: string, reason: string) => manager('POST', `data-quality/issues/${first}/waive`, { rule, reason });
    expect((await waive('start-before-14', 'because')).body).toMatchObject({ status: 400, code: 'bad-request' });
    expect((await waive('uln-missing', 'document-seen')).body).toMatchObject({ status: 404, code: 'no-such-issue' });
    expect((await waive('start-before-14', 'document-seen')).body).toMatchObject({ state: 'waived' });
    expect(issueLines(await own('bct', '?state=waived'))).toEqual([THREE[0]?.replace('open', 'waived')]);
    const blocked = await manager('POST', `${report}/release`, {});
    expect([blocked.status, positionsOf(blocked.body['issues'])]).toEqual([409, others]);
    expect((await manager('POST', `${report}/release`, { leaveOut: ['1'] })).body).toMatchObject({ code: 'no-such-position' });
    const { body } = await manager('POST', `${report}/release`, { leaveOut: others });
    expect(body).toMatchObject({ status: 'published', excluded: 2, counts: { start: 3 }, issues: [] });
    expect((await manager('POST', `${report}/release`, { leaveOut: others })).body).toMatchObject({ code: 'already-published' });
  });

  it('reaches the funder without what was left out, and says how much that is', async () => {
    const { text, rows } = await country.list('lsc', `${LIST}?month=2026-09`, MONEY);
    expect(JSON.parse(text)).toMatchObject({ status: 'published', excluded: 2, counts: { start: 3 } });
    expect(rows.map(({ programmeId }) => programmeId)).toEqual(['a-1', 'b-1', 'd-1']);
  });

  it('says of the next what changed', async () => {
    await country.tell('2026-10-20', 'bct', starts(AISHA, 'a-2', '2026-10-12'));
    country.clock.set(Date.parse('2026-11-05T06:00:00Z'));
    expect((await manager('POST', `reports/${LIST}/2026-10/verify`)).body).toMatchObject({ counts: { start: 1 }, previous: { start: 3 } });
  });

  it('leaves out for good what nobody lets stand; what is let stand later is late in the list that is open then', async () => {
    const left = (await own('bct', '?rule=start-before-14&state=open')) as unknown as readonly { readonly position: string }[];
    expect(left).toHaveLength(2);
    const [first] = positionsOf(left);
    const waived = await manager('POST', `data-quality/issues/${first}/waive`, { rule: 'start-before-14', reason: 'document-seen' });
    expect(waived.body).toMatchObject({ state: 'waived' });
    const listed = async (month: string) => (await country.list('lsc', `${LIST}?month=${month}`, MONEY)).rows;
    const named = (rows: Awaited<ReturnType<typeof listed>>) =>
      rows.map(({ programmeId, change, forMonth }) => [programmeId, change, forMonth]);
    expect(named(await listed('2026-09')).map(([id]) => id)).toEqual(['a-1', 'b-1', 'd-1']);
    expect(named(await listed('2026-10'))).toEqual([['a-2', 'new', '2026-10']]);
    expect(named(await listed('2026-11'))).toEqual([['c-1', 'late', '2026-09']]);
  });
});
