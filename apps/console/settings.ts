// Configuration of the console, parsed once from the environment: every setting has a default, and a wrong value stops the start.

export interface ConsoleSettings {
  readonly port: number;
  readonly host: string;
  /** As people reach it, without a slash at the end; undefined: where it listens. */
  readonly url: string | undefined;
  /** Of the broker, whose public HTTP interface is all that the console knows. */
  readonly broker: string;
  /** Who the broker says that tokens are for: its own issuer. */
  readonly audience: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly serviceName: string;
  /** Directory with a private key for each agency whose people act here: `<slug>.json`. */
  readonly keys: string | undefined;
  /** The agency of role `self-service` that speaks for learners. */
  readonly ownPage: string | undefined;
}

interface ListedSetting {
  readonly variable: string;
  readonly says: string;
  readonly usual?: string;
  readonly secret?: boolean;
  /** What a value must be, in words, and whether one is. */
  readonly takes?: readonly [string, (value: string) => boolean];
}

const isPort = (value: string): boolean => /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
const isUrl = (value: string): boolean => /^https?:$/.test(URL.parse(value)?.protocol ?? '');
const isSlug = (value: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(value);
const URL_FORM = ['an http or https URL', isUrl] as const;

export const CONSOLE_SETTINGS = {
  port: { variable: 'CONSOLE_PORT', says: 'TCP port of the console’s pages', usual: '3001', takes: ['a port, 0 to 65535', isPort] },
  host: { variable: 'CONSOLE_HOST', says: 'address that the console listens on', usual: '127.0.0.1' },
  url: { variable: 'CONSOLE_URL', says: 'the console as people reach it; with https its cookies are for TLS alone', takes: URL_FORM },
  broker: {
    variable: 'CONSOLE_BROKER_URL',
    says: 'the broker whose HTTP interface the console asks',
    usual: 'http://127.0.0.1:3000',
    takes: URL_FORM,
  },
  audience: {
    variable: 'CONSOLE_AUDIENCE',
    says: 'for whom access tokens are: CONCORDAT_ISSUER of the broker (default: its URL)',
    takes: URL_FORM,
  },
  issuer: {
    variable: 'CONSOLE_ISSUER',
    says: 'OpenID Connect issuer with which people sign in; the broker believes the same (CONCORDAT_EXTERNAL_ISSUER)',
    usual: 'http://127.0.0.1:3002',
    takes: URL_FORM,
  },
  clientId: { variable: 'CONSOLE_CLIENT_ID', says: 'as whom the console is registered there', usual: 'concordat-console' },
  clientSecret: { variable: 'CONSOLE_CLIENT_SECRET', says: 'its secret there (not set: a public client)', secret: true },
  serviceName: { variable: 'CONSOLE_NAME', says: 'name of the partnership, as pages show it', usual: 'Concordat' },
  keys: { variable: 'CONSOLE_KEYS', says: 'directory with <agency>.json, the private key that an agency registered for the console' },
  ownPage: {
    variable: 'CONSOLE_OWN_PAGE',
    says: 'agency of role self-service that speaks for learners',
    takes: ['the slug of an agency', isSlug],
  },
} as const satisfies Readonly<Record<string, ListedSetting>>;

/** Wrong settings, one sentence each. */
export class ConsoleSettingsError extends Error {
  override readonly name = 'ConsoleSettingsError';
}

type Environment = Readonly<Record<string, string | undefined>>;
const LISTED: Readonly<Record<string, ListedSetting>> = CONSOLE_SETTINGS;

const valueOf = (environment: Environment, { variable, usual }: ListedSetting): string | undefined => environment[variable] || usual;

const faultOf = (environment: Environment, setting: ListedSetting): readonly string[] => {
  const value = valueOf(environment, setting);
  if (value === undefined || setting.takes === undefined || setting.takes[1](value)) return [];
  return [`${setting.variable} is wrong: it takes ${setting.takes[0]}.`];
};

/** Throws `ConsoleSettingsError`. */
export const parseConsoleSettings = (environment: Environment): ConsoleSettings => {
  const faults = Object.values(LISTED).flatMap((setting) => faultOf(environment, setting));
  if (faults.length > 0) throw new ConsoleSettingsError(faults.join('\n'));
  const values = Object.fromEntries(Object.entries(LISTED).map(([name, setting]) => [name, valueOf(environment, setting)]));
  const { port, broker, audience, url, ...rest } = values as Readonly<Record<keyof ConsoleSettings, string>>;
  return { ...rest, port: Number(port), broker: bare(broker), audience: audience ?? bare(broker), url: url && bare(url) };
};

const bare = (url: string): string => url.replace(/\/+$/, '');

/** For `concordat config`. */
export const listConsoleSettings = (
  environment: Environment,
): readonly { readonly variable: string; readonly value: string; readonly says: string }[] =>
  Object.values(LISTED).map((setting) => {
    const value = valueOf(environment, setting);
    const shown = setting.secret === true && value !== undefined ? '(set)' : value;
    return { variable: setting.variable, value: shown ?? '(not set)', says: setting.says };
  });
