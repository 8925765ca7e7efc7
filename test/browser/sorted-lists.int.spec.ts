// Lists put in the order of a column by a press on its heading: on the page, on further pages, with filters, and in the file (ADR 77).
import { readFileSync } from 'node:fs';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { ADVISING, expectOpenToAll, rowsOf, working } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

/** What stands in the column of that heading. */
const columnOf = async ({ page }: Visitor, heading: string): Promise<readonly string[]> => {
  const headings = (await page.locator('thead th').allInnerTexts()).map((text) => text.replace(/\s*[▲▼]$/, '').trim());
  const place = headings.indexOf(heading) + 1;
  return (await page.locator(`tbody tr > :nth-child(${place})`).allInnerTexts()).map((text) => text.trim());
};
const familyNames = async (visitor: Visitor): Promise<readonly string[]> =>
  (await columnOf(visitor, 'Learner')).map((name) => name.split(' ').at(-1) ?? '');
const sortsBy = (visitor: Visitor, heading: string): Promise<void> =>
  visitor.page.locator('thead').getByRole('link', { name: heading, exact: true }).click();
const ariaOf = ({ page }: Visitor, heading: string): Promise<string | null> =>
  page.getByRole('columnheader', { name: heading }).getAttribute('aria-sort');

it('is sorted by a press, the other way round by another, and says which way; without script, narrow or wide', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  await visitor.open('/staff/on-programme');
  const own = await rowsOf(visitor);
  expect(await ariaOf(visitor, 'Learner')).toBe('none');
  await sortsBy(visitor, 'Learner');
  const first = await familyNames(visitor);
  expect(first.length).toBeGreaterThan(3);
  expect(first).toEqual(first.toSorted());
  expect(await visitor.text()).toContain('The list is sorted by learner (family name), A to Z.');
  expect(await ariaOf(visitor, 'Learner')).toBe('ascending');
  await expectOpenToAll(visitor);
  await sortsBy(visitor, 'Learner');
  expect(await familyNames(visitor)).toEqual(first.toSorted().toReversed());
  expect(await ariaOf(visitor, 'Learner')).toBe('descending');
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
  await expectOpenToAll(visitor);
  await visitor.press('link', 'Back to the list’s own order');
  expect(await rowsOf(visitor)).toEqual(own);
});

it('stays so where a filter is applied or taken away, and in the file', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  await visitor.open('/staff/on-programme?sort=-learner');
  await visitor.page.getByLabel('Linked').selectOption('true');
  await visitor.press('button', 'Apply filters');
  const names = await familyNames(visitor);
  expect(names).toEqual(names.toSorted().toReversed());
  expect(new URL(visitor.page.url()).searchParams.get('linked')).toBe('true');
  const coming = visitor.page.waitForEvent('download');
  await visitor.press('link', 'Download the list (CSV)');
  const [head = '', ...lines] = readFileSync(await (await coming).path(), 'utf8')
    .trim()
    .split('\r\n');
  const place = head.split(',').indexOf('familyName');
  expect(lines.map((line) => line.split(',')[place])).toEqual(names);
  await visitor.press('link', /^Remove this filter/);
  expect(await visitor.text()).toContain('The list is sorted by learner (family name), Z to A.');
});

it('that goes on says that it is sorted page by page', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  await visitor.open('/staff/on-programme?limit=5&sort=learner');
  expect(await visitor.text()).toContain('Only the 5 rows of this page are sorted by learner (family name), A to Z');
  expect(await visitor.text()).toContain('The file is in the list’s own order.');
  await visitor.press('link', 'Next');
  const names = await familyNames(visitor);
  expect(names).toEqual(names.toSorted());
  expect(await visitor.text()).toMatch(/Only the (?:\d rows|row) of this page/);
  await expectOpenToAll(visitor);
});

it('is in its own order where the address names no column of it', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  for (const odd of ['nothing', '-', 'constructor', '%00']) {
    await visitor.open(`/staff/reviews?sort=${odd}`);
    expect(await visitor.page.locator('[aria-sort="ascending"], [aria-sort="descending"]').count()).toBe(0);
    expect(await visitor.page.locator('.concordat-group').count()).toBeGreaterThan(0);
  }
});

it.each(['/dpo/consents', '/dpo/withdrawals'])('%s of an officer is sorted as well, and hinders nobody', async (path) => {
  const visitor = await town.signedIn('olu');
  await visitor.open(path);
  const own = await rowsOf(visitor);
  expect(own.length).toBeGreaterThan(1);
  await sortsBy(visitor, 'Consent');
  const ids = await columnOf(visitor, 'Consent');
  expect(ids).toEqual(ids.toSorted(new Intl.Collator('en-GB', { numeric: true }).compare));
  expect(await ariaOf(visitor, 'Consent')).toBe('ascending');
  await expectOpenToAll(visitor);
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
  await visitor.press('link', 'Back to the list’s own order');
  expect(await rowsOf(visitor)).toEqual(own);
});

it('of who saw what keeps its filter and its order', async () => {
  const visitor = await town.signedIn('olu');
  await visitor.open('/dpo/consents');
  const [, learner = ''] = /\/consents\/([^/]+)\//.exec((await visitor.page.locator('tbody a').first().getAttribute('href')) ?? '') ?? [];
  await visitor.open(`/dpo/learners/${learner}/disclosures?outcome=answered`);
  await visitor.page.locator('thead').getByRole('link', { name: 'Who', exact: true }).click();
  const who = await columnOf(visitor, 'Who');
  expect(who).toEqual(who.toSorted(new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' }).compare));
  expect(new URL(visitor.page.url()).searchParams.get('outcome')).toBe('answered');
  await expectOpenToAll(visitor);
});

it('of questions stays in its order from one state to the other', async () => {
  const visitor = await town.signedIn('bea');
  await visitor.open('/dpo/questions?sort=-sent');
  expect(await visitor.text()).toContain('The list is sorted by sent, latest first.');
  expect(await ariaOf(visitor, 'Sent')).toBe('descending');
  await expectOpenToAll(visitor);
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
  await visitor.press('link', 'Answered');
  const { searchParams } = new URL(visitor.page.url());
  expect([searchParams.get('state'), searchParams.get('sort')]).toEqual(['answered', '-sent']);
});
