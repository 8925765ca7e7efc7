// A data protection officer's journeys through decisions, consents and days, with presses counted from the first page (console.md, J1 to
// J3), and what strangers and small screens are given.
import { person } from '../../apps/cli/demo/people.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';

const AISHA = person(1, 'Aisha Rahman', '').uln;

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const findAisha = async (visitor: Visitor): Promise<void> => {
  await visitor.fill('What do you have in hand?', AISHA);
  await visitor.press('button', 'Find it');
};
const readBy = (agency: string): RegExp => new RegExp(`by ${agency}, position`);
const fillDay = async ({ page }: Visitor, [day, month, year]: readonly [string, string, string]): Promise<void> => {
  await page.locator('[name="day-day"]').fill(day);
  await page.locator('[name="day-month"]').fill(month);
  await page.locator('[name="day-year"]').fill(year);
};

describe('the officer of the partnership', () => {
  it('J1: finds who saw what of a child and why, and has it decided again, within five presses', async () => {
    const visitor = await town.signedIn('olu');
    expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Today', []]);
    await findAisha(visitor);
    expect(visitor.page.url()).not.toContain(AISHA);
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.press('link', 'Who saw it');
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.press('link', readBy('Black Country Training'));
    expect(await visitor.text()).toMatch(
      /Black Country Training was shown .*assessment.* with consent connexions-north\/consent-1 \(revision \d+\)/,
    );
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.press('button', 'Check again');
    expect(await visitor.text()).toMatch(/Decided again at .*: the same\./);
    expect(await visitor.hindrances()).toEqual([]);
    visitor.reached('J1');
  });

  it('J2: tells a mother on which consent the assessment was read, within four presses', async () => {
    const visitor = await town.signedIn('olu');
    await findAisha(visitor);
    await visitor.press('link', 'Who saw it');
    await visitor.press('link', readBy('Black Country Training'));
    await visitor.pressFirst(/^connexions-north\/consent-1$/);
    expect(await visitor.heading()).toBe('Consent connexions-north/consent-1');
    const told = await visitor.text();
    expect(told).toContain('Black Country Training relied on it');
    expect(told).toMatch(/Notice shown\s+e2e-passport-notice, version/);
    const signed = await visitor.page.request.get(`${new URL(visitor.page.url()).pathname}/record`);
    expect([signed.status(), signed.headers()['content-type']]).toEqual([200, 'application/jose']);
    expect(await signed.text()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(told).not.toMatch(/Aisha|Rahman/);
    expect(await visitor.hindrances()).toEqual([]);
    visitor.reached('J2');
  });

  it('J3: says what an agency could see on a day, within three presses, and what is otherwise today', async () => {
    const visitor = await town.signedIn('olu');
    await findAisha(visitor);
    await visitor.press('link', 'As of a day');
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.fill('Which agency?', 'Black Country training');
    await fillDay(visitor, ['3', '9', '2026']);
    await visitor.page.getByLabel('For what?').selectOption('plan-learning');
    await visitor.press('button', 'Show');
    visitor.reached('J3');
    expect(await visitor.text()).toMatch(/Black Country Training on 3 September 2026, for plan learning/);
    expect(await visitor.text()).toContain('consent connexions-north/consent-1');
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.press('checkbox', 'Compare with today');
    await visitor.press('button', 'Show');
    expect(await visitor.text()).toContain('Beside today');
    expect(await visitor.hindrances()).toEqual([]);
    await fillDay(visitor, ['1', '1', '2020']);
    await visitor.press('button', 'Show');
    expect(await visitor.text()).toMatch(/was no partner on that day|Nothing was recorded of this learner yet/);
  });

  it('is told field by field what an as-of lacks, and keeps what was entered', async () => {
    const visitor = await town.signedIn('olu');
    await findAisha(visitor);
    await visitor.press('link', 'As of a day');
    await fillDay(visitor, ['31', '2', '2026']);
    await visitor.press('button', 'Show');
    const summary = await visitor.page.locator('.govuk-error-summary').innerText();
    expect(summary).toContain('Enter the agency');
    expect(summary).toContain('Enter a day that has begun');
    expect(await visitor.page.locator('[name="day-day"]').inputValue()).toBe('31');
    expect(await visitor.hindrances()).toEqual([]);
  });

  it('searches consents, follows one through its withdrawal, and takes the list away', async () => {
    const visitor = await town.signedIn('olu');
    await visitor.press('link', 'Consents');
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.page.getByLabel('Status').selectOption('withdrawn');
    await visitor.press('button', 'Apply filters');
    expect(await visitor.page.locator('.moj-filter__tag').allInnerTexts()).toEqual([expect.stringMatching(/Status: Withdrawn$/)]);
    expect(await visitor.hindrances()).toEqual([]);
    const withdrawn = await visitor.page.locator('tbody th a').allInnerTexts();
    expect(withdrawn).toContain('connexions-north/consent-2');
    await visitor.press('link', 'connexions-north/consent-2');
    expect(await visitor.text()).toMatch(/Relied on it afterwards\s+0/);
    expect(await visitor.page.locator('svg.picture title').first().textContent()).toContain('relied on it 1 time');
    expect(await visitor.hindrances()).toEqual([]);
    const csv = await visitor.page.request.get('/dpo/consents.csv?status=withdrawn');
    expect([csv.status(), csv.headers()['content-type'], csv.headers()['cache-control']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'no-store',
    ]);
    expect((await csv.text()).split('\r\n').filter(Boolean)).toHaveLength(withdrawn.length + 1);
    await visitor.open('/dpo/withdrawals');
    expect(await visitor.text()).toContain('connexions-north/consent-2');
    expect(await visitor.hindrances()).toEqual([]);
  });

  it('sees pages that are empty say what would be there', async () => {
    const visitor = await town.signedIn('olu');
    await visitor.open('/dpo/consents?status=paused&category=offence');
    expect(await visitor.text()).toContain('No consent that is your affair passes these filters');
    expect(await visitor.hindrances()).toEqual([]);
    await findAisha((await visitor.open('/dpo'), visitor));
    for (const tab of ['Refusals', 'Rights', 'Identity statements']) {
      await visitor.press('link', tab);
      expect(await visitor.hindrances()).toEqual([]);
    }
    expect(await visitor.text()).toContain('contents are no part of this page');
  });
});

describe('the officer of one agency', () => {
  it('finds a learner by the agency’s own id, and is told of that agency’s affair alone', async () => {
    const visitor = await town.signedIn('bea');
    await visitor.fill('What do you have in hand?', 'BCT-1001');
    await visitor.press('button', 'Find it');
    expect(await visitor.heading()).toBe('Learner BCT-1001');
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.press('link', 'Who saw it');
    expect(await visitor.text()).toMatch(/by Forge Apprenticeships[^]*Refused: nothing to do with the learner/);
    await visitor.press('link', readBy('Connexions North'));
    expect(await visitor.text()).toContain('programme started, of Black Country Training');
    expect(await visitor.text()).not.toMatch(/, of (?!Black Country Training)/);
    await visitor.page.goBack();
    await visitor.press('link', 'As of a day');
    expect(await visitor.page.getByLabel('Which agency?').count()).toBe(0);
    await fillDay(visitor, ['3', '9', '2026']);
    await visitor.page.getByLabel('For what?').selectOption('plan-learning');
    await visitor.press('button', 'Show');
    expect(await visitor.text()).not.toContain('of Connexions North');
    expect(await visitor.hindrances()).toEqual([]);
  });

  it('is told alike of nothing, and of what is not theirs', async () => {
    const visitor = await town.signedIn('bea');
    await visitor.open('/dpo/find');
    const told: string[] = [];
    for (const query of ['nothing at all', '1', 'CN-1005']) {
      await visitor.fill('What do you have in hand?', query);
      await visitor.press('button', 'Find it');
      expect(await visitor.hindrances()).toEqual([]);
      // When the sign-in ends is said by the minute.
      told.push((await visitor.text()).replace(/signed out at \S+\./, ''));
    }
    expect(told[0]).not.toContain('signed out at');
    expect(told[0]).toContain('There is nothing by that name, or nothing that you may know of');
    expect(new Set(told).size).toBe(1);
    expect((await visitor.page.goto('/dpo/decisions/1'))?.status()).toBe(404);
    expect((await visitor.page.goto('/dpo/learners/psn:AAAAAAAAAAAAAAAAAAAAAA'))?.status()).toBe(404);
    expect(await visitor.hindrances()).toEqual([]);
  });

  it('is asked for a word where none was entered', async () => {
    const visitor = await town.signedIn('bea');
    await visitor.press('button', 'Find it');
    expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Enter what you have in hand');
    expect(await visitor.hindrances()).toEqual([]);
  });
});

describe('whoever is no officer', () => {
  it.each(['k.reid', 'sam'] as const)('as %s, is turned away', async (id) => {
    const visitor = await town.signedIn(id);
    for (const path of ['/dpo', '/dpo/consents', '/dpo/consents.csv', '/dpo/decisions/1', '/dpo/withdrawals']) {
      expect([path, (await visitor.page.request.get(path, { maxRedirects: 0 })).status()]).toEqual([path, 403]);
    }
  });
});

describe('on any screen', () => {
  it('pages work without script', async () => {
    const visitor = await town.signedIn('olu', { javaScriptEnabled: false });
    await findAisha(visitor);
    await visitor.press('link', 'Who saw it');
    await visitor.press('link', readBy('Black Country Training'));
    await visitor.press('button', 'Check again');
    expect(await visitor.text()).toContain('the same.');
  });

  it('pages need not be moved sideways at 320 pixels', async () => {
    const visitor = await town.signedIn('olu', { viewport: { width: 320, height: 640 } });
    await findAisha(visitor);
    const learner = new URL(visitor.page.url()).pathname;
    const consent = learner.replace('learners', 'consents') + '/connexions-north%2Fconsent-1';
    const asOf = `/dpo/as-of?learner=${learner.split('/').at(-1) ?? ''}`;
    for (const path of ['/dpo', '/dpo/find', learner, `${learner}/disclosures`, '/dpo/consents', consent, asOf, '/dpo/withdrawals']) {
      await visitor.open(path);
      expect([path, await visitor.scrollsSideways()]).toEqual([path, false]);
    }
  });

  it('pages hinder nobody in forced colours', async () => {
    const visitor = await town.signedIn('olu', { forcedColors: 'active' });
    await visitor.open('/dpo/withdrawals');
    expect(await visitor.hindrances()).toEqual([]);
  });
});

it('a consent, and whom a member of staff looked at, are found without a learner in hand', async () => {
  const { gate } = town.node;
  const asked = { purposes: ['support-learner'], asked: 'passport', page: { after: 0, limit: 10 } } as const;
  for (const ref of ['local:CN-1001', 'local:CN-1005'])
    await gate.ask({ asker: { agency: 'connexions-north', staff: 'n.temple' }, ref, ...asked });
  await town.settled();
  const visitor = await town.signedIn('olu');
  await visitor.fill('What do you have in hand?', 'connexions-north/consent-1');
  await visitor.press('button', 'Find it');
  expect(await visitor.heading()).toBe('Consent connexions-north/consent-1');
  await visitor.open('/dpo/find');
  await visitor.fill('What do you have in hand?', 'n.temple');
  await visitor.press('button', 'Find it');
  expect(await visitor.hindrances()).toEqual([]);
  const found = visitor.page.getByRole('link', { name: 'What a member of staff saw' });
  expect(await found.count()).toBe(2);
  await found.first().click();
  expect(await visitor.page.locator('tbody tr').count()).toBe(1);
  expect(await visitor.text()).toContain('n.temple');
});
