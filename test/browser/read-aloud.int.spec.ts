// What somebody hears who does not see the pages: J1, J10, J14 and J18 with a screen reader (console.md, 8). Each page is read out from its
// beginning by itself when it opens.
import { jest } from '@jest/globals';
import { person } from '../../apps/cli/demo/people.ts';
import { ConsoleTown, type PersonId, Visitor } from './console-town.ts';
import { hasScreenReader, ScreenReader } from './screen-reader.ts';
import { ADVISING } from './staff-visit.ts';

let town: ConsoleTown;
let reader: ScreenReader;
const visitors: Visitor[] = [];
const isHeard = hasScreenReader();
const spoken = isHeard ? it : it.skip;
if (!isHeard) console.error('PAGES WERE NOT LISTENED TO: there is no screen reader. Install chromium, orca, xvfb, at-spi2-core and dbus.');

/** Now and then it says nothing of a window that is new: such a journey is gone once more, in another town. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

beforeAll(async () => {
  if (isHeard) reader = await ScreenReader.start();
});
beforeEach(async () => {
  if (isHeard) town = await ConsoleTown.open();
});
/** It reads on in the window that is in front. */
afterEach(async () => {
  for (const { page } of visitors.splice(0)) await page.context().close();
  if (isHeard) await town.close();
});
afterAll(async () => {
  if (isHeard) await reader.stop();
});

const signedIn = async (id: PersonId): Promise<Visitor> => {
  const context = await reader.browser.newContext({ baseURL: town.url });
  const visitor = new Visitor(await context.newPage());
  visitors.push(visitor);
  await visitor.page.goto('/sign-in');
  await visitor.page.locator(`button[value="${id}"]`).click();
  await visitor.page.waitForURL((url) => url.origin === town.url);
  return visitor;
};

/** Each of these is said of the page that this leads to, in this order. */
const hearing = async (leads: () => Promise<unknown>, ...told: readonly RegExp[]): Promise<void> => {
  const since = reader.said.length;
  await leads();
  await reader.hears(new RegExp(told.map(({ source }) => source).join('[^]*?')), since);
};

const titled = (heading: string): RegExp => new RegExp(`\\n${heading}\\nheading level 1\\n`);

spoken('J1: who saw what of this child, and was it right', async () => {
  const visitor = await signedIn('olu');
  await hearing(
    () => visitor.open('/dpo'),
    titled('Today'),
    /What do you have in hand\?\nentry\n/,
    /1 overdue, since \d+ [A-Z][a-z]+ \d{4}\n/,
  );
  await visitor.fill('What do you have in hand?', person(1, 'Aisha Rahman', '').uln);
  await visitor.press('button', 'Find it');
  await hearing(
    () => visitor.press('link', 'Who saw it'),
    /Who saw it: learner \S+\nheading level 1\n/,
    /table with \d+ rows 8 columns\nWho saw what, the latest first\ncaption\n/,
    /by Black Country Training, position \d+\nlink\n/,
    /Identity, adviser, APIR, [^\n]*programme\n\.\nrefused: identity, consent\n/,
    /e2e-passport@1: EP1/,
  );
  await visitor.pressFirst(/by Black Country Training, position/);
  await hearing(
    () => visitor.press('button', 'Check again'),
    /Decision at position \d+\nheading level 1\nDecided again at [^\n]*: the same\.\n/,
    /was shown assessment for plan learning because clause EP3/,
    /Clause EP3 of E2E passport, version 1\nlink\n\.\nWith consent, partners read each other's assessments/,
  );
});

spoken('J10: an overdue follow-up is recorded', async () => {
  const visitor = await signedIn('d.lal');
  await visitor.open('/purpose?then=/staff');
  for (const purpose of ADVISING) await visitor.page.getByRole('checkbox', { name: purpose, exact: true }).check();
  await hearing(
    () => visitor.press('button', 'Continue'),
    titled('Mine, now'),
    /row header\nOwen Price\nlink\nfollow up\noverdue\n/,
    /Record follow-up\s+for Owen Price\npush button\n/,
  );
  await hearing(
    () => visitor.press('button', /Record follow-up\s+for Owen Price/),
    titled('Follow-up made'),
    /Learner\nentry\n\S+\nProgramme id\nentry\n\S+\nOn\npanel\nOn\nDay\nentry\n\d+\nMonth\nentry\n\d+\nYear\nentry\n\d+\n/,
    /Name nobody in it\nOutcome\nentry\n/,
  );
  await visitor.page.locator('[name="outcome"]').fill('Spoke on the phone; goes on with the course.');
  await hearing(
    () => visitor.press('button', 'Check what you entered'),
    titled('Check before you send'),
    /Outcome\ndescription term\nSpoke on the phone; goes on with the course\.\n/,
    /It is signed for your agency/,
  );
  await hearing(() => visitor.press('button', 'Sign and send'), titled('Recorded'), /Position \d+\n/);
});

spoken('J14: who asks is answered', async () => {
  const asked = {
    protocol: 'e2e-passport',
    purposes: ['plan-learning'],
    categories: ['review'],
    recipients: ['provider'],
    until: '2027-12-31',
  };
  await town.tell('connexions-north', { type: 'consent.requested', subject: `uln:${person(401, 'Keira Walsh', '').uln}`, data: asked });
  const visitor = await signedIn('keira.walsh');
  await hearing(() => visitor.open('/me'), titled('Your information'), /See what Connexions North asks\nlink\n/);
  await hearing(
    () => visitor.press('link', 'See what Connexions North asks'),
    /heading level 1\n/,
    /your reviews/,
    /training providers/,
    /Say yes to all of it\npush button\n/,
  );
  await visitor.press('button', 'Say yes to all of it');
  await hearing(() => visitor.press('button', 'Yes, share it'), titled('You said yes'));
});

spoken('J18: sharing is stopped', async () => {
  const visitor = await signedIn('aisha.rahman');
  await hearing(
    () => visitor.open('/me/sharing'),
    titled('What you share'),
    /Who may see it\ndescription term\nthe careers service, training providers and colleges\ndescription value\n/,
    /Stop sharing this\s+with the careers service[^\n]*\npush button\n/,
  );
  await hearing(
    () => visitor.press('button', /^Stop sharing this/),
    titled('Stop sharing this\\?'),
    /They cannot look at it any more\./,
    /Yes, stop it\npush button\n/,
  );
  await hearing(() => visitor.press('button', 'Yes, stop it'), titled('You stopped it'));
});
