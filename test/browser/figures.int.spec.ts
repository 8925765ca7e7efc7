// Officers look at flows, unusual looks and agreements: pictures with their tables, in a real browser (console.md, 4.1 and 6).
import { shippedProtocols } from '#sharing-protocols';
import { DraftProtocol } from '#sharing-protocols/bus';
import { withUseCasesOf } from '../../apps/cli/data-directory.ts';
import { ConsoleTown } from './console-town.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
  const shipped = shippedProtocols().find(({ id }) => id === 'initial-assessment-reuse');
  if (shipped === undefined) throw new Error('It ships no more.');
  const providersOnly = shipped.flows.map((flow) => ({
    ...flow,
    to: flow.to.map((to) => ({ ...to, roles: to.roles.filter((role) => role !== 'college') })),
  }));
  const narrower = { ...shipped, version: shipped.version + 1, flows: providersOnly };
  const drafted = await withUseCasesOf(town.node, (ask) => ask(new DraftProtocol(narrower)));
  if (!drafted.ok) throw new Error(drafted.error.says);
  await town.settled();
});
afterAll(() => town.close());

describe('flows', () => {
  it('are shown to the partnership’s officer as a picture and a table of the same numbers', async () => {
    const visitor = await town.signedIn('olu');
    await visitor.press('link', 'Flows');
    expect(await visitor.heading()).toBe('Who gives what to whom');
    expect(await visitor.hindrances()).toEqual([]);
    const ribbons = await visitor.page.locator('svg#flows [data-row]').count();
    const rows = await visitor.page.locator('.picture-table').first().locator('tbody tr').count();
    expect(ribbons).toBeGreaterThan(0);
    expect(ribbons).toBeLessThanOrEqual(rows);
    await visitor.page.locator('svg#flows a').first().press('Enter');
    await visitor.page.waitForURL(/category=/);
    await visitor.page.getByLabel('Show', { exact: true }).selectOption('unused');
    await visitor.press('button', 'Show');
    expect(await visitor.text()).toContain('allowed, never used');
    const finding = await visitor.page.locator('figcaption').innerText();
    expect(finding).toMatch(/^\d+ flows? (?:is|are) allowed and never used\.$/);
    expect(`${await visitor.page.locator('.picture-table tbody tr').count()} `).toBe(/^\d+ /.exec(finding)?.[0]);
    expect(await visitor.hindrances()).toEqual([]);
  });

  it('of a month in which nothing was given say so', async () => {
    const visitor = await town.signedIn('olu', { javaScriptEnabled: false });
    await visitor.open('/dpo/flows?from=2020-01&to=2020-02');
    expect(await visitor.text()).toContain('Nothing was given to anybody in these months.');
    await visitor.open('/dpo/flows?basis=6(1)(f)');
    expect(await visitor.text()).toContain('Nothing of that kind was given to anybody in these months.');
  });

  it('are a table alone on a narrow screen, without scrolling the page sideways', async () => {
    const visitor = await town.signedIn('olu', { viewport: { width: 320, height: 640 } });
    await visitor.open('/dpo/flows');
    expect(await visitor.page.locator('svg#flows').isVisible()).toBe(false);
    expect(await visitor.scrollsSideways()).toBe(false);
    expect(await visitor.hindrances()).toEqual([]);
    const [all, row] = [await visitor.page.locator('#category option').count(), visitor.page.locator('.picture-table th a').first()];
    expect(await row.innerText()).toMatch(/^.+ gives .+ to .+$/s);
    await row.click();
    await visitor.page.waitForURL(/category=/);
    expect(await visitor.page.locator('#category option').count()).toBe(all);
    expect(await visitor.page.locator('#category').inputValue()).not.toBe('');
  });

  it('of an agency’s officer name no others’ data', async () => {
    const visitor = await town.signedIn('bea');
    await visitor.open('/dpo/flows');
    expect(await visitor.text()).toContain('You see the flows that touch your agency’s data or its staff.');
    expect(await visitor.hindrances()).toEqual([]);
  });
});

