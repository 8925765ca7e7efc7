// Any list as staff see it: filter, pages, file, and every state that it can be in (console.md, 3 and 4.5).
import { readFileSync } from 'node:fs';
import { ConsoleTown } from './console-town.ts';
import { ADVISING, expectOpenToAll, rowsOf, working } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

describe('any list', () => {
  it.each(['caseload', 'on-programme', 'reviews', 'visits', 'referrals', 'lists/duties', 'lists/follow-ups', 'lists/vacancies', 'lists'])(
    '/staff/%s hinders nobody, wide or narrow',
    async (path) => {
      const visitor = await working(town, 'd.lal', { on: ADVISING });
      await visitor.open(`/staff/${path}`);
      await expectOpenToAll(visitor);
      await visitor.page.setViewportSize({ width: 320, height: 640 });
      expect(await visitor.scrollsSideways()).toBe(false);
    },
  );

  it('goes on by a cursor alone, and back to its first page', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.open('/staff/on-programme?limit=10');
    const first = await rowsOf(visitor);
    expect(first).toHaveLength(10);
    expect(await visitor.text()).toContain('More than 10 rows, all pages up to 50,000, will be recorded as seen by you.');
    await visitor.page.getByRole('link', { name: 'Next' }).click();
    const second = await rowsOf(visitor);
    expect(second.filter((row) => first.includes(row))).toEqual([]);
    await expectOpenToAll(visitor);
    await visitor.page.getByRole('link', { name: 'First page' }).click();
    expect(await rowsOf(visitor)).toEqual(first);
  });

  it('leaves as a file that says how much is recorded, and whose copy it is', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.open('/staff/on-programme?linked=false');
    expect(await visitor.text()).toContain('1 row will be recorded as seen by you.');
    const coming = visitor.page.waitForEvent('download');
    await visitor.press('link', 'Download the list (CSV)');
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^on-programme-\d{4}-\d\d-\d\d-\d+-d\.lal\.csv$/);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Will,Ashby');
  });

  it('that is empty says why, and what hides others', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.open('/staff/on-programme?provider=nobody');
    expect(await visitor.text()).toContain('No learner of yours is on a programme.');
    expect(await visitor.text()).toContain('A filter may hide others.');
    await expectOpenToAll(visitor);
  });

  it('that no clause shows the agency says which would have to hold', async () => {
    const visitor = await working(town, 'r.finch', { on: ['Support learner'] });
    const response = await visitor.page.goto('/staff/caseload');
    expect(response?.status()).toBe(403);
    expect(await visitor.text()).toMatch(/You may not see this/);
    await expectOpenToAll(visitor);
  });

  it('of leavers shows in which of the twelve weeks they left; of things it needs no purpose of its own', async () => {
    const visitor = await working(town, 'd.lal', { on: ['Track participation'] });
    await visitor.open('/staff/leavers');
    expect(await visitor.text()).toMatch(/\d of \d on this page left within the first twelve weeks/);
    await expectOpenToAll(visitor);
    await visitor.open('/staff/lists/provision');
    expect(await visitor.text()).toContain('Hair and beauty');
    await visitor.open('/staff/guarantee');
    await expectOpenToAll(visitor);
  });

  it('that is none is no page, and what is no filter of it is not sent on', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    expect((await visitor.page.goto('/staff/lists/nonsense'))?.status()).toBe(404);
    expect((await visitor.page.goto('/staff/caseload?wrong=1&lang=cy'))?.status()).toBe(200);
    expect((await visitor.page.goto('/staff/caseload?on=yesterday'))?.status()).toBe(400);
    await expectOpenToAll(visitor);
  });

  it('is read in forced colours', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING, options: { forcedColors: 'active' } });
    await visitor.open('/staff/caseload?attention=any');
    expect((await rowsOf(visitor)).every((row) => /overdue|attendance|declined|followed/.test(row))).toBe(true);
    await expectOpenToAll(visitor);
  });
});
