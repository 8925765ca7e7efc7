// The console beside the demo's broker, and the issuer with which its people sign in.
import { randomBytes } from 'node:crypto';
import { mkdirSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningConsole, serveConsole } from '../../../console/serve-console.ts';
import { parseConsoleSettings } from '../../../console/settings.ts';
import type { BrokerNode } from '../../../broker/node.ts';
import { CAST, type Slug } from '../cast.ts';
import type { DemoIssuer } from './demo-issuer.ts';
import { type DemoPerson, demoPeople } from './demo-people.ts';

export interface DemoPages {
  readonly console: RunningConsole;
  readonly people: readonly DemoPerson[];
}

export interface DemoBroker {
  readonly node: BrokerNode;
  /** Where it is reached. */
  readonly url: string;
  /** Where the agencies' private keys lie. */
  readonly keys: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The demo's agencies let the console sign with the one key that they have; real ones register one for it alone. */
const keysForPages = (keys: string): string => {
  const directory = join(keys, 'console');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const slug of Object.keys(CAST) as Slug[]) copyFileSync(join(keys, `${slug}.json`), join(directory, `${slug}.json`));
  return directory;
};

export const openPages = async (issuer: DemoIssuer, { node, url, keys }: DemoBroker, environment: Environment): Promise<DemoPages> => {
  const people = await demoPeople(node);
  const clientSecret = randomBytes(32).toString('base64url');
  const settings = parseConsoleSettings({
    CONSOLE_NAME: 'Black Country Concordat',
    ...environment,
    CONSOLE_BROKER_URL: url,
    CONSOLE_AUDIENCE: node.config.issuerUrl,
    CONSOLE_ISSUER: issuer.url,
    CONSOLE_CLIENT_SECRET: clientSecret,
    CONSOLE_KEYS: keysForPages(keys),
    CONSOLE_OWN_PAGE: 'own-page-wv' satisfies Slug,
  });
  const console = await serveConsole(settings, { demo: true });
  await issuer.open({ people, console: console.url, clientId: settings.clientId, clientSecret, audience: settings.audience });
  return { console, people };
};
