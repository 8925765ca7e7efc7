// What staff see: mine and now, a learner's passport, what is known before anybody assesses, and any list (console.md, 4.3 and 5).
import { ConsoleTown } from './console-town.ts';
import { ADVISING, arrives, expectOpenToAll, rowsOf, working } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

describe('Monday morning of a personal adviser (J10)', () => {
  it('shows what is overdue without a press, the longest overdue first, and each leads to its learner', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await arrives(visitor, 'Mine, now');
    const text = await visitor.text();
    expect(text).toMatch(/Overdue \(\d+\)/);
    expect(text).toMatch(/Owen Price\s+follow up overdue[^,]*\d+ \w+ \d{4}, \d+ days? overdue/);
    expect(text).not.toContain('Dylan Rhys');
    expect(visitor.presses).toBe(0);
    await expectOpenToAll(visitor);
    const days = [...text.matchAll(/(\d+) days? overdue/g)].map(([, days = '']) => Number(days));
    expect(days).toEqual(days.toSorted((one, other) => other - one));
    await visitor.page.getByRole('link', { name: 'Owen Price' }).first().click();
    await arrives(visitor, 'Owen Price');
  });

  it('asks first what the work is for', async () => {
    const visitor = await town.signedIn('d.lal');
    await arrives(visitor, 'What are you working on?');
  });
});

describe('the regular list of a link adviser (J12)', () => {
  it('has whoever is linked to nobody first, so that nobody slips through the net: two presses to the learner', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.press('link', 'On programme');
    const [first = ''] = await rowsOf(visitor);
    expect(first).toMatch(/^Will Ashby not linked Allocate to me ?for Will Ashby Forge Apprenticeships Apprenticeship/);
    await expectOpenToAll(visitor);
    await visitor.press('link', 'Will Ashby');
    await arrives(visitor, 'Will Ashby');
    expect(visitor.presses).toBe(2);
  });

  it('is filtered without script, and says what is chosen', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING, options: { javaScriptEnabled: false } });
    await visitor.open('/staff/on-programme');
    await visitor.page.getByLabel('Linked').selectOption('false');
    await visitor.press('button', 'Apply filters');
    expect((await rowsOf(visitor)).map((row) => row.slice(0, 10))).toEqual(['Will Ashby']);
    await visitor.press('link', /Remove this filter Linked: no/);
    expect((await rowsOf(visitor)).length).toBeGreaterThan(10);
  });
});

describe('before a key worker assesses (J13)', () => {
  it('one press tells what is known, what to rely on and what to assess', async () => {
    const visitor = await working(town, 'k.reid', { on: ['Plan learning', 'Deliver programme', 'Support learner'] });
    await expectOpenToAll(visitor);
    await visitor.press('link', /what do we have\? About Aisha Rahman/);
    await arrives(visitor, 'What do we have?');
    visitor.reached('J13');
    const rows = await rowsOf(visitor);
    expect(rows.find((row) => row.startsWith('literacy, Initial assessment'))).toMatch(/rely on it|ask for consent/);
    expect(rows.find((row) => row.startsWith('numeracy, Initial assessment'))).toBeDefined();
    await expectOpenToAll(visitor);
  });

  it('what is not known and what may not be known stand there in the same words', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.pressFirst(/^Amy Fletcher$/);
    await visitor.press('link', 'What do we have?');
    expect(await rowsOf(visitor)).toEqual([
      'literacy, Initial assessment assess Nothing is known in literacy: assess. Record an assessment for literacy, Initial assessment',
      'numeracy, Initial assessment assess Nothing is known in numeracy: assess. Record an assessment for numeracy, Initial assessment',
    ]);
  });

  it('asks for the work that it is seen for, and looks at nothing before', async () => {
    const visitor = await working(town, 'k.reid', { on: ['Deliver programme'] });
    await visitor.page
      .getByRole('link', { name: /what do we have\?/ })
      .first()
      .click();
    expect(await visitor.text()).toMatch(/seen for other work than yours at present: for plan learning/);
    await expectOpenToAll(visitor);
  });
});

