import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { generateEncryptionKey, generateSigningKey } from '#client';
import { shippedProtocols } from '#sharing-protocols';
import { Workplace } from '../fixtures/captured-run.ts';
import type { LoadedPartnership } from '../partnership/load-partnership.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const ROLES = {
  north: 'connexions',
  forge: ['provider', 'college'],
  academy: 'school',
  team: 'yot',
  council: 'local-authority',
  lsc: 'funder',
  links: 'ebp',
  lp: 'learning-partnership',
};

const agency = async (slug: string, role: string | readonly string[]) => {
  const [signing, encryption] = [await generateSigningKey(), await generateEncryptionKey()];
  return {
    slug,
    role,
    name: slug,
    districts: [],
    signing: signing.publicJwk,
    encryption: encryption.publicJwk,
    private: { signing: signing.privateJwk, encryption: encryption.privateJwk },
  };
};

const write = (directory: string, agencies: unknown): string => {
  mkdirSync(place.path(directory), { recursive: true });
  writeFileSync(place.path(directory, 'agencies.json'), JSON.stringify(agencies));
  return place.path(directory);
};

const load = async (directory: string): Promise<LoadedPartnership> =>
  JSON.parse((await place.run(['partnership', 'load', directory, '--json'])).out);

describe('concordat partnership load', () => {
  it('registers the agencies and brings the shipped protocols in force', async () => {
    const agencies = await Promise.all(Object.entries(ROLES).map(([slug, role]) => agency(slug, role)));
    const loaded = await load(write('town', agencies));
    expect(loaded.agencies).toEqual(Object.keys(ROLES).map((slug) => ({ slug, change: 'registered' })));
    expect(loaded.protocols).toHaveLength(shippedProtocols().length);
    expect(new Set(loaded.protocols.map(({ status }) => status))).toEqual(new Set(['in-force']));
    expect(loaded.protocols.find(({ protocol }) => protocol === 'learner-voice@1')?.signed).toEqual([
      'north',
      'forge',
      'academy',
      'lsc',
      'lp',
    ]);
    expect((await place.run(['agency', 'list'])).out).toMatch(/forge +provider college/);
  });

  it('says the second time what was there already', async () => {
    const { agencies, protocols } = await load(place.path('town'));
    expect(new Set(agencies.map(({ change }) => change))).toEqual(new Set(['unchanged']));
    expect(protocols.flatMap(({ signed, drafted }) => [...signed, ...(drafted ? ['drafted'] : [])])).toEqual([]);
    expect((await place.run(['partnership', 'load', place.path('town')])).out).toMatch(
      /forge +unchanged\n[\s\S]*youth-justice@1 +in-force +4 +unchanged\n$/,
    );
  });

  it('tells a change, and signs nothing without private keys', async () => {
    const [first] = JSON.parse(readFileSync(place.path('town', 'agencies.json'), 'utf8')) as Record<string, unknown>[];
    const directory = write('changed', [
      { ...first, name: 'Connexions North', districts: ['wv14 8'], entity: 'prospects', private: undefined },
    ]);
    expect(await load(directory)).toEqual({ agencies: [{ slug: 'north', change: 'changed' }], protocols: [] });
    expect((await place.run(['agency', 'list'])).out).toMatch(/north +connexions +WV14 8 +prospects +Connexions North/);
    expect((await place.run(['partnership', 'load', directory])).err).toBe(
      'The file holds no private keys: each agency signs the protocols itself.\n',
    );
  });

  it.each([
    [{}, 'must hold a list of agencies'],
    [[{ name: 'x' }], 'agency 1 needs a `slug`'],
    [[{ slug: 'x', name: 'x', role: [1] }], 'agency 1 needs `role`: a role or a list of roles'],
    [[{ slug: 'x', name: 'x', role: 'yot', entity: 1 }], 'agency 1 needs `entity` as a slug, or none'],
    [[{ slug: 'x', name: 'x', role: 'yot' }], 'agency 1 needs `signing`: its public signing key'],
    [[{ slug: 'x', name: 'x', role: 'yot', signing: { kty: 'RSA' } }], 'x cannot be registered: A signing key is'],
  ])('says what is wrong with %j', async (agencies, says) => {
    const { code, err } = await place.run(['partnership', 'load', write('wrong', agencies)]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(says) });
  });

  it('says that the file is missing', async () => {
    expect((await place.run(['partnership', 'load', place.path('nowhere')])).err).toBe(
      `concordat: ${place.path('nowhere', 'agencies.json')} does not exist.\n`,
    );
  });
});
