// Through all pages that links lead to from a person's own first page, in a browser.
import type { Visitor } from './console-town.ts';
import { kindOf, pagesAmong } from './page-kinds.ts';

export interface Found {
  readonly path: string;
  readonly amiss: readonly string[];
}

export interface Walk {
  /** Opens it, and says what is wrong with it. */
  readonly amissOn: (visitor: Visitor, path: string) => Promise<readonly string[]>;
  /** Of pages of one kind, the first. */
  readonly kind?: (path: string) => string;
}

const linksOn = async ({ page }: Visitor): Promise<readonly string[]> =>
  pagesAmong(await page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')));

/** Where a link of those words leads. */
export const leadsTo = async ({ page }: Pick<Visitor, 'page'>, name: string): Promise<string> =>
  (await page.getByRole('link', { name, exact: true }).getAttribute('href')) ?? '';

/** Breadth first, within the first part of the path. */
export const lookedAt = async (visitor: Visitor, first: string, { amissOn, kind = kindOf }: Walk): Promise<readonly Found[]> => {
  const area = `/${first.split(/[/?]/)[1] ?? ''}`;
  const seen = new Set<string>();
  const waiting = [first];
  const found: Found[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(kind(path))) continue;
    seen.add(kind(path));
    found.push({ path, amiss: await amissOn(visitor, path) });
    waiting.push(...(await linksOn(visitor)).filter((href) => href.startsWith(area)));
  }
  return found;
};
