// Pages that say no, for each role: the words of the shell, open to everybody, and each with a way on (console.md, 3, 8 and 11): to the
// clauses of a refusal, to one's own pages, and where the broker is away to the same page by itself, with what was entered.
import { BrokenLine } from './broken-line.ts';
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';
import { lostInForcedColours } from './forced-colours.ts';
import { arrives } from './staff-visit.ts';

let line: BrokenLine;
let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open({}, { by: async (url) => (line = await BrokenLine.to(url)).url });
});
afterEach(() => line.mend());
afterAll(async () => {
  await town.close();
  await line.close();
});

interface Somebody {
  readonly id: PersonId;
  /** The first page, whose heading is found again. */
  readonly home: string;
  readonly heading: string;
  /** Of somebody else. */
  readonly others: string;
  /** What is nothing, or nothing that the person may know of. */
  readonly nothing: string;
}

const NOBODY = 'psn:AAAAAAAAAAAAAAAAAAAAAA';
const EVERYBODY: readonly Somebody[] = [
  { id: 'olu', home: '/dpo', heading: 'Today', others: '/data', nothing: '/dpo/decisions/999999999' },
  { id: 'bea', home: '/dpo', heading: 'Today', others: '/me', nothing: `/dpo/learners/${NOBODY}` },
  { id: 'sam', home: '/data', heading: 'What waits for you', others: '/dpo', nothing: '/data/matches/999999999' },
  { id: 'd.lal', home: '/staff', heading: 'Mine, now', others: '/plan', nothing: `/staff/learners/${NOBODY}` },
  { id: 'r.finch', home: '/plan', heading: 'Planning', others: '/dpo', nothing: '/plan/nothing' },
  { id: 'a.kaur', home: '/agency', heading: 'Your agency', others: '/data', nothing: '/agency/agreements/nothing/1' },
  { id: 'aisha.rahman', home: '/me', heading: 'Your information', others: '/staff', nothing: '/me/sharing/requests/nothing' },
];
const TABLE = EVERYBODY.map((one) => [one.id, one] as const);

const NARROW = { width: 320, height: 640 };

/** Signed in, and for staff with all their purposes. */
const begun = async ({ id, home }: Somebody): Promise<Visitor> => {
  const visitor = await town.signedIn(id);
  if (['/staff', '/plan', '/agency'].includes(home)) {
    await visitor.open(`/purpose?then=${home}`);
    for (const box of await visitor.page.getByRole('checkbox').all()) await box.check();
    await visitor.press('button', 'Continue');
  }
  return visitor;
};

/** A page that asks again by itself, as the shell has it (console.md, 3): axe is against that on any page; the same is a link beside it. */
const ASKS_AGAIN = 'meta-refresh:';

const expectFit = async (visitor: Visitor): Promise<void> => {
  const { page } = visitor;
  const size = page.viewportSize() ?? NARROW;
  await page.setViewportSize(NARROW);
  expect(await visitor.scrollsSideways()).toBe(false);
  await page.setViewportSize(size);
  const hindrances = await visitor.hindrances();
  expect([...hindrances.filter((one) => !one.startsWith(ASKS_AGAIN)), ...(await lostInForcedColours(visitor))]).toEqual([]);
  expect([await page.locator('h1').count(), await page.locator('script, [style], [onclick]').count()]).toEqual([1, 0]);
};

describe.each(TABLE)('to %s', (_id, somebody) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await begun(somebody);
  });

  it('a page of others says so, and leads to the own ones', async () => {
    expect((await visitor.page.goto(somebody.others))?.status()).toBe(403);
    await arrives(visitor, 'This page is for somebody else');
    await expectFit(visitor);
    await visitor.press('link', 'Go to your pages');
    await arrives(visitor, somebody.heading);
  });

  it('what is not there is told as what may not be known', async () => {
    expect((await visitor.page.goto(somebody.nothing))?.status()).toBe(404);
    await arrives(visitor, 'There is no such page');
    const isLearner = somebody.home === '/me';
    expect((await visitor.text()).includes('There is no such learner, or none whom you may know of.')).toBe(!isLearner);
    await expectFit(visitor);
    await visitor.press('link', 'Go to your pages');
    await arrives(visitor, somebody.heading);
  });

  it('a broker that is away is told as catching up, and the page is a link away once it is there', async () => {
    line.cut();
    const response = await visitor.page.goto(somebody.home);
    expect([response?.status(), response?.headers()['retry-after']]).toEqual([503, '5']);
    await arrives(visitor, 'We cannot show this now');
    expect(await visitor.text()).toMatch(
      /The record is catching up, or cannot be reached\. This page tries again in 5 seconds\. Nothing is lost\./,
    );
    expect(await visitor.page.getByRole('link', { name: 'Try again' }).getAttribute('href')).toBe(somebody.home);
    expect(await visitor.page.locator('meta[http-equiv="refresh"]').getAttribute('content')).toBe(`5;url=${somebody.home}?by-itself=1`);
    line.mend();
    await visitor.press('link', 'Try again');
    await arrives(visitor, somebody.heading);
  });
});

