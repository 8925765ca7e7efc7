// A data protection officer audits disclosures: filtered, taken away as a file, followed to what each rested on, by day; and who that is,
// for a reason (console.md, 4.1).
import { randomUUID } from 'node:crypto';
import { person } from '../../apps/cli/demo/people.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';

const AISHA = person(1, 'Aisha Rahman', '').uln;
const TRAINING = 'black-country-training';

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

it('an officer filters who saw it beside the list, takes that away as a file, and reads what a decision rested on', async () => {
  const visitor = await town.signedIn('olu');
  await findAisha(visitor);
  await visitor.press('link', 'Who saw it');
  await visitor.page.locator('[name="recipient"]').fill(TRAINING);
  await visitor.press('button', 'Apply filters');
  expect(await visitor.page.locator('.moj-filter__tag').allInnerTexts()).toEqual([expect.stringContaining('Who: Black Country Training')]);
  expect(await visitor.hindrances()).toEqual([]);
  const rows = await visitor.page.locator('tbody tr').count();
  expect(await visitor.text()).toContain(`${rows} row${rows === 1 ? '' : 's'} will be recorded as seen by you`);
  const href = (await visitor.page.getByRole('link', { name: /Download/ }).getAttribute('href')) ?? '';
  const file = await visitor.page.request.get(href);
  expect([file.status(), file.headers()['cache-control']]).toEqual([200, 'no-store']);
  expect((await file.text()).split('\r\n').filter(Boolean)).toHaveLength(rows + 1);
  await visitor.press('link', readBy('Black Country Training'));
  const why = await visitor.page.locator('.concordat-timeline').innerText();
  expect(why).toMatch(
    /The learner was registered[^]*Black Country Training had the learner enrolled[^]*Consent connexions-north\/consent-1/,
  );
  await visitor.press('link', 'Clause EP3 of E2E passport, version 1');
  expect(new URL(visitor.page.url()).hash).toBe('#EP3');
  expect(await visitor.page.locator('[id="EP3"]').count()).toBe(1);
});

it('an officer sees looks by day, each of which opens its list', async () => {
  const visitor = await town.signedIn('olu');
  await findAisha(visitor);
  await visitor.press('link', 'By day');
  expect(await visitor.hindrances()).toEqual([]);
  const day = visitor.page.locator('svg#looks a').first();
  const looks = Number(await visitor.page.locator('.picture-table tbody td').first().innerText());
  await day.press('Enter');
  await visitor.page.waitForURL(/disclosures\?from=/);
  // Those who look meanwhile are in the list too: the look at the days, and the one at the list.
  expect(await visitor.page.locator('tbody tr').count()).toBeGreaterThanOrEqual(looks);
  await visitor.open(`${new URL(visitor.page.url()).pathname.replace('disclosures', 'looks')}?from=2020-01-01&to=2020-01-31`);
  expect(await visitor.text()).toContain('Nobody looked at this learner on these days.');
  expect(await visitor.hindrances()).toEqual([]);
});

it('an officer of an agency, and the partnership’s, see looks at what the agency told by day, each of which opens its list', async () => {
  for (const [id, agency] of [
    ['bea', undefined],
    ['olu', 'Black Country Training'],
  ] as const) {
    const visitor = await town.signedIn(id);
    await visitor.press('link', 'See looks by day');
    if (agency !== undefined) {
      expect(await visitor.text()).toContain('Choose an agency to see its calendar.');
      await visitor.page.getByLabel('Which agency?').selectOption({ label: agency });
      await visitor.press('button', 'Show');
    }
    expect(await visitor.hindrances()).toEqual([]);
    const looks = Number(await visitor.page.locator('.picture-table tbody td').first().innerText());
    await visitor.page.locator('svg#looks a').first().press('Enter');
    await visitor.page.waitForURL(/looks\/2/);
    expect(await visitor.page.locator('tbody tr').count()).toBe(Math.min(looks, 50));
    expect(await visitor.hindrances()).toEqual([]);
    const file = await visitor.page.request.get(
      (await visitor.page.getByRole('link', { name: /^Download all/ }).getAttribute('href')) ?? '',
    );
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect((await file.text()).split('\r\n').filter(Boolean)).toHaveLength(looks + 1);
    await visitor.open('/dpo/looks?from=2020-01-01&to=2020-01-31' + (agency === undefined ? '' : `&agency=${TRAINING}`));
    expect(await visitor.text()).toContain('Nobody looked on these days.');
  }
});

it('an officer is shown who that is for a reason alone, and once', async () => {
  const visitor = await town.signedIn('olu');
  await findAisha(visitor);
  await visitor.page.getByText('Show who this is').click();
  await visitor.fill('Why do you need the name?', 'because');
  await visitor.press('button', 'Show the name');
  expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('in 10 characters or more');
  expect(await visitor.text()).not.toContain('Aisha');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.fill('Why do you need the name?', 'A mother wrote to us about it');
  await visitor.press('button', 'Show the name');
  expect(await visitor.text()).toContain('Aisha Rahman');
  expect(await visitor.page.title()).not.toContain('Aisha');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', 'Who saw it');
  expect(await visitor.text()).not.toContain('Aisha');
  const learner = await town.signedIn('aisha.rahman');
  await learner.open('/me/seen');
  expect(await learner.text()).toContain('They wrote why: A mother wrote to us about it');
  expect(await learner.hindrances()).toEqual([]);
});

it('an officer sees what is kept from a learner today: by whom, on which ground and until when, and nothing of what it says', async () => {
  const [noted, until] = [randomUUID(), new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)];
  const subject = `uln:${AISHA}`;
  const told = await town.tell(
    'connexions-north',
    { id: noted, type: 'circumstance.noted', subject, data: { kind: 'housing', note: 'A neighbour told us about threats' } },
    { type: 'withholding.stated', subject, data: { of: noted, ground: 'serious-harm', until } },
  );
  expect(told).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
  const visitor = await town.signedIn('olu');
  await findAisha(visitor);
  const text = await visitor.text();
  expect(text).toMatch(/Kept from the learner[^]*Circumstance noted of Connexions North[^]*Ground: Serious harm[^]*the last day is/);
  expect(text).not.toContain('neighbour');
  expect(await visitor.hindrances()).toEqual([]);
});