describe('what may be read only with consent (J14)', () => {
  it('is asked for in three presses, for one’s own agency alone; then it says since when, and nobody asks twice', async () => {
    const visitor = await working(town, 'k.reid', { on: ['Plan learning', 'Deliver programme', 'Support learner'] });
    await visitor.page.getByRole('link', { name: /what do we have\? About Owen Price/ }).click();
    const before = visitor.presses;
    await visitor.press('button', /^Ask for consent/);
    expect(await visitor.page.locator('[name="recipients"]').inputValue()).toBe('black-country-training');
    expect(await visitor.page.locator('[name="categories"]').inputValue()).toBe('apir');
    await expectOpenToAll(visitor);
    await visitor.press('button', 'Check what you entered');
    await visitor.press('button', 'Sign and send');
    await arrives(visitor, 'Recorded');
    expect(visitor.presses - before).toBe(3);
    await visitor.open('/staff');
    await visitor.page.getByRole('link', { name: /what do we have\? About Owen Price/ }).click();
    expect(await visitor.text()).toMatch(/The learner has been asked, and has not said yes yet\. Asked on \d+ \w+ \d{4}\./);
    expect(await visitor.page.getByRole('button', { name: /^Ask for consent/ }).count()).toBe(0);
    await expectOpenToAll(visitor);
  });

  it('is asked for on paper too: nothing is ticked, and no is as large as yes, in both languages', async () => {
    const visitor = await working(town, 'k.reid', { on: ['Plan learning'] });
    await visitor.open('/staff/consent/paper/initial-assessment-reuse');
    await expectOpenToAll(visitor);
    expect(await visitor.page.locator('section[lang]').evaluateAll((all) => all.map((one) => one.getAttribute('lang')))).toEqual([
      'en',
      'cy',
    ]);
    const sizes = `[...document.querySelectorAll('section[lang="en"] .concordat-answers li')].map((one) => getComputedStyle(one).fontSize)`;
    expect(new Set(await visitor.page.evaluate<readonly string[]>(sizes)).size).toBe(1);
    await visitor.page.emulateMedia({ media: 'print' });
    expect(await visitor.page.getByText('Print this page.').isVisible()).toBe(false);
  });

  it('an assessment that is not comprehensive enough is supplemented with that reason', async () => {
    const visitor = await working(town, 'k.reid', { on: ['Plan learning', 'Deliver programme', 'Support learner'] });
    await visitor.page.getByRole('link', { name: /what do we have\? About Owen Price/ }).click();
    await visitor.press('button', /^Supplement it\s+for literacy/);
    expect(await visitor.page.getByRole('radio', { name: 'Not comprehensive', exact: true }).isChecked()).toBe(true);
    for (const [name, value] of Object.entries({
      domain: 'literacy',
      instrument: 'Own paper',
      'assessor.role': 'key-worker',
      'outcome.summary': 'Spells well.',
    }))
      await visitor.page.locator(`[name="${name}"]`).fill(value);
    await visitor.press('button', 'Check what you entered');
    expect(await visitor.text()).toContain('Initial assessment');
    await visitor.press('button', 'Sign and send');
    await arrives(visitor, 'Recorded');
  });
});

/** Names are text, whatever they hold. */
const HOSTILE = '"><img src=x onerror=alert(1)>';

describe('the passport of a learner', () => {
  it('stands in the order of its documents, each from somebody, of a day, and by a clause', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.page.getByRole('link', { name: 'Aisha Rahman' }).first().click();
    const titles = await visitor.page.locator('main h2').allInnerTexts();
    expect(titles.slice(0, 3)).toEqual(['Who it is', 'Referral', 'Assessments']);
    expect(titles).toEqual(expect.arrayContaining(['Programme', 'Reviews']));
    expect(await visitor.page.locator('main h3').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^from Black Country Training, \d+ \w+ \d{4}$/)]),
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

  it('prints with its day, position and who printed it, and without what is pressed', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.page.getByRole('link', { name: 'Aisha Rahman' }).first().click();
    expect(await visitor.page.getByText(/Printed from the record as of/).isVisible()).toBe(false);
    await visitor.page.emulateMedia({ media: 'print' });
    expect(await visitor.page.getByText(/Printed from the record as of .*, position \d+, by D\. Lal\./).isVisible()).toBe(true);
    for (const name of ['Sign out', 'Give a code for the learner’s own page'])
      expect(await visitor.page.getByRole('button', { name, includeHidden: true }).first().isVisible()).toBe(false);
  });

  it('leads from each ground to the clause in the agreement as people read it', async () => {
    const visitor = await working(town, 'd.lal', { on: ADVISING });
    await visitor.page.getByRole('link', { name: 'Aisha Rahman' }).first().click();
    await visitor.page.locator('summary', { hasText: 'Reviews' }).click();
    await visitor.page.locator('details[open]').getByRole('link', { name: 'e2e-passport@1#EP5' }).first().click();
    await arrives(visitor, 'E2E Passport');
    expect(new URL(visitor.page.url()).hash).toBe('#EP5');
    expect(await visitor.page.locator('#EP5').innerText()).toContain('personal adviser follows how the programme goes');
    await expectOpenToAll(visitor);
  });

  it('of whom nobody confirmed the agency says who may, and that it can record all the same (D0)', async () => {
    const stranger = { localId: 'WC-77', uln: '9276308686', givenName: HOSTILE, familyName: 'Example', dateOfBirth: '2010-05-06' };
    await town.tell('wulfrun-college', { type: 'learner.registered', subject: `uln:${stranger.uln}`, data: stranger });
    const visitor = await working(town, 't.page', { on: ADVISING });
    await visitor.fill('Your own id for the learner, or a ULN', 'WC-77');
    await visitor.press('button', 'Find');
    expect(await visitor.text()).toMatch(/You can record\. You will see what others recorded, .* once Connexions North.* confirms/);
    expect(await visitor.heading()).toBe(`${HOSTILE} Example`);
    expect(await visitor.page.locator('img').count()).toBe(0);
    await expectOpenToAll(visitor);
  });

  it('is found by an id of one’s own, and by no other’s name for the learner', async () => {
    const adviser = await working(town, 'd.lal', { on: ADVISING });
    await adviser.fill('Your own id for the learner, or a ULN', 'CN-1015');
    await adviser.press('button', 'Find');
    await arrives(adviser, 'Owen Price');
    const address = adviser.page.url();
    const tutor = await working(town, 't.page', { on: ADVISING });
    const response = await tutor.page.goto(address);
    expect(response?.status()).toBe(404);
    await tutor.open('/staff');
    await tutor.fill('Your own id for the learner, or a ULN', 'CN-1015');
    await tutor.press('button', 'Find');
    expect(await tutor.text()).toContain('There is no such learner, or none whom you may know of');
    await expectOpenToAll(tutor);
  });
});
