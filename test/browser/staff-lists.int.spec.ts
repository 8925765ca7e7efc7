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

  it('of duties says in words what is to be done; by which ids machines know it stands in the file alone', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.open('/staff/lists/duties');
    expect(await visitor.text()).toContain('Whoever the service refers has a valid APIR within five days.');
    expect(await visitor.page.locator('table').innerText()).not.toMatch(/apir-at-referral|duty id/i);
    const coming = visitor.page.waitForEvent('download');
    await visitor.press('link', 'Download the list (CSV)');
    const [head = '', ...lines] = readFileSync(await (await coming).path(), 'utf8').split('\r\n');
    expect(head.split(',')).toEqual(expect.arrayContaining(['dutyId', 'duty', 'says']));
    expect(lines.some((line) => line.includes('apir-at-referral'))).toBe(true);
  });

  it('that is empty says why, and what hides others', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.open('/staff/on-programme?provider=nobody');
    expect(await visitor.text()).toContain('No learner of yours is on a programme.');
    expect(await visitor.text()).toContain('A filter may hide others.');
    await expectOpenToAll(visitor);
  });

  it('that no clause shows the agency says which would have to hold', async () => {
    const visitor = await working(town, 'd.lal', { on: ['Account for funding'] });
    const response = await visitor.page.goto('/staff/leavers');
    expect(response?.status()).toBe(403);
    expect(await visitor.text()).toMatch(/Your agency may not see this for account for funding\./);
    await visitor.page
      .getByRole('link', { name: /, clause [A-Z0-9]+$/ })
      .first()
      .click();
    expect(new URL(visitor.page.url()).pathname).toMatch(/^\/agreements\/[a-z0-9-]+\/\d+$/);
    await expectOpenToAll(visitor);
  });

  it('of leavers shows in which of the twelve weeks they left; of things it needs no purpose of its own', async () => {
    const visitor = await working(town, 'd.lal', { on: ['Track participation'] });
    await visitor.open('/staff/leavers');
    expect(await visitor.text()).toMatch(/\d of \d learners on this page left within the first twelve weeks/);
    expect(await visitor.text()).toContain('Dissatisfied with the programme');
    await expectOpenToAll(visitor);
    await visitor.open('/staff/lists/provision');
    expect(await visitor.text()).toContain('Hair and beauty');
    await visitor.open('/staff/guarantee');
    await expectOpenToAll(visitor);
  });

  it('of the Guarantee is drawn week by week, of rows that the agency may list itself', async () => {
    const visitor = await working(town, 'd.lal', { on: ['Guarantee place'] });
    await visitor.open('/staff/guarantee-weeks');
    expect(await visitor.text()).toMatch(/On \d+ \w+ \d{4} \d+ of \d+ young people had no offer\./);
    expect(await visitor.page.locator('svg[role="img"]').count()).toBe(1);
    await expectOpenToAll(visitor);
  });

  it('of visits tells of days to come, by day and provider; a review is scheduled from its line, and then stands there', async () => {
    const visitor = await working(town, 'k.reid', { on: ['Deliver programme', 'Support learner'] });
    await visitor.open('/staff/visits');
    expect(await visitor.text()).toContain('No review is scheduled from today on.');
    await visitor.open('/staff/reviews?state=due');
    const before = visitor.presses;
    await visitor.press('button', /^Schedule\s+for BCT-1001/);
    const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10).split('-').map(Number);
    for (const [place, part] of ['year', 'month', 'day'].entries())
      await visitor.page.locator(`[name="on-${part}"]`).fill(String(day[place]));
    await visitor.press('button', 'Check what you entered');
    await visitor.press('button', 'Sign and send');
    expect(await visitor.heading()).toBe('Recorded');
    expect(visitor.presses - before).toBe(3);
    await visitor.open('/staff/visits');
    expect(await visitor.page.locator('.concordat-group').innerText()).toMatch(/^\d+ \w+ \d{4}, black-country-training$/);
    await expectOpenToAll(visitor);

    // Whose attendance is wanted is told under the same review: there is one, not two.
    await visitor.press('button', /^Change day or ask to attend/);
    await visitor.page.locator('[name="attendanceRequested"]').fill('personal-adviser');
    await visitor.page.locator('[name="reason"]').fill('Housing is to be talked about.');
    await visitor.press('button', 'Check what you entered');
    expect(await visitor.text()).toContain('Told anew, under the id');
    await visitor.press('button', 'Sign and send');
    expect(await visitor.heading()).toBe('Recorded');
    await visitor.open('/staff/visits');
    const rows = (await rowsOf(visitor)).filter((row) => row.includes('Change day'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('personal-adviser');
  });

  it('of referrals has its tabs, in each the words for nothing; one that waits is withdrawn, one declined referred on', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.press('link', 'Referrals');
    await visitor.press('link', 'Waiting for your answer');
    expect(await visitor.text()).toContain('Nothing waits for your answer.');
    await visitor.press('link', 'Declined');
    expect(await visitor.page.locator('[aria-current="page"]', { hasText: 'Declined' }).count()).toBe(1);
    await visitor.press('button', /^Refer on/);
    expect(await visitor.heading()).toBe('Referral made');
    await expectOpenToAll(visitor);
  });

  it('of a link adviser has a tab of those who are linked to nobody, whatever the page', async () => {
    const visitor = await working(town, 'k.stone', { on: ADVISING });
    await visitor.press('link', 'On programme');
    expect((await rowsOf(visitor))[0]).toMatch(/^Will Ashby not linked/);
    await visitor.press('link', 'Not linked');
    expect((await rowsOf(visitor)).map((row) => row.slice(0, 10))).toEqual(['Will Ashby']);
    await visitor.open('/staff/lists/sign-offs?state=to-sign');
    await visitor.page
      .getByRole('button', { name: /^Sign on behalf/ })
      .first()
      .click();
    expect(await visitor.page.locator('[name="signedBy.role"]').inputValue()).toBe('link-adviser');
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
