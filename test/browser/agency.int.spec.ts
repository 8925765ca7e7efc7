// An administrator reads an agreement and signs it for the agency (console.md, J21: three presses).
import { londonDate } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import { DraftProtocol } from '#sharing-protocols/bus';
import { withUseCasesOf } from '../../apps/cli/data-directory.ts';
import { ConsoleTown } from './console-town.ts';

const DAY_MS = 86_400_000;

let town: ConsoleTown;
const draft = async (ahead: number, more: object = {}): Promise<void> => {
  const shipped = shippedProtocols().find(({ id }) => id === 'initial-assessment-reuse');
  if (shipped === undefined) throw new Error('It ships no more.');
  const document = { ...shipped, ...more, version: shipped.version + ahead };
  const drafted = await withUseCasesOf(town.node, (ask) => ask(new DraftProtocol(document)));
  if (!drafted.ok) throw new Error(drafted.error.says);
};
beforeAll(async () => {
  town = await ConsoleTown.open();
  await draft(1);
});
afterAll(() => town.close());

it('J21: signs an agreement that waits, in three presses', async () => {
  const visitor = await town.signedIn('a.kaur');
  expect(await visitor.heading()).toBe('Your agency');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', 'Reuse of the APIR assessment, version 2');
  expect(await visitor.hindrances()).toEqual([]);
  const { page } = visitor;
  const before = await town.node.store.head();
  await visitor.press('button', 'Sign for your agency');
  expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Check before you sign', []]);
  expect(await visitor.text()).toMatch(
    /Agreement\s+Reuse of the APIR assessment\s+Version\s+2\s+Digest\s+\S{40,}\s+Signs\s+Connexions North\s+Bound until\s+\d+ \w+ \d{4}/,
  );
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
  expect((await town.node.store.readAll({ after: before, limit: 50 })).map(({ type }) => type)).not.toContain(
    'uk.concordat.protocol.signed.v1',
  );
  await visitor.press('button', 'Sign it');
  visitor.reached('J21');
  expect(await visitor.heading()).toBe('The agreement is signed');
  const signedText = await visitor.text();
  expect(signedText).toMatch(/Position \d+\s+Your agency signed Reuse of the APIR assessment, version 2\.\s+The receipt says: accepted/);
  expect(await visitor.text()).toMatch(/What happens next\s+It (?:is|comes) in force/);
  expect(await visitor.hindrances()).toEqual([]);
  const receipt = await (await visitor.page.request.get('/recorded/receipt.json')).json();
  expect(receipt).toMatchObject({
    act: 'agreement-signed',
    protocol: 'initial-assessment-reuse',
    version: 2,
    outcome: 'accepted',
    by: 'a.kaur',
  });
  expect(await visitor.scrollsSideways()).toBe(false);
  await visitor.press('link', 'See the agreement');
  const at = /^Position (\d+)$/m.exec(signedText)?.[1];
  expect(await visitor.text()).toMatch(new RegExp(`Your agency signed it on \\d+ \\w+ \\d{4}, at position ${at} of the record`));
  expect(await visitor.text()).toMatch(/Drafted at position \d+ of the record/);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.open('/agency');
  expect(await visitor.text()).toContain('Nothing waits for your signature.');
  const answer = (await (await fetch(`${town.broker.url}/v1/protocols/initial-assessment-reuse/2/signatures`)).json()) as {
    readonly signatures: readonly { readonly agency: string }[];
  };
  expect(answer.signatures.map(({ agency }) => agency)).toEqual(['connexions-north']);
});

/** The agency's page of an agreement by which it is bound for thirty days more. */
const signedAlmostOver = async (): Promise<string> => {
  await draft(2, { review: { due: londonDate(Date.now() + 30 * DAY_MS), graceDays: 90 } });
  const administrator = await town.plainly('a.kaur');
  const path = '/agency/agreements/initial-assessment-reuse/3';
  await administrator.open(`${path}/sign`);
  expect((await administrator.open(`${path}/sign`, {})).url.pathname).toBe('/recorded');
  return path;
};

