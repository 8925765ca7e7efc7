// KURRENTDB_URL, checked before the client sees it: the client would print what it does not understand, credentials and all.

export interface Connection {
  /** As the client takes it. */
  readonly string: string;
  /** Given with each append too, which has the client send appends one by one, each with its own answer and deadline. */
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
}

const OPTIONS = new Set([
  'tls',
  'tlscafile',
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'keepaliveinterval',
  'keepalivetimeout',
  'usercertfile',
  'userkeyfile',
]);
const FORM =
  /^(?:esdb|kurrentdb|kurrent|kdb)(?<discover>\+discover)?:\/\/(?<login>[^:@/?]+:[^:@/?]+@)?(?<hosts>[\w.-]+(?::\d{1,5})?(?:,[\w.-]+(?::\d{1,5})?)*)\/?(?:\?(?<options>.+))?$/;

/** Nobody is named: a server without TLS asks for nobody. */
const NOBODY = { username: 'nobody', password: 'nobody' };

/** Throws `RangeError` with what is wrong, as the end of a sentence; nothing of the string is in it. */
export const connectionOf = (url: string): Connection => {
  const { discover = '', login = '', hosts = '', options = '' } = partsOf(url);
  const given = options === '' ? '' : `?${options}`;
  const isSecured = !optionsIn(options).some(([key, value]) => key === 'tls' && value === 'false');
  return isSecured
    ? { string: `esdb${discover}://${login}${hosts}${given}`, credentials: credentialsIn(login) }
    : { string: `esdb${discover}://${hosts}${given}`, credentials: NOBODY };
};

const credentialsIn = (login: string): Connection['credentials'] => {
  if (login === '') return undefined;
  const [username = '', password = ''] = login.slice(0, -1).split(':');
  return { username: decoded(username), password: decoded(password) };
};

const partsOf = (url: string): Partial<Record<'discover' | 'login' | 'hosts' | 'options', string>> => {
  const groups = FORM.exec(url)?.groups;
  if (groups) return groups;
  throw new RangeError('give esdb://host:port, with user:password@ before the host and ?tls=false after it where that is needed');
};

/** Names flattened as the client flattens them. */
const optionsIn = (options: string): readonly (readonly [key: string, value: string])[] => {
  const given = options === '' ? [] : options.split('&').map((option) => option.split('='));
  return given.map(([name = '', value = '']) => {
    const key = name.toLowerCase().replaceAll(/[_-]/g, '');
    if (OPTIONS.has(key) && value !== '') return [key, value] as const;
    throw new RangeError(`an option of it is none that this broker knows: ${[...OPTIONS].join(', ')}`);
  });
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError('its credentials are not percent-encoded');
  }
};
