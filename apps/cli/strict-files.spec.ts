// Whatever file a command signs, enforces or believes is read as strictly as the wire, whoever saved it and however.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { findProtocols } from '#catalogue';
import { Workplace } from './fixtures/captured-run.ts';

jest.setTimeout(120_000);
const place = new Workplace();
afterAll(() => place.remove());

/** Nothing listens there: what is refused is refused before anything is sent. */
const NOWHERE = 'http://127.0.0.1:9';
const keyFile = place.path('keys', 'signing-private.json');
const publicKey = (): string => readFileSync(place.path('keys', 'signing-public.json'), 'utf8');
beforeAll(() => place.run(['keygen', '--out', place.path('keys')]));

const registered = {
  type: 'uk.concordat.learner.registered.v1',
  subject: 'local:1',
  data: { localId: '1', givenName: 'René', familyName: 'Müller', dateOfBirth: '2010-05-06' },
};
const member = { slug: 'forge', role: 'provider', name: 'Forgé', signing: {} };
const passport = readFileSync(join(findProtocols(), 'e2e-passport', '1.yaml'), 'utf8');

interface Taken {
  readonly text: () => string;
  /** The command that takes the file. */
  readonly words: (file: string) => readonly string[];
  /** JSON, where a member can be given twice. */
  readonly twice?: (text: string) => string;
  /** Once it is taken, Kafka is waited for. */
  readonly connects?: true;
}

const memberTwice = (text: string): string => text.replace('{', '{"twice":1,"twice":2,');
const signedBy = (...words: readonly string[]): readonly string[] => [...words, '--agency', 'forge', '--key', keyFile];

const FILES: Readonly<Record<string, Taken>> = {
  'events to send': {
    text: () => JSON.stringify(registered),
    words: (file) => [...signedBy('send', file), '--url', NOWHERE],
    twice: memberTwice,
  },
  'a private key': {
    text: () => `${readFileSync(keyFile, 'utf8').trim().slice(0, -1)},"note":"é"}`,
    words: (file) => ['token', 'forge', '--key', file, '--url', NOWHERE],
    twice: memberTwice,
  },
  'a public key': {
    text: () => `${publicKey().trim().slice(0, -1)},"note":"é"}`,
    words: (file) => ['agency', 'add', '--slug', 'forge', '--role', 'provider', '--name', 'Forge', '--signing-key', file],
    twice: memberTwice,
  },
  'a partnership': { text: () => JSON.stringify([member]), words: (file) => ['partnership', 'load', join(file, '..')], twice: memberTwice },
  'a protocol to lint': {
    text: () => `${passport}\n# é`,
    words: (file) => ['protocol', 'lint', file],
    twice: (text) => `${text}\nversion: 1\n`,
  },
  'a protocol to render': {
    text: () => `${passport}\n# é`,
    words: (file) => ['protocol', 'render', file],
    twice: (text) => `${text}\nversion: 1\n`,
  },
  'a protocol to sign': {
    text: () => `${passport}\n# é`,
    words: (file) => signedBy('protocol', 'sign', file),
    twice: (text) => `${text}\nversion: 1\n`,
  },
  'a roll': { text: () => '1000000000,forge\nlocal:é,forge', words: (file) => [...signedBy('ties', 'confirm', file), '--url', NOWHERE] },
  "the broker's keys": {
    text: () => '{"keys":[],"note":"é"}',
    connects: true,
    words: (file) => [
      'feed',
      'follow',
      '--agency',
      'forge',
      '--key',
      place.path('keys', 'encryption-private.json'),
      '--kafka',
      '127.0.0.1:9',
      '--broker-keys',
      file,
      '--once',
    ],
    twice: memberTwice,
  },
};

const given = async (name: string, bytes: Uint8Array | string) => {
  const directory = place.path(name.replaceAll(/\W/g, '-'));
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name === 'a partnership' ? 'agencies.json' : 'file');
  writeFileSync(file, bytes);
  return place.run((FILES[name] as Taken).words(file));
};

describe.each(Object.keys(FILES))('a file of %s', (name) => {
  const { text, twice, connects } = FILES[name] as Taken;

  it.each<[string, (text: string) => Buffer, RegExp]>([
    ['UTF-16', (content) => Buffer.from(`\ufeff${content}`, 'utf16le'), /is not UTF-8: it looks like UTF-16/],
    ['Windows-1252', (content) => Buffer.from(content, 'latin1'), /is not UTF-8: it looks like Windows-1252/],
  ])('that is %s is refused, and told so', async (_, encoded, says) => {
    const { code, err } = await given(name, encoded(text()));
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(says) });
    expect(err).not.toMatch(/René|Müller|not foreseen/);
  });

  if (!connects) {
    it('is taken with a byte order mark as without one', async () => {
      const [plain, marked] = [await given(name, text()), await given(name, `\ufeff${text()}`)];
      expect({ ...marked, out: '' }).toEqual({ ...plain, out: '' });
      expect(marked.err).not.toMatch(/JSON|UTF-8|YAML/);
    });
  }

  if (twice) {
    it('that says something twice is refused', async () => {
      const { code, out, err } = await given(name, twice(text()));
      expect(code).toBe(1);
      expect(out + err).toMatch(/gives a member twice|must be unique/);
    });
  }
});

it('is refused on standard input alike', async () => {
  const { code, err } = await place.run([...signedBy('send', '-'), '--url', NOWHERE], {
    input: Buffer.from(JSON.stringify(registered), 'utf16le'),
  });
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Standard input is not UTF-8') });
});

describe('what lies in the data directory', () => {
  const spoilt = async (name: string, text: string, words: readonly string[]) => {
    const directory = place.path(`spoilt-${name}-${text.length}`);
    mkdirSync(directory, { recursive: true });
    for (const file of new Set([name, 'broker-key.json'])) writeFileSync(join(directory, file), file === name ? text : '{}');
    return place.run(words, { environment: { CONCORDAT_DATA: directory } });
  };

  it.each([
    ['demo.json', 'null', ['demo'], /demo\.json does not say how far the demo is/],
    ['demo.json', '{"complete":true,"complete":false}', ['demo'], /demo\.json gives a member twice/],
    ['broker-key.json', 'null', ['agency', 'list'], /broker-key\.json holds no private key: restore it/],
    ['broker-key.json', '{"d":"a","d":"b"}', ['agency', 'list'], /broker-key\.json gives a member twice/],
  ])('is read as strictly: %s %s', async (name, text, words, says) => {
    expect(await spoilt(name, text, words)).toMatchObject({ code: 1, err: expect.stringMatching(says) });
  });
});
