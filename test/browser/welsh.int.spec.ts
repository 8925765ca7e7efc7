// Every page of a learner in Welsh, in a browser that runs no script, on a narrow screen: nothing of it is left in English but what people
// wrote themselves, which says so (console.md, 3, 7 and 8).
import { LEARNER_WORDS } from '../../apps/console/learner/words.ts';
import { SHELL_WORDS } from '../../apps/console/words/shell.ts';
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';
import { kindOf } from './page-kinds.ts';
import { lookedAt } from './page-walk.ts';
import { arrives } from './staff-visit.ts';

let town: ConsoleTown;
/** Where scripts run, so that axe does: it is handed each page as it stands. */
let examiner: Visitor;
beforeAll(async () => {
  town = await ConsoleTown.open();
  examiner = await town.stranger({ viewport: NARROW });
  await examiner.open('/signed-out');
});
afterAll(() => town.close());

const NARROW = { width: 320, height: 640 };

/** What the page says, to eyes and to ears; but what stands there as somebody wrote it, in the language that it is in. */
const SAID = `(() => {
  const own = document.documentElement.cloneNode(true);
  for (const one of own.querySelectorAll('[lang="en"], .concordat-written, input, textarea, style')) one.remove();
  const told = [...own.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((one) => ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''));
  return [own.textContent, ...told].join(' ').replaceAll(/\\s+/g, ' ');
})()`;

/** Parts of English words between what is filled in, where the Welsh says something else; one word alone may be a name. */
const ENGLISH = Object.entries<string>({ ...SHELL_WORDS.en, ...LEARNER_WORDS.en })
  .filter(([key, text]) => text !== ({ ...SHELL_WORDS.cy, ...LEARNER_WORDS.cy } as Readonly<Record<string, string>>)[key])
  .flatMap(([, text]) => text.split(/\{\w+\}/))
  .map((part) => part.trim())
  .filter((part) => /\w \w/.test(part));

/** Words without which English makes no sentence, and which Welsh has not. */
const TELLTALES =
  'the you your yours they their them and with from this that what which who about have has been were not will when because ' +
  'recorded assessment programme review reviews learner adviser';
const TELLTALE = new RegExp(`\\b(?:${TELLTALES.replaceAll(' ', '|')})\\b`, 'gi');

/** Agencies and people are called by their names in any language, and whoever wrote something wrote it in theirs. */
interface Named {
  readonly names: readonly string[];
}

const englishIn = (said: string, { names }: Named): readonly string[] => {
  const text = names.reduce((rest, name) => rest.replaceAll(name, ' '), said);
  const sentences = ENGLISH.filter((part) =>
    new RegExp(`(?<![\\w’])${part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w’])`).test(text),
  );
  const words = [...text.matchAll(TELLTALE)].map(({ index }) => text.slice(Math.max(0, index - 40), index + 40));
  return [...sentences, ...words];
};

/** The names of agencies, of the service, and every text of several words that somebody told about the learner. */
const namedFor = async ({ page }: Visitor): Promise<Named> => {
  const { agencies } = (await (await fetch(`${town.broker.url}/v1/agencies`)).json()) as {
    readonly agencies: readonly { readonly name: string }[];
  };
  const written = textsIn(await (await page.request.get('/me/record/all.json')).json());
  const long = [...agencies.map(({ name }) => name), ...written].filter((text) => /\s/.test(text));
  return { names: [...new Set(long)].sort((one, other) => other.length - one.length) };
};

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const amissOf = async (visitor: Visitor, named: Named): Promise<readonly string[]> => {
  const { page } = visitor;
  const said = await page.evaluate<string>(SAID);
  const faults: readonly (readonly [boolean, string])[] = [
    [(await page.locator('html').getAttribute('lang')) !== 'cy', 'does not say that it is in Welsh'],
    [await visitor.scrollsSideways(), 'has to be moved sideways at 320 pixels'],
  ];
  const english = englishIn(said, named).map((one) => `English: ${one}`);
  await examiner.page.setContent(await page.content());
  return [...faults.filter(([holds]) => holds).map(([, says]) => says), ...english, ...(await examiner.hindrances())];
};

