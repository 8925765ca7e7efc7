// What staff see: mine and now, a learner's passport, what is known before anybody assesses, and any list (console.md, 4.3 and 5).
import { readFileSync } from 'node:fs';
import type { BrowserContextOptions } from 'playwright-core';
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

interface Working {
  readonly on: readonly string[];
  readonly options?: BrowserContextOptions;
}

/** Signed in, having said what the work is for; what is pressed from then on counts. */
const working = async (person: PersonId, { on, options = {} }: Working): Promise<Visitor> => {
  const visitor = await town.signedIn(person, options);
  await visitor.open('/purpose?then=/staff');
  for (const purpose of on) await visitor.page.getByRole('checkbox', { name: purpose, exact: true }).check();
  await visitor.page.getByRole('button', { name: 'Continue' }).click();
  return visitor;
};

const ADVISING = ['Support learner', 'Deliver programme', 'Plan learning'];
const rowsOf = async (visitor: Visitor): Promise<readonly string[]> =>
  (await visitor.page.locator('main .govuk-table tbody tr').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
/** In what state the page is, nothing may hinder anybody. */
const expectOpenToAll = async (visitor: Visitor): Promise<void> => {
  expect(await visitor.hindrances()).toEqual([]);
  expect(await visitor.page.locator('h1').count()).toBe(1);
  expect(await visitor.page.locator('script').count()).toBe(0);
};

describe('Monday morning of a personal adviser (J10)', () => {
  it('shows what is overdue without a press, the longest overdue first, and each leads to its learner', async () => {
    const visitor = await working('d.lal', { on: ADVISING });
    expect(await visitor.heading()).toBe('Mine, now');
    const text = await visitor.text();
    expect(text).toMatch(/Overdue \(\d+\)/);
    expect(text).toMatch(/Owen Price\s+follow up overdue\s+\d+ \w+ \d{4}, \d+ days? overdue/);
    expect(text).not.toContain('Dylan Rhys');
    expect(visitor.presses).toBe(0);
    await expectOpenToAll(visitor);
    const days = [...text.matchAll(/(\d+) days? overdue/g)].map(([, days = '']) => Number(days));
    expect(days).toEqual(days.toSorted((one, other) => other - one));
    await visitor.page.getByRole('link', { name: 'Owen Price' }).first().click();
    expect(await visitor.heading()).toBe('Owen Price');
  });

  it('asks first what the work is for', async () => {
    const visitor = await town.signedIn('d.lal');
    expect(await visitor.heading()).toBe('What are you working on?');
  });
});

describe('the regular list of a link adviser (J12)', () => {
  it('has whoever is linked to nobody first, so that nobody slips through the net: two presses to the learner', async () => {
    const visitor = await working('d.lal', { on: ADVISING });
    await visitor.press('link', 'On programme');
    const [first = ''] = await rowsOf(visitor);
    expect(first).toMatch(/^Will Ashby not linked forge-apprenticeships/);
    await expectOpenToAll(visitor);
    await visitor.press('link', 'Will Ashby');
    expect(await visitor.heading()).toBe('Will Ashby');
    expect(visitor.presses).toBe(2);
  });

  it('is filtered without script, and says what is chosen', async () => {
    const visitor = await working('d.lal', { on: ADVISING, options: { javaScriptEnabled: false } });
    await visitor.open('/staff/on-programme');
    await visitor.page.getByLabel('Linked').selectOption('false');
    await visitor.press('button', 'Apply filters');
    expect((await rowsOf(visitor)).map((row) => row.slice(0, 10))).toEqual(['Will Ashby']);
    await visitor.press('link', /Remove this filter Linked: false/);
    expect((await rowsOf(visitor)).length).toBeGreaterThan(10);
  });
});

describe('before a key worker assesses (J13)', () => {
  it('one press tells what is known, what to rely on and what to assess', async () => {
    const visitor = await working('k.reid', { on: ['Plan learning', 'Deliver programme', 'Support learner'] });
    await expectOpenToAll(visitor);
    await visitor.page.getByRole('link', { name: /what do we have\? About Aisha Rahman/ }).click();
    expect(await visitor.heading()).toBe('What do we have?');
    const rows = await rowsOf(visitor);
    expect(rows.find((row) => row.startsWith('literacy, initial'))).toMatch(/rely on it|ask for consent/);
    expect(rows.find((row) => row.startsWith('numeracy, initial'))).toBeDefined();
    await expectOpenToAll(visitor);
  });

  it('what is not known and what may not be known stand there in the same words', async () => {
    const visitor = await working('d.lal', { on: ADVISING });
    await visitor.press('link', 'Amy Fletcher');
    await visitor.press('link', 'What do we have?');
    expect(await rowsOf(visitor)).toEqual([
      'literacy, initial assess Nothing is known in literacy: assess.',
      'numeracy, initial assess Nothing is known in numeracy: assess.',
    ]);
  });

  it('asks for the work that it is seen for, and looks at nothing before', async () => {
    const visitor = await working('k.reid', { on: ['Deliver programme'] });
    await visitor.page
      .getByRole('link', { name: /what do we have\?/ })
      .first()
      .click();
    expect(await visitor.text()).toMatch(/seen for other work than yours at present: for plan learning/);
    await expectOpenToAll(visitor);
  });
});

describe('the passport of a learner', () => {
  it('stands in the order of its documents, each from somebody, of a day, and by a clause', async () => {
    const visitor = await working('d.lal', { on: ADVISING });
    await visitor.page.getByRole('link', { name: 'Aisha Rahman' }).first().click();
    const titles = await visitor.page.locator('main h2').allInnerTexts();
    expect(titles.slice(0, 3)).toEqual(['Who it is', 'Referral', 'Assessments']);
    expect(titles).toEqual(expect.arrayContaining(['Programme', 'Reviews']));
    expect(await visitor.page.locator('main h3').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^from black-country-training, \d+ \w+ \d{4}$/)]),
    );
    expect(await visitor.page.locator('details').first().getAttribute('open')).toBeNull();
    await visitor.page.locator('summary', { hasText: 'Reviews' }).click();
    expect(await visitor.page.locator('details[open]').innerText()).toContain(
      'e2e-passport@1#EP5, on the basis of a public task (6(1)(e))',
    );
    await expectOpenToAll(visitor);
    expect(new URL(visitor.page.url()).pathname).not.toMatch(/\d{10}|Rahman/);
    expect(await visitor.page.title()).not.toContain('Aisha');
  });

  it('is found by an id of one’s own, and by no other’s name for the learner', async () => {
    const adviser = await working('d.lal', { on: ADVISING });
    await adviser.fill('Your own id for the learner, or a ULN', 'CN-1015');
    await adviser.press('button', 'Find');
    expect(await adviser.heading()).toBe('Owen Price');
    const address = adviser.page.url();
    const planner = await working('r.finch', { on: ['Account for funding'] });
    const response = await planner.page.goto(address);
    expect(response?.status()).toBe(404);
    await planner.open('/staff');
    await planner.fill('Your own id for the learner, or a ULN', 'CN-1015');
    await planner.press('button', 'Find');
    expect(await planner.text()).toContain('There is no such learner, or none whom you may know of');
    await expectOpenToAll(planner);
  });
});

