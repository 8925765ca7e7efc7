// The demo's partnership with its pages, and a browser in which anybody of the story signs in.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { jest } from '@jest/globals';
import type { JWK } from 'jose';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { ConcordatClient, type EventToSend, type Receipt, signingKeyOf, toEvent } from '#client';
import { readJsonFile } from '#strict-text';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { DemoIssuer } from '../../apps/cli/demo/sign-in/demo-issuer.ts';
import { demoPeople } from '../../apps/cli/demo/sign-in/demo-people.ts';
import { openPages } from '../../apps/cli/demo/sign-in/open-pages.ts';
import type { RunningConsole } from '../../apps/console/serve-console.ts';
import { freePort } from '../broker-process.ts';
import { settled } from '../journeys/settled.ts';
import { toldDemo } from '../told-demo.ts';
import { launchBrowser } from './browser.ts';
import { type JourneyId, pressesAmiss, recordJourney, tellJourneys } from './journeys.ts';
import { PlainVisitor } from './plain-visitor.ts';

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
}

/** To tell the whole story takes seconds, and on a busy machine minutes. */
jest.setTimeout(300_000);
/** Of a browser; on a busy machine, too. */
const LONGEST_STEP_MS = 120_000;

/** Those that the suite opened, also where its hook did not wait for that: one that is left open keeps its process from ending. */
const opened: Promise<ConsoleTown>[] = [];
afterAll(async () => {
  for (const town of await Promise.allSettled(opened)) if (town.status === 'fulfilled') await town.value.close();
});

type OpenOptions = NonNullable<Parameters<typeof openPages>[3]> & {
  /** By which address the console reaches the broker, given the broker's own: straight where it is not said. */
  readonly by?: (url: string) => Promise<string>;
};

export class ConsoleTown {
  readonly #parts: Parts;
  /** Launched for the first who needs one. */
  #browser: Promise<Browser> | undefined;
  #closing: Promise<void> | undefined;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes some seconds: the whole story is told. */
  static open(environment: Readonly<Record<string, string>> = {}, options: OpenOptions = {}): Promise<ConsoleTown> {
    const town = ConsoleTown.#open(environment, options);
    opened.push(town);
    return town;
  }

  static async #open(environment: Readonly<Record<string, string>>, options: OpenOptions): Promise<ConsoleTown> {
    const directory = mkdtempSync(join(tmpdir(), 'concordat-pages-'));
    const issuer = await DemoIssuer.listen(0);
    const port = String(await freePort());
    const config = parseConfig({ PORT: port, CONCORDAT_DATA: join(directory, 'demo'), ...issuer.brokerSettings, ...environment });
    const { keys } = await toldDemo(config);
    const node = await openNode(config, { projecting: true, reacting: true });
    const server = await startServer(node);
    const people = await demoPeople(node);
    const { by = async (straight: string) => straight, ...others } = options;
    const broker = { people, audience: config.issuerUrl, url: await by(server.url), keys };
    const pages = await openPages(issuer, broker, { CONSOLE_PORT: '0', ...environment }, others);
    await settled(node);
    return new ConsoleTown({ directory, keys, issuer, node, server, pages });
  }

  get url(): string {
    return this.#parts.pages.url;
  }

  /** What the console answers: method and template. */
  get routes(): readonly string[] {
    return this.#parts.pages.routes;
  }

  get node(): BrokerNode {
    return this.#parts.node;
  }

  get broker(): Server {
    return this.#parts.server;
  }

  /** The file with the private key of one of the story's agencies. */
  keyOf = (agency: string): string => join(this.#parts.keys, `${agency}.json`);

  /** What one of the story's agencies tells now; every page has it from then on. */
  async tell(agency: string, ...events: readonly EventToSend[]): Promise<readonly Receipt[]> {
    const key = await signingKeyOf(readJsonFile(this.keyOf(agency)) as JWK);
    const client = new ConcordatClient({ url: this.#parts.server.url, agency, key });
    const receipts = await client.send(events.map((event) => toEvent(agency, event)));
    await this.settled();
    return receipts;
  }

  /** Resolves when every view has what was recorded until now: to be waited for where somebody else did what a page is to show. */
  settled(): Promise<void> {
    return settled(this.node);
  }

  /** Somebody who is not signed in. */
  async stranger(options: BrowserContextOptions = {}): Promise<Visitor> {
    const browser = await (this.#browser ??= launchBrowser());
    const context = await browser.newContext({ baseURL: this.url, ...options });
    context.setDefaultTimeout(LONGEST_STEP_MS);
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

  /** Signed in, without a browser. */
  async plainly(id: PersonId): Promise<PlainVisitor> {
    const visitor = new PlainVisitor(this.url);
    await visitor.signIn(id);
    return visitor;
  }

  /** Once, however often it is asked for. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const { directory, issuer, node, server, pages } = this.#parts;
    tellJourneys();
    await (await this.#browser)?.close();
    await pages.close();
    await server.close();
    await node.close();
    await issuer.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Somebody's browser, which counts what is pressed: console.md says how many presses each task may cost. */
export class Visitor {
  readonly page: Page;
  /** Milliseconds from each press until what it led to stood there. */
  readonly #presses: number[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  get presses(): number {
    return this.#presses.length;
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** A link or button by its words, of which the page has one. */
  async press(role: 'link' | 'button' | 'radio' | 'checkbox', name: string | RegExp): Promise<void> {
    await this.#press(this.page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }), role);
  }

  /** Of several alike, the one meant: a link or button. */
  async pressOn(one: Locator): Promise<void> {
    await this.#press(one, 'link');
  }

  /** Of several links of those words the first. */
  async pressFirst(name: RegExp): Promise<void> {
    await this.#press(this.page.getByRole('link', { name }).first(), 'link');
  }

  async #press(pressed: Locator, role: string): Promise<void> {
    const leadsOn = role === 'link' || role === 'button';
    const began = performance.now();
    await Promise.all([leadsOn && Promise.race([this.page.waitForEvent('load'), this.page.waitForEvent('download')]), pressed.click()]);
    this.#presses.push(performance.now() - began);
  }

  /** A journey of console.md ends here: within its presses, counted from `since` on. */
  reached(id: JourneyId, since = 0): void {
    const presses = this.#presses.slice(since);
    recordJourney({ id, presses: presses.length, ms: presses.reduce((sum, ms) => sum + ms, 0) });
    const amiss = pressesAmiss(id, presses.length);
    if (amiss !== undefined) throw new Error(amiss);
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

  /** What hinders people on the page as it is, by the rules of WCAG 2.2 AA, or by some of them: empty where nothing does. */
  async hindrances(rules?: readonly string[]): Promise<readonly string[]> {
    // No page has frames to put together, and what is not amiss need not be told, which on long pages takes twice as long as looking.
    const axe = new AxeBuilder({ page: this.page }).setLegacyMode().options({ resultTypes: ['violations'] });
    const { violations } = await (rules === undefined ? axe.withTags(WCAG) : axe.withRules([...rules])).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  }

  /** Whether the page has to be moved sideways to be read. */
  async scrollsSideways(): Promise<boolean> {
    return this.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
  }
}