describe('assessments not repeated', () => {
  it('are a picture and a table of the same numbers, with the hours spared where somebody says how long one takes', async () => {
    const visitor = await town.signedIn('olu');
    await visitor.press('link', 'See assessments not repeated');
    expect(await visitor.heading()).toBe('Assessments not repeated');
    const finding = (await visitor.page.locator('figcaption').innerText()).trim();
    expect(finding).toMatch(/^\d+ assessments were not repeated\./);
    const rows = visitor.page.locator('.picture-table tbody tr');
    expect(await visitor.page.locator('svg#repeats [data-row]').count()).toBe(await rows.count());
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.page.getByText('Count the hours that were spared').click();
    await visitor.fill('Initial assessment, in minutes', '90');
    await visitor.press('button', 'Show');
    expect(await visitor.page.locator('figcaption').innerText()).toMatch(/which spared [\d.]+ hours\./);
    await visitor.open('/dpo/repeats?from=2020-01&to=2020-02');
    expect(await visitor.text()).toContain('Nothing was assessed in these months.');
  });

  it('are told to an agency’s administrator and officer of that agency alone', async () => {
    const administrator = await town.signedIn('a.kaur', { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    await administrator.press('link', 'Assessments that you did not have to repeat');
    expect(await administrator.heading()).toBe('Assessments not repeated');
    expect(await administrator.text()).not.toContain('not avoidable');
    expect(await administrator.scrollsSideways()).toBe(false);
    const officer = await town.signedIn('bea');
    await officer.open('/dpo/repeats');
    expect(await officer.page.getByText('By agency that sent them').count()).toBe(0);
    expect(await officer.hindrances()).toEqual([]);
  });
});

describe('unusual looks', () => {
  it('are told by rule, each in words', async () => {
    const visitor = await town.signedIn('olu', { forcedColors: 'active' });
    await visitor.press('link', 'Unusual looks');
    expect(await visitor.text()).toContain('Many refusals');
    await visitor.page.getByText('How the rule “Looks by night” works').click();
    expect(await visitor.text()).toContain('between ten at night and six in the morning');
    expect(await visitor.hindrances()).toEqual([]);
  });
});

it('unusual looks of the own staff are explained with a reason, which stands beside them from then on', async () => {
  const visitor = await town.signedIn('bea');
  expect(await visitor.text()).toContain('1 unusual look to explain');
  await visitor.press('link', 'Unusual looks');
  expect(await visitor.text()).toContain('1 hit, 1 not explained');
  const explain = visitor.page.getByText(/^Explain it/);
  await explain.click();
  await visitor.press('button', 'Check what you wrote');
  expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('in ten characters or more');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.fill(/Why it is no matter/, 'She prepared his moving-on plan that day.');
  const before = await town.node.store.head();
  await visitor.press('button', 'Check what you wrote');
  expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Check before you record it', []]);
  expect(await visitor.text()).toContain('She prepared his moving-on plan that day.');
  const types = (await town.node.store.readAll({ after: before, limit: 100 })).map(({ type }) => type);
  expect(types.filter((type) => type.includes('explained'))).toEqual([]);
  await visitor.press('button', 'Record it');
  expect(await visitor.heading()).toBe('The look is explained');
  expect(await visitor.text()).toMatch(/Position \d+\s+It is shown as explained/);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', 'Back to unusual looks');
  expect(await visitor.text()).toMatch(/1 hit, 0 not explained[^]*Explained[^]*\(bea\)[^]*She prepared his moving-on plan that day\./);
  expect(await visitor.hindrances()).toEqual([]);
});

describe('agreements', () => {
  it('are read with how often each clause was used, and compared in sentences and a picture', async () => {
    const visitor = await town.signedIn('olu');
    await visitor.press('link', 'Agreements');
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.press('link', /^E2E.*version 1$/);
    expect(await visitor.text()).toMatch(/EP3[\s\S]*\d/);
    expect(await visitor.hindrances()).toEqual([]);
    await visitor.open('/dpo/protocols/initial-assessment-reuse/compare');
    expect(await visitor.page.locator('del.concordat-loses').count()).toBeGreaterThan(0);
    expect(await visitor.page.locator('svg#compared').count()).toBe(1);
    expect(await visitor.hindrances()).toEqual([]);
  });
});

it('the record of processing follows from the agreements, on a page and as a file', async () => {
  const visitor = await town.signedIn('bea');
  await visitor.press('link', 'Agreements');
  await visitor.press('link', 'Record of processing');
  expect(await visitor.heading()).toBe('Record of processing');
  expect(await visitor.text()).toMatch(/YJ3\s+So that the people who support you/);
  expect(await visitor.hindrances()).toEqual([]);
  const file = await visitor.page.request.get('/dpo/record-of-processing/csv');
  expect(file.headers()['content-type']).toBe('text/csv; charset=utf-8');
  expect(await file.text()).toContain('Youth justice,1,YJ3,');
});
