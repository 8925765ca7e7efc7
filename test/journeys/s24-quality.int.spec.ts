// S24: procedures for all, findings between the agency concerned and those who answer for quality; never for another provider.
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

const ask = (view: 'procedures' | 'findings', agency: string, search = ''): Promise<Listed> =>
  listed(town, { view, path: `quality/${view}`, agency }, { search });
const finding = (findingId: string, agency: string, due = '2027-02-01') => ({
  type: 'quality.finding-recorded' as const,
  data: { findingId, procedureId: 'file-sample', agency, finding: 'Two files lack a review', action: 'Review them', due },
});

beforeAll(async () => {
  await town.tell('wv-partnership', {
    type: 'quality.procedure-published',
    data: { procedureId: 'file-sample', title: 'File sample of ten', text: 'Ten files of each provider are read each term.' },
  });
  await town.tell('wv-partnership', finding('f-1', 'bct'));
});

it('the procedure is known to every party', async () => {
  for (const { slug } of BLACK_COUNTRY)
    expect((await ask('procedures', slug)).rows).toMatchObject([
      {
        title: 'File sample of ten',
        by: 'wv-partnership',
        via: [{ clause: slug === 'wv-partnership' ? 'own' : 'quality-assurance@1#QA2' }],
      },
    ]);
});

it('the finding is known to BCT, the LSC and the partnership; to HTS it is as if there were none', async () => {
  const bodies: string[] = [];
  for (const { slug } of BLACK_COUNTRY) {
    const { rows, status } = await ask('findings', slug, 'state=open');
    bodies.push(`${slug} ${status} ${rows.map(({ findingId }) => findingId).join()}`);
  }
  const seeing = ['bct', 'lsc', 'wv-partnership'];
  expect(bodies).toEqual(BLACK_COUNTRY.map(({ slug }) => `${slug} 200 ${seeing.includes(slug) ? 'f-1' : ''}`));
  const plain = ({ text }: Listed): string => text.replace(/"position":"\d+"/, '');
  expect(plain(await ask('findings', 'hts', 'agency=bct'))).toBe(plain(await ask('findings', 'hts', 'agency=nobody')));
});

it('what others are told hides in no page of it', async () => {
  await town.tell(
    'wv-partnership',
    finding('f-2', 'hts', '2027-01-01'),
    finding('f-3', 'hts', '2027-03-01'),
    finding('f-4', 'bct', '2027-03-02'),
  );
  const first = await ask('findings', 'bct', 'limit=1');
  const second = await ask('findings', 'bct', `limit=1&cursor=${first.next}`);
  expect([first, second].map(({ rows }) => rows[0]?.['findingId'])).toEqual(['f-1', 'f-4']);
  expect(second.next).toBeUndefined();
});

it('it is overdue the day after, and closed for the agency concerned too', async () => {
  expect((await ask('findings', 'bct', 'on=2027-02-02&state=overdue')).rows).toMatchObject([
    { findingId: 'f-1', agency: 'bct', procedure: 'file-sample' },
  ]);
  await town.tell('wv-partnership', { type: 'quality.finding-closed', data: { findingId: 'f-1', on: '2026-10-01' } });
  for (const agency of ['bct', 'lsc'])
    expect((await ask('findings', agency, 'state=closed')).rows).toMatchObject([{ findingId: 'f-1', closedOn: '2026-10-01' }]);
});

it('of the same id of another source nothing is closed', async () => {
  await town.tell('lsc', finding('f-4', 'bct'), { type: 'quality.finding-closed', data: { findingId: 'f-4', on: '2026-10-01' } });
  expect((await ask('findings', 'bct', 'state=open')).rows.map(({ findingId, by }) => [findingId, by])).toEqual([
    ['f-4', 'wv-partnership'],
  ]);
});
