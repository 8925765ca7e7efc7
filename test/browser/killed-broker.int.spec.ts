// The broker is killed while pages are asked for: no page without its decision in the log, and a page that says so where there is none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { parseConfig } from '../../apps/broker/config.ts';
import { openNode } from '../../apps/broker/node.ts';
import { makeDemo } from '../../apps/cli/demo/make-demo.ts';
import { DemoIssuer } from '../../apps/cli/demo/sign-in/demo-issuer.ts';
import { demoPeople } from '../../apps/cli/demo/sign-in/demo-people.ts';
import { openPages } from '../../apps/cli/demo/sign-in/open-pages.ts';
import type { RunningConsole } from '../../apps/console/serve-console.ts';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { launchBrowser } from './browser.ts';

const ROUNDS = 6;
const AT_ONCE = 4;

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
  const { keys } = await makeDemo(config, { note: () => undefined });
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

const signedIn = async (): Promise<Page> => {
  const page = await (await browser.newContext({ baseURL: pages.url })).newPage();
  await page.goto('/sign-in');
  await page.locator('button[value="d.lal"]').click();
  await page.waitForURL((url) => url.origin === pages.url);
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

it('shows nothing that was not recorded', async () => {
  const page = await signedIn();
  const path = (await page.locator('main th a').first().getAttribute('href')) ?? '';
  expect(await asked(page, path)).toMatchObject({ status: 200, position: expect.any(Number) });
  const answers: Asked[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const together = Promise.all(Array.from({ length: AT_ONCE }, () => asked(page, path)));
    await pause(round * 15);
    await broker.kill();
    answers.push(...(await together));
    await broker.start();
  }
  answers.push(await asked(page, path));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
  await broker.stop();
  const node = await openNode(parseConfig({ CONCORDAT_DATA: data }));
  for (const { position } of answers.filter(({ status }) => status === 200)) {
    const [recorded] = await node.store.readAll({ after: (position ?? 0) - 1, limit: 1 });
    expect({ position: recorded?.position, type: recorded?.type }).toEqual({ position, type: 'uk.concordat.disclosure.decided.v1' });
  }
  await node.close();
});
