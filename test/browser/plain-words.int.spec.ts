// Whatever a learner reads on any page and in any state is short and plain, as it stands there with all that is filled in: in both
// languages, what people wrote themselves aside (console.md, 7 and 11).
import {
  averageLength,
  BARRED,
  lengthOf,
  LONGEST_SENTENCE,
  ON_AVERAGE,
  sentencesIn,
} from '../../apps/console/words/fixtures/plain-words.ts';
import { LANGUAGES } from '../../apps/console/words/index.ts';
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';
import { kindOf } from './page-kinds.ts';
import { lookedAt } from './page-walk.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

/** By blocks, each by itself; what somebody wrote says in which language it is. */
const READ = `(() => {
  const own = document.body.cloneNode(true);
  for (const one of own.querySelectorAll('[lang], .concordat-written, textarea, style, svg')) one.remove();
  const blocks = 'h1, h2, h3, h4, p, li, dt, dd, th, td, label, legend, caption, summary, .govuk-hint, .govuk-inset-text, .govuk-panel__body';
  const innermost = [...own.querySelectorAll(blocks)].filter((one) => one.querySelector(blocks) === null);
  return innermost.map((one) => one.textContent.replaceAll(/\\s+/g, ' ').trim()).filter((text) => text !== '');
})()`;

const readOn = async ({ page }: Visitor): Promise<readonly string[]> => (await page.evaluate<readonly string[]>(READ)).flatMap(sentencesIn);

const amissIn = (sentences: readonly string[], barred: readonly string[]): readonly string[] =>
  sentences.flatMap((sentence) => {
    const word = barred.find((one) => sentence.toLowerCase().includes(one));
    return [
      ...(lengthOf(sentence) > LONGEST_SENTENCE ? [`${lengthOf(sentence)} words: ${sentence}`] : []),
      ...(word === undefined ? [] : [`“${word}”: ${sentence}`]),
    ];
  });

/** Pages of each kind of thing that is held are read by themselves. */
const kindRead = (path: string): string => `${kindOf(path.replace(/[?&]lang=cy/, ''))} ${/record\?item=([\w-]+)/.exec(path)?.[1] ?? ''}`;

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(['aisha.rahman', 'ben.hartley', 'keira.walsh'] as const)('every page of %s', async (person: PersonId) => {
    const visitor = await town.signedIn(person, { javaScriptEnabled: false });
    await visitor.open(`/me?lang=${language}`);
    const all: string[] = [];
    const amissOn = async ({ page }: Visitor, path: string): Promise<readonly string[]> => {
      await page.goto(path);
      const sentences = await readOn(visitor);
      all.push(...sentences);
      return amissIn(sentences, BARRED[language]);
    };
    const found = await lookedAt(visitor, '/me', { amissOn, kind: kindRead });
    expect([...new Set(found.flatMap(({ amiss }) => amiss))]).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
    expect(averageLength(all)).toBeLessThan(ON_AVERAGE);
  });

  it('what is checked, what is done, and what says no', async () => {
    const visitor = await town.signedIn('keira.walsh', { javaScriptEnabled: false });
    await visitor.open(`/me/sharing?lang=${language}`);
    const acts = await visitor.page
      .locator('a[href^="/me/act/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(acts.length).toBeGreaterThan(0);
    for (const path of [...acts, '/me/nothing', '/staff', '/me/seen?cursor=nonsense']) {
      await visitor.open(path);
      expect([path, amissIn(await readOn(visitor), BARRED[language])]).toEqual([path, []]);
    }
    await visitor.open('/me/complaints/new');
    await visitor.page.locator('main button').click();
    expect(amissIn(await readOn(visitor), BARRED[language])).toEqual([]);
  });
});