describe('any list', () => {
  it.each(['caseload', 'on-programme', 'reviews', 'visits', 'referrals', 'lists/duties', 'lists/follow-ups', 'lists/vacancies', 'lists'])(
    '/staff/%s hinders nobody, wide or narrow',
    async (path) => {
      const visitor = await working('d.lal', { on: ADVISING });
      await visitor.open(`/staff/${path}`);
      await expectOpenToAll(visitor);
      await visitor.page.setViewportSize({ width: 320, height: 640 });
      expect(await visitor.scrollsSideways()).toBe(false);
    },
  );

  it('goes on by a cursor alone, and back to its first page', async () => {
    const visitor = await working('d.lal', { on: ADVISING });
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
    const visitor = await working('d.lal', { on: ADVISING });
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
    const visitor = await working('d.lal', { on: ADVISING });
    await visitor.open('/staff/on-programme?provider=nobody');
    expect(await visitor.text()).toContain('No learner of yours is on a programme.');
    expect(await visitor.text()).toContain('A filter may hide others.');
    await expectOpenToAll(visitor);
  });

  it('that no clause shows the agency says which would have to hold', async () => {
    const visitor = await working('r.finch', { on: ['Support learner'] });
    const response = await visitor.page.goto('/staff/caseload');
    expect(response?.status()).toBe(403);
    expect(await visitor.text()).toMatch(/You may not see this/);
    await expectOpenToAll(visitor);
  });

  it('of leavers shows in which of the twelve weeks they left; of things it needs no purpose of its own', async () => {
    const visitor = await working('d.lal', { on: ['Track participation'] });
    await visitor.open('/staff/leavers');
    expect(await visitor.text()).toMatch(/\d of \d on this page left within the first twelve weeks/);
    await expectOpenToAll(visitor);
    await visitor.open('/staff/lists/provision');
    expect(await visitor.text()).toContain('Hair and beauty');
    await visitor.open('/staff/guarantee');
    await expectOpenToAll(visitor);
  });

  it('that is none is no page, and what is no filter of it is not sent on', async () => {
    const visitor = await working('d.lal', { on: ADVISING });
    expect((await visitor.page.goto('/staff/lists/nonsense'))?.status()).toBe(404);
    expect((await visitor.page.goto('/staff/caseload?wrong=1&lang=cy'))?.status()).toBe(200);
    expect((await visitor.page.goto('/staff/caseload?on=yesterday'))?.status()).toBe(400);
    await expectOpenToAll(visitor);
  });

  it('is read in forced colours', async () => {
    const visitor = await working('d.lal', { on: ADVISING, options: { forcedColors: 'active' } });
    await visitor.open('/staff/caseload?attention=any');
    expect((await rowsOf(visitor)).every((row) => /overdue|attendance|declined|followed/.test(row))).toBe(true);
    await expectOpenToAll(visitor);
  });
});
