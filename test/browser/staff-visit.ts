// How journeys of staff begin, and what holds of every page of theirs.
import type { BrowserContextOptions } from 'playwright-core';
import type { ConsoleTown, PersonId, Visitor } from './console-town.ts';

interface Working {
  readonly on: readonly string[];
  readonly options?: BrowserContextOptions;
}

/** Signed in, having said what the work is for; what is pressed from then on counts. */
export const working = async (town: ConsoleTown, person: PersonId, { on, options = {} }: Working): Promise<Visitor> => {
  const visitor = await town.signedIn(person, options);
  await visitor.open('/purpose?then=/staff');
  for (const purpose of on) await visitor.page.getByRole('checkbox', { name: purpose, exact: true }).check();
  await visitor.page.getByRole('button', { name: 'Continue' }).click();
  return visitor;
};

export const ADVISING = ['Support learner', 'Deliver programme', 'Plan learning'];
export const rowsOf = async (visitor: Visitor): Promise<readonly string[]> =>
  (await visitor.page.locator('main .govuk-table tbody tr').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
/** In what state the page is, nothing may hinder anybody. */
export const expectOpenToAll = async (visitor: Visitor): Promise<void> => {
  expect(await visitor.hindrances()).toEqual([]);
  expect(await visitor.page.locator('h1').count()).toBe(1);
  expect(await visitor.page.locator('script').count()).toBe(0);
};

/** The page of that heading has come. */
export const arrives = async ({ page }: Visitor, heading: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
