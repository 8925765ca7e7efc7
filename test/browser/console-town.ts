// The demo's partnership with its pages, and a browser in which anybody of the story signs in.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { JWK } from 'jose';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { ConcordatClient, type EventToSend, type Receipt, signingKeyOf, toEvent } from '#client';
import { readJsonFile } from '#strict-text';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { makeDemo } from '../../apps/cli/demo/make-demo.ts';
import { DemoIssuer } from '../../apps/cli/demo/sign-in/demo-issuer.ts';
import { demoPeople } from '../../apps/cli/demo/sign-in/demo-people.ts';
import { openPages } from '../../apps/cli/demo/sign-in/open-pages.ts';
import type { RunningConsole } from '../../apps/console/serve-console.ts';
import { freePort } from '../broker-process.ts';
import { launchBrowser } from './browser.ts';

export type PersonId =
  | 'olu'
  | 'bea'
  | 'sam'
  | 'd.lal'
  | 'k.stone'
  | 'k.reid'
  | 'm.osei'
  | 't.page'
  | 'r.finch'
  | 'h.marsh'
  | 'a.kaur'
  | 'aisha.rahman'
  | 'ben.hartley'
  | 'keira.walsh';

interface Parts {
  readonly directory: string;
  /** Where the agencies' private keys lie. */
  readonly keys: string;
  readonly issuer: DemoIssuer;
  readonly node: BrokerNode;
  readonly server: Server;
  readonly pages: RunningConsole;
  readonly browser: Browser;
}

export class ConsoleTown {
  readonly #parts: Parts;
  readonly #contexts: BrowserContext[] = [];

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes some seconds: the whole story is told. */
  static async open(environment: Readonly<Record<string, string>> = {}): Promise<ConsoleTown> {
    const directory = mkdtempSync(join(tmpdir(), 'concordat-pages-'));
    const issuer = await DemoIssuer.listen(0);
    const port = String(await freePort());
    const config = parseConfig({ PORT: port, CONCORDAT_DATA: join(directory, 'demo'), ...issuer.brokerSettings, ...environment });
    const { keys } = await makeDemo(config, { note: () => undefined });
    const node = await openNode(config, { projecting: true, reacting: true });
    const server = await startServer(node);
    const people = await demoPeople(node);
    const broker = { people, audience: config.issuerUrl, url: server.url, keys };
    const pages = await openPages(issuer, broker, { CONSOLE_PORT: '0', ...environment });
    return new ConsoleTown({ directory, keys, issuer, node, server, pages, browser: await launchBrowser() });
  }

  get url(): string {
    return this.#parts.pages.url;
  }

  get node(): BrokerNode {
    return this.#parts.node;
  }

  get broker(): Server {
    return this.#parts.server;
  }

  /** What one of the story's agencies tells now. */
  async tell(agency: string, event: EventToSend): Promise<readonly Receipt[]> {
    const key = await signingKeyOf(readJsonFile(join(this.#parts.keys, `${agency}.json`)) as JWK);
    return new ConcordatClient({ url: this.#parts.server.url, agency, key }).send([toEvent(agency, event)]);
  }

  /** Somebody who is not signed in. */
  async stranger(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.#parts.browser.newContext({ baseURL: this.url, ...options });
    this.#contexts.push(context);
    return new Visitor(await context.newPage());
  }

  /** Signed in, on the first of the person's pages. */
  async signedIn(id: PersonId, options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await this.stranger(options);
    await visitor.page.goto('/sign-in');
    await visitor.page.locator(`button[value="${id}"]`).click();
    await visitor.page.waitForURL((url) => url.origin === this.url);
    return visitor;
  }

  async close(): Promise<void> {
    const { directory, issuer, node, server, pages, browser } = this.#parts;
    await browser.close();
    await pages.close();
    await server.close();
    await node.close();
    await issuer.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Somebody's browser, which counts what is pressed: console.md says how many presses each task may cost. */
export class Visitor {
  readonly page: Page;
  #presses = 0;

  constructor(page: Page) {
    this.page = page;
  }

  get presses(): number {
    return this.#presses;
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** A link or button by its words, of which the page has one. */
  async press(role: 'link' | 'button' | 'radio' | 'checkbox', name: string | RegExp): Promise<void> {
    this.#presses++;
    await this.page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).click();
  }

  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.page.getByLabel(label).fill(text);
  }

  async heading(): Promise<string> {
    return (await this.page.locator('h1').innerText()).trim();
  }

  /** The text of the page between header and footer. */
  async text(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  /** What hinders people on the page as it is, by the rules of WCAG 2.2 AA: empty where nothing does. */
  async hindrances(): Promise<readonly string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  }

  /** Whether the page has to be moved sideways to be read. */
  async scrollsSideways(): Promise<boolean> {
    return this.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
  }
}