it('a page that could not be shown comes by itself', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  line.cut();
  await visitor.open('/me/seen');
  await arrives(visitor, 'We cannot show this now');
  line.mend();
  await arrives(visitor, 'Who has seen it');
});

it('the page of a broker that is away hinders nobody, in either language', async () => {
  const learner = await town.signedIn('aisha.rahman');
  for (const [language, heading, nothing] of [
    ['en', 'We cannot show this now', 'Nothing has been shared meanwhile that you stopped.'],
    ['cy', 'Ni allwn ddangos hyn nawr', 'Nid oes dim y gwnaethoch ei atal wedi’i rannu yn y cyfamser.'],
  ] as const) {
    line.cut();
    await learner.open(`/me/seen?lang=${language}`);
    await arrives(learner, heading);
    expect(await learner.text()).toContain(nothing);
    await expectFit(learner);
    line.mend();
  }
});

const headAfter = async (type: string, after: number): Promise<number> =>
  (await town.node.store.readAll({ after, limit: 1000 })).filter((event) => event.type === type).length;

it('what a learner wrote stands on the page that could not send it, and is sent from there, once', async () => {
  const visitor = await town.signedIn('aisha.rahman', { javaScriptEnabled: false });
  const before = await town.node.store.head();
  await visitor.open('/me/questions/new');
  await visitor.page.locator('#about').selectOption('black-country-training');
  await visitor.fill(/What do you want to know/, 'Why did you look at it twice?');
  line.cut();
  await visitor.press('button', 'Continue');
  await arrives(visitor, 'We cannot show this now');
  expect(await visitor.text()).toContain('What you entered is kept here.');
  expect(await visitor.page.locator('meta[http-equiv="refresh"]').count()).toBe(0);
  line.mend();
  await visitor.press('button', 'Send it once more');
  await arrives(visitor, 'Send this question?');
  expect(await visitor.text()).toContain('Why did you look at it twice?');
  line.cut();
  await visitor.press('button', 'Send');
  await arrives(visitor, 'We cannot show this now');
  line.mend();
  await visitor.press('button', 'Send it once more');
  await arrives(visitor, 'Your question is sent');
  expect(await headAfter('uk.concordat.question.asked.v1', before)).toBe(1);
});

it('what staff entered, ticks and days among it, is sent on from that page too', async () => {
  const visitor = await begun({ ...(EVERYBODY.find(({ id }) => id === 'd.lal') as Somebody), id: 'k.reid' });
  await visitor.open('/staff/enter/achievement.recorded');
  await visitor.page.locator('[name="learner"]').fill('BCT-1001');
  await visitor.page.locator('[name="title"]').fill('First aid at work');
  await visitor.press('radio', 'Accredited');
  for (const [part, value] of Object.entries({ day: '4', month: '9', year: '2026' }))
    await visitor.page.locator(`[name="awardedOn-${part}"]`).fill(value);
  line.cut();
  await visitor.press('button', 'Check what you entered');
  await arrives(visitor, 'We cannot show this now');
  await expectFit(visitor);
  line.mend();
  await visitor.press('button', 'Send it once more');
  for (const said of ['First aid at work', 'Accredited', '4 September 2026']) expect(await visitor.text()).toContain(said);
});

it('a refusal names the work it was asked for and the clauses, each of which can be read', async () => {
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/purpose?then=/staff');
  await visitor.press('checkbox', 'Account for funding');
  await visitor.press('button', 'Continue');
  expect((await visitor.page.goto('/staff/leavers'))?.status()).toBe(403);
  await arrives(visitor, 'Your agency may not see this');
  expect(await visitor.text()).toMatch(/Your agency may not see this for account for funding\.[\s\S]*It could if one of these held:/);
  await expectFit(visitor);
  const clauses = visitor.page.getByRole('link', { name: /, clause [A-Z0-9]+$/ });
  const hrefs = await clauses.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(hrefs.length).toBeGreaterThan(0);
  for (const href of hrefs) {
    const agreement = await visitor.page.request.get(href);
    expect([href, agreement.status(), (await agreement.text()).includes(`id="${href.split('#')[1] ?? ''}"`)]).toEqual([href, 200, true]);
  }
  await visitor.open('/staff/leavers');
  await visitor.press('link', 'Say that you are working on something else');
  await arrives(visitor, 'What are you working on?');
});

it('a learner changes the language of a page without losing what it is about', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.open('/me/record');
  await visitor.press('link', 'See your assessments');
  await visitor.press('link', 'Cymraeg');
  await arrives(visitor, 'Eich asesiadau');
  await visitor.open('/me/questions/new?lang=en');
  await visitor.press('button', 'Continue');
  await visitor.press('link', 'Cymraeg');
  await arrives(visitor, 'Eich gwybodaeth');
});
