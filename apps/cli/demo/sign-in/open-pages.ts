// The console beside the demo's broker, and the issuer with which its people sign in.
import { randomBytes } from 'node:crypto';
import { mkdirSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConsoleOptions, type RunningConsole, serveConsole } from '../../../console/serve-console.ts';
import { parseConsoleSettings } from '../../../console/settings.ts';
import { CAST, type Slug } from '../cast.ts';
import type { DemoIssuer } from './demo-issuer.ts';
import type { DemoPerson } from './demo-people.ts';

export interface DemoBroker {
  /** Who can sign in, by whose pseudonyms the broker knows learners. */
  readonly people: readonly DemoPerson[];
  /** Its issuer: whom tokens are for. */
  readonly audience: string;
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

export const openPages = async (
  issuer: DemoIssuer,
  broker: DemoBroker,
  environment: Environment,
  options: Pick<ConsoleOptions, 'clock'> = {},
): Promise<RunningConsole> => {
  const { people, audience, url, keys } = broker;
  const clientSecret = randomBytes(32).toString('base64url');
  const settings = parseConsoleSettings({
    CONSOLE_NAME: 'Black Country Concordat',
    CONSOLE_KEYS: keysForPages(keys),
    ...environment,
    CONSOLE_BROKER_URL: url,
    CONSOLE_AUDIENCE: audience,
    CONSOLE_ISSUER: issuer.url,
    CONSOLE_CLIENT_SECRET: clientSecret,
    CONSOLE_OWN_PAGE: 'own-page-wv' satisfies Slug,
  });
  const console = await serveConsole(settings, { demo: true, ...options });
  await issuer.open({ people, console: console.url, clientId: settings.clientId, clientSecret, audience: settings.audience });
  return console;
};