/** Pages of each kind of thing that is held are looked at by themselves: each is told in other words. */
const kindInWelsh = (path: string): string => `${kindOf(path.replace(/[?&]lang=cy/, ''))} ${/record\?item=([\w-]+)/.exec(path)?.[1] ?? ''}`;

const inWelsh = async (person: PersonId): Promise<Visitor> => {
  const visitor = await town.signedIn(person, { javaScriptEnabled: false, viewport: NARROW });
  await visitor.open('/me?lang=cy');
  return visitor;
};

it.each([
  ['aisha.rahman', 20],
  ['ben.hartley', 14],
  ['keira.walsh', 14],
] as const)('of %s: at least %i, and every one of them in Welsh', async (person, least) => {
  const visitor = await inWelsh(person);
  const named = await namedFor(visitor);
  const amissOn = async (_visitor: Visitor, path: string): Promise<readonly string[]> => {
    const response = await visitor.page.goto(path);
    return [...(response?.status() === 200 ? [] : [`status ${String(response?.status())}`]), ...(await amissOf(visitor, named))];
  };
  const found = await lookedAt(visitor, '/me', { amissOn, kind: kindInWelsh });
  expect(found.filter(({ amiss }) => amiss.length > 0)).toEqual([]);
  expect(found.length).toBeGreaterThanOrEqual(least);
});

it('what a learner does is checked, sent and told in Welsh, and so is what was left out', async () => {
  const visitor = await inWelsh('aisha.rahman');
  const wrote = 'Pam yr edrychoch arno?';
  const named = await namedFor(visitor);
  const expectWelsh = async (): Promise<void> => expect(await amissOf(visitor, named)).toEqual([]);
  await visitor.open('/me/questions/new');
  await visitor.press('button', 'Parhau');
  await expectWelsh();
  await visitor.open('/me/questions/new');
  await visitor.page.locator('#about').selectOption('black-country-training');
  await visitor.page.locator('[name="text"]').fill(wrote);
  await visitor.press('button', 'Parhau');
  expect(await visitor.text()).toContain(wrote);
  await expectWelsh();
  await visitor.press('button', 'Anfon');
  await arrives(visitor, 'Mae eich cwestiwn wedi ei anfon');
  await expectWelsh();
  await visitor.open('/me/sharing');
  await visitor.page
    .getByRole('button', { name: /^Oedi am y tro/ })
    .first()
    .click();
  await expectWelsh();
});

it('pages that say no are in Welsh', async () => {
  const visitor = await inWelsh('ben.hartley');
  const named = await namedFor(visitor);
  for (const [path, status] of [
    ['/staff', 403],
    ['/me/nothing', 404],
    ['/me/sharing/requests/nothing', 404],
    ['/me/seen?cursor=nonsense', 400],
  ] as const) {
    expect([path, (await visitor.page.goto(path))?.status()]).toEqual([path, status]);
    expect([path, await amissOf(visitor, named)]).toEqual([path, []]);
  }
  await visitor.page.evaluate(`document.querySelector('form[action="/sign-out"] input').value = 'old'`);
  await visitor.press('button', 'Allgofnodi');
  await arrives(visitor, 'Mae’r ffurflen hon wedi dod i ben');
  expect(await amissOf(visitor, named)).toEqual([]);
});

it('pages before a sign-in and after it are in Welsh', async () => {
  const visitor = await town.stranger({ javaScriptEnabled: false, viewport: NARROW });
  for (const path of ['/?lang=cy', '/code', '/cookies', '/signed-out']) {
    await visitor.open(path);
    expect([path, await amissOf(visitor, { names: ['Black Country Concordat'] })]).toEqual([path, []]);
  }
  await visitor.open('/code');
  await visitor.press('button', 'Mewngofnodi');
  expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Rhowch eich cod');
  expect(await amissOf(visitor, { names: ['Black Country Concordat'] })).toEqual([]);
});
