import { readFileSync, writeFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { generateSigningKey } from '#client';
import { Workplace } from '../fixtures/captured-run.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const keyFile = (name: string, use = 'signing'): string => place.path(name, `${use}-public.json`);
const kidOf = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { kid: string }).kid;
const listed = async (): Promise<
  readonly {
    slug: string;
    state: string;
    stopped?: object;
    roles: string[];
    keys: { kid: string; until?: number; revoked?: { reason: string } }[];
  }[]
> => JSON.parse((await place.run(['agency', 'list', '--json'])).out);

const ADD = [
  'agency',
  'add',
  '--slug',
  'forge',
  '--role',
  'provider',
  '--role',
  'college',
  '--name',
  'Forge',
  '--district',
  'WV1',
  '--signing-key',
];

beforeAll(async () => {
  for (const name of ['first', 'second']) await place.run(['keygen', '--out', place.path(name)]);
});

describe('concordat agency', () => {
  it('needs the data directory of a broker, save to add the first', async () => {
    expect(await place.run(['agency', 'list'])).toEqual({
      code: 1,
      out: '',
      err: `concordat: There is no broker's data in ${place.data}: set CONCORDAT_DATA to the directory that the broker uses.\n`,
    });
  });

  it('adds one, once', async () => {
    const add = [...ADD, keyFile('first'), '--encryption-key', keyFile('first', 'encryption')];
    expect(await place.run(add)).toEqual({ code: 0, out: 'forge is registered.\n', err: '' });
    expect((await place.run(add)).out).toBe('forge was registered so already.\n');
    expect(await listed()).toMatchObject([
      {
        slug: 'forge',
        roles: ['provider', 'college'],
        districts: ['WV1'],
        keys: [{ use: 'sig', kid: kidOf(keyFile('first')) }, { use: 'enc' }],
      },
    ]);
  });

  it('refuses a private key, a file that holds none, and a strange role', async () => {
    expect((await place.run([...ADD, place.path('first', 'signing-private.json')])).err).toMatch(/^concordat: This is a private key/);
    expect((await place.run([...ADD, place.path('none.json')])).err).toBe(`concordat: ${place.path('none.json')} does not exist.\n`);
    const { code, err } = await place.run([...ADD.map((word) => (word === 'college' ? 'wizard' : word)), keyFile('first')]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^concordat: .*roles/) });
  });

  it('rotates the signing key, with an overlap', async () => {
    const { out } = await place.run(['agency', 'rotate', 'forge', '--signing-key', keyFile('second'), '--overlap', 'P2D']);
    expect(out).toBe('forge has a new signing key; its others end after P2D.\n');
    const [agency] = await listed();
    const former = agency?.keys.find(({ kid }) => kid === kidOf(keyFile('first')));
    expect((former?.until ?? 0) - Date.now()).toBeGreaterThan(47 * 3_600_000);
    expect((await place.run(['agency', 'list'])).out).toMatch(new RegExp(`${kidOf(keyFile('first'))}  \\d{4}-`));
  });

  it('revokes a key, with the reason', async () => {
    const revoke = ['agency', 'revoke', 'forge', kidOf(keyFile('first')), '--reason', 'lost with a laptop'];
    expect((await place.run(revoke)).out).toBe(`Key ${kidOf(keyFile('first'))} of forge is revoked.\n`);
    expect((await place.run(revoke)).out).toContain('was revoked already');
    expect((await listed())[0]?.keys[0]?.revoked?.reason).toBe('lost with a laptop');
    expect((await place.run(['agency', 'list'])).out).not.toContain(kidOf(keyFile('first')));
    expect((await place.run(['agency', 'revoke', 'forge', 'no-key', '--reason', 'x'])).code).toBe(1);
  });

  it('revokes a key whose thumbprint begins as options do', async () => {
    let key = await generateSigningKey();
    while (!key.kid.startsWith('-')) key = await generateSigningKey();
    writeFileSync(place.path('hyphen.json'), JSON.stringify(key.publicJwk));
    await place.run(['agency', 'rotate', 'forge', '--signing-key', place.path('hyphen.json')]);
    expect(await place.run(['agency', 'revoke', 'forge', key.kid, '--reason', 'lost'])).toEqual({
      code: 0,
      out: `Key ${key.kid} of forge is revoked.\n`,
      err: '',
    });
  });

  it('takes longer districts and the legal entity, and no slug that means a role', async () => {
    const hill = [
      'agency',
      'add',
      '--role',
      'connexions',
      '--name',
      'Hill',
      '--district',
      'wv14 8',
      '--entity',
      'city',
      '--signing-key',
      keyFile('second'),
      '--slug',
    ];
    expect((await place.run([...hill, 'provider'])).err).toMatch(/^concordat: provider names a role/);
    expect((await place.run([...hill.map((word) => (word === 'wv14 8' ? 'Hill End' : word)), 'hill'])).err).toMatch(
      /^concordat: Give hill districts as outward codes/,
    );
    expect((await place.run([...ADD, keyFile('first'), '--entity', 'Forge & Sons'])).err).toMatch(
      /^concordat: Name the legal entity of forge/,
    );
  });

  it('tells which claims overlap, and ends with 1 where both win', async () => {
    expect((await place.run(['agency', 'lint'])).out).toBe('The register is clean.\n');
    for (const [slug, district] of [
      ['north', 'WV14'],
      ['south', 'wv14'],
      ['hill', 'WV14 8'],
    ] as const) {
      await place.run(['keygen', '--out', place.path(slug)]);
      await place.run([
        'agency',
        'add',
        '--slug',
        slug,
        '--role',
        'connexions',
        '--name',
        slug,
        '--district',
        district,
        '--signing-key',
        keyFile(slug),
      ]);
    }
    const { code, out, err } = await place.run(['agency', 'lint']);
    expect(out.split('\n').map((line) => line.replace(/: [A-Z].*\(/, ': ('))).toEqual([
      'north, south: error: (equal-claims)',
      'north, hill: warning: (claim-within-claim)',
      'south, hill: warning: (claim-within-claim)',
      '',
    ]);
    expect({ code, err }).toEqual({ code: 1, err: 'concordat: 1 error in the register of agencies.\n' });
    expect(JSON.parse((await place.run(['agency', 'lint', '--json'])).out)).toHaveLength(3);
  });

  it('suspends, lets go and readmits one, each with the reason, and says so in the list', async () => {
    const part = (how: string, slug = 'forge', reason = 'inspection') => place.run(['agency', how, slug, '--reason', reason]);
    const states = async (): Promise<string | undefined> =>
      /^forge .*? (taking-part|suspended|ended) /m.exec((await place.run(['agency', 'list'])).out)?.[1];
    expect(await states()).toBe('taking-part');
    expect((await part('suspend')).out).toBe('forge is suspended: it contributes nothing and is shown nothing until it is readmitted.\n');
    expect(await part('suspend')).toEqual({ code: 0, out: 'forge was suspended already.\n', err: '' });
    expect(await states()).toBe('suspended');
    expect((await listed())[0]).toMatchObject({ state: 'suspended', stopped: { as: 'suspended', reason: 'inspection' } });
    expect((await part('end')).out).toMatch(/^forge is let go/);
    expect((await part('end')).out).toBe('forge was let go already.\n');
    expect(await states()).toBe('ended');
    expect(await part('suspend')).toMatchObject({ code: 1, err: expect.stringContaining('forge has been let go') });
    expect((await part('readmit')).out).toBe('forge takes part again.\n');
    expect((await part('readmit')).out).toBe('forge takes part already.\n');
    expect(await states()).toBe('taking-part');
  });

  it('readmits none without a signing key in force', async () => {
    await place.run(['agency', 'end', 'forge', '--reason', 'closed']);
    await place.run(['agency', 'revoke', 'forge', kidOf(keyFile('second')), '--reason', 'closed']);
    const { code, err } = await place.run(['agency', 'readmit', 'forge', '--reason', 'opened']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('`concordat agency rotate forge`') });
    await place.run(['keygen', '--out', place.path('third')]);
    await place.run(['agency', 'rotate', 'forge', '--signing-key', keyFile('third')]);
    expect((await place.run(['agency', 'readmit', 'forge', '--reason', 'opened'])).code).toBe(0);
  });

  it('asks for a reason, and for a slug that it knows', async () => {
    expect((await place.run(['agency', 'suspend', 'forge'])).code).toBe(2);
    expect(await place.run(['agency', 'suspend', 'forge', '--reason', ' '])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--reason takes a line'),
    });
    expect(await place.run(['agency', 'end', 'nobody', '--reason', 'x'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('No agency nobody is registered'),
    });
  });

  it('knows no agency that was not added', async () => {
    const { code, err } = await place.run(['agency', 'rotate', 'anvil', '--signing-key', keyFile('second')]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('concordat agency add') });
  });
});
