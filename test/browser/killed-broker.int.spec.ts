// The broker is killed while pages are asked for: no page without its decision in the log, and a page that says so where there is none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { RecordedEvent } from '#event-store';
import { parseConfig } from '../../apps/broker/config.ts';
import { openNode } from '../../apps/broker/node.ts';
import { DemoIssuer } from '../../apps/cli/demo/sign-in/demo-issuer.ts';
import { demoPeople } from '../../apps/cli/demo/sign-in/demo-people.ts';
import { openPages } from '../../apps/cli/demo/sign-in/open-pages.ts';
import type { RunningConsole } from '../../apps/console/serve-console.ts';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { toldDemo } from '../told-demo.ts';
import { launchBrowser } from './browser.ts';
import { leadsTo } from './page-walk.ts';

const ROUNDS = 6;
const AT_ONCE = 3;

const directory = mkdtempSync(join(tmpdir(), 'concordat-killed-'));
const data = join(directory, 'demo');
let issuer: DemoIssuer;
let broker: BrokerProcess;
let pages: RunningConsole;
let browser: Browser;

beforeAll(async () => {
  issuer = await DemoIssuer.listen(0);
  const port = await freePort();
  const config = parseConfig({ PORT: String(port), CONCORDAT_DATA: data, ...issuer.brokerSettings });
  const { keys } = await toldDemo(config);
  const node = await openNode(config);
  const people = await demoPeople(node);
  await node.close();
  broker = new BrokerProcess(data, port, issuer.brokerSettings);
  await broker.start();
  pages = await openPages(issuer, { people, audience: config.issuerUrl, url: broker.url, keys }, { CONSOLE_PORT: '0' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await pages.close();
  await issuer.close();
  await broker.stop();
  rmSync(directory, { recursive: true, force: true });
});

const signedIn = async (person: string): Promise<Page> => {
  const page = await (await browser.newContext({ baseURL: pages.url })).newPage();
  await page.goto('/sign-in');
  await page.locator(`button[value="${person}"]`).click();
  await page.waitForURL((url) => url.origin === pages.url);
  return page;
};

const adviserAtWork = async (): Promise<Page> => {
  const page = await signedIn('d.lal');
  await page.goto('/purpose?then=/staff');
  for (const purpose of ['support-learner', 'plan-learning']) await page.locator(`input[value="${purpose}"]`).check();
  await page.locator('main button').click();
  return page;
};

interface Asked {
  readonly status: number;
  /** Of the decision, as the page says it. */
  readonly position?: number;
}

const asked = async (page: Page, path: string): Promise<Asked> => {
  const response = await page.request.get(path, { maxRedirects: 0 });
  const position = /at position (\d+) of the record/.exec(await response.text())?.[1];
  return { status: response.status(), ...(position !== undefined && { position: Number(position) }) };
};

const DECISIONS = ['uk.concordat.disclosure.decided.v1', 'uk.concordat.look.decided.v1', 'uk.concordat.list.decided.v1'];

/** Somebody who looks at one page, and as whom the log names them. */
interface Looking {
  readonly page: Page;
  readonly path: string;
  readonly actor: string;
  readonly answers: Asked[];
}

it('shows nothing that was not recorded, to an adviser, an officer or a learner', async () => {
  const adviser = await adviserAtWork();
  const path = (await adviser.locator('main th a').first().getAttribute('href')) ?? '';
  expect(await asked(adviser, path)).toMatchObject({ status: 200, position: expect.any(Number) });
  const learner = await signedIn('aisha.rahman');
  await learner.goto('/me/record');
  const all: readonly Looking[] = [
    { page: adviser, path, actor: 'connexions-north', answers: [] },
    { page: await signedIn('olu'), path: '/dpo/consents', actor: 'operator:dpo-partnership', answers: [] },
    { page: learner, path: await leadsTo({ page: learner }, 'See your assessments'), actor: 'operator:learner', answers: [] },
  ];
  await broker.stop();
  const before = await headOf();
  await broker.start();
  await askWhileKilled(all);
  for (const { actor, answers } of all) expect([actor, new Set(answers.map(({ status }) => status))]).toEqual([actor, new Set([200, 503])]);
  await broker.stop();
  const recorded = await recordedAfter(before);
  for (const { actor, answers } of all) {
    const made = recorded.filter(({ type, meta }) => DECISIONS.includes(type) && meta.actor === actor);
    expect([actor, made.length >= shownIn(answers).length]).toEqual([actor, true]);
  }
  const types = new Map(recorded.map(({ position, type }) => [position, type]));
  for (const { position = 0 } of shownIn(all[0]?.answers ?? []))
    expect([position, types.get(position)]).toEqual([position, 'uk.concordat.disclosure.decided.v1']);
});

const shownIn = (answers: readonly Asked[]): readonly Asked[] => answers.filter(({ status }) => status === 200);

/** Each of them some at a time, while the broker is killed and comes again; and once in peace. */
const askWhileKilled = async (all: readonly Looking[]): Promise<void> => {
  const ask = async ({ page, path, answers }: Looking): Promise<void> => void answers.push(await asked(page, path));
  for (let round = 1; round <= ROUNDS; round++) {
    const together = all.flatMap((one) => Array.from({ length: AT_ONCE }, () => ask(one)));
    await pause(round * 15);
    await broker.kill();
    await Promise.all(together);
    await broker.start();
  }
  for (const one of all) await ask(one);
};

const recordedAfter = async (after: number): Promise<readonly RecordedEvent[]> => {
  const node = await openNode(parseConfig({ CONCORDAT_DATA: data }));
  const recorded = await node.store.readAll({ after, limit: 100_000 });
  await node.close();
  return recorded;
};

const headOf = async (): Promise<number> => {
  const node = await openNode(parseConfig({ CONCORDAT_DATA: data }));
  const head = await node.store.head();
  await node.close();
  return head;
};