it('re-affirms an agreement whose review is due, checked first, and a day that was not shown is not signed', async () => {
  const visitor = await town.signedIn('a.kaur');
  const path = await signedAlmostOver();
  await visitor.open(path);
  expect(await visitor.text()).toContain('Your review is due');
  expect(await visitor.hindrances()).toEqual([]);
  const before = await town.node.store.head();
  const reviews = async (): Promise<number> =>
    (await town.node.store.readAll({ after: before, limit: 50 })).filter(({ type }) => type === 'uk.concordat.protocol.reviewed.v1').length;
  await visitor.press('button', 'Re-affirm for your agency');
  expect([await visitor.heading(), await visitor.hindrances(), await reviews()]).toEqual(['Check before you re-affirm', [], 0]);
  const until = await visitor.page.locator('input[name="until"]').inputValue();
  await visitor.page.evaluate(`document.querySelector('input[name="until"]').value = '2999-01-01'`);
  await visitor.press('button', 'Re-affirm it');
  expect([await visitor.heading(), await reviews()]).toEqual(['This page sends nothing any more', 0]);
  await visitor.open(`${path}/review`);
  await visitor.press('button', 'Re-affirm it');
  expect([await visitor.heading(), await reviews()]).toEqual(['The agreement is re-affirmed', 1]);
  expect(await visitor.hindrances()).toEqual([]);
  const receipt = (await (await visitor.page.request.get('/recorded/receipt.json')).json()) as unknown;
  expect(receipt).toMatchObject({
    act: 'agreement-reviewed',
    protocol: 'initial-assessment-reuse',
    version: 3,
    until,
    outcome: 'accepted',
  });
  await visitor.press('link', 'See the agreement');
  expect(await visitor.text()).not.toContain('Your review is due');
  expect((await visitor.page.goto(`${path}/review`))?.status()).toBe(404);
});

it('tells how far the agency’s feed is', async () => {
  const visitor = await town.signedIn('a.kaur');
  expect(await visitor.text()).toContain('This broker sends no feeds now: your system asks it over HTTP.');
  const began = town.node.clock.now();
  town.node.feedsHere.toldBy(async () => ({
    ...{ pending: 0, position: 1, withoutKey: [], stuck: ['connexions-north'] },
    reached: new Map([['connexions-north', 1]]),
    lags: new Map([['connexions-north', 512]]),
    stuckSince: new Map([['connexions-north', began]]),
  }));
  await visitor.open('/agency');
  expect(await visitor.text()).toMatch(/Stalled\s+Since .*\. It does not take what is sent[^]*512 events of the log/);
  expect(await visitor.hindrances()).toEqual([]);
  town.node.feedsHere.toldBy(async () => undefined);
});

it('lets nobody sign who is no administrator', async () => {
  const visitor = await town.signedIn('d.lal');
  expect((await visitor.page.goto('/agency'))?.status()).toBe(403);
  const token = await visitor.page.locator('form[action="/sign-out"] input[name="_csrf"]').inputValue();
  const signed = await visitor.page.request.post('/agency/agreements/initial-assessment-reuse/2/sign', { form: { _csrf: token } });
  expect(signed.status()).toBe(403);
});

it('shows what the agency’s own records lack, how its keys are changed, and how it sends a file; nobody is named', async () => {
  const visitor = await town.signedIn('a.kaur');
  expect(await visitor.text()).toMatch(/concordat agency revoke connexions-north \S+ --reason/);
  await visitor.press('link', 'Your records');
  expect(await visitor.heading()).toBe('Your records');
  expect(await visitor.text()).toMatch(/Learners with a ULN\s+\d+\s+\d+/);
  expect(await visitor.text()).toContain('concordat import csv starts.csv --agency connexions-north');
  expect(await visitor.text()).not.toMatch(/CN-\d{4}|psn:/);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
});

it('shows who of the agency is signed in, ends a sign-in at once, and says where accounts are kept', async () => {
  const [visitor, colleague, stranger] = [await town.signedIn('a.kaur'), await town.signedIn('k.stone'), await town.signedIn('k.reid')];
  await visitor.press('link', 'Your staff');
  expect(await visitor.heading()).toBe('Your staff');
  const text = await visitor.text();
  expect(text).toMatch(/A\. Kaur\s+a\.kaur\s+administrator[^]*This is you/);
  expect(text).not.toContain('K. Reid');
  expect(text).toContain('connexions-north');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
  await visitor.press('button', /^End it\s*: K\. Stone/);
  expect(await visitor.text()).toContain('That sign-in is over.');
  expect(await visitor.page.locator('.govuk-notification-banner').getAttribute('role')).toBe('region');
  expect(await visitor.text()).not.toContain('K. Stone');
  await colleague.page.goto('/staff/lists');
  expect(new URL(colleague.page.url()).origin).not.toBe(town.url);
  expect((await stranger.page.goto('/staff/lists'))?.status()).toBe(200);
});

it('lets nobody but an administrator end a sign-in', async () => {
  const [administrator, colleague] = [await town.plainly('a.kaur'), await town.plainly('k.stone')];
  const id = async (): Promise<string> =>
    /\/agency\/staff\/([\w-]+)\/end/.exec((await administrator.open('/agency/staff')).html)?.[1] ?? '';
  const ofColleague = await id();
  expect(ofColleague).not.toBe('');
  await colleague.open('/staff/lists');
  expect((await colleague.open(`/agency/staff/${ofColleague}/end`, {})).status).toBe(403);
  expect(await id()).toBe(ofColleague);
  expect((await administrator.open('/agency/staff/none/end', {})).status).toBe(200);
  expect(await id()).toBe(ofColleague);
});
