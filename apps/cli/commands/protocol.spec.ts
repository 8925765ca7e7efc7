import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { findProtocols } from '#catalogue';
import { protocolsReadyToSign, shippedProtocols } from '#sharing-protocols';
import { Workplace } from '../fixtures/captured-run.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const passport = readFileSync(join(findProtocols(), 'e2e-passport', '1.yaml'), 'utf8');
const file = (name: string, text: string): string => {
  writeFileSync(place.path(name), text);
  return place.path(name);
};

describe('concordat protocol lint', () => {
  it('finds the shipped protocols clean', async () => {
    const { code, out } = await place.run(['protocol', 'lint']);
    expect(code).toBe(0);
    const ready = protocolsReadyToSign().map(({ id }) => `protocols/ready-to-sign/${id}/1.yaml: clean`);
    expect(out.trim().split('\n')).toEqual([...shippedProtocols().map(({ id }) => `protocols/${id}/1.yaml: clean`), ...ready]);
  });

  it('says where a file is not of the form', async () => {
    const broken = file('broken.yaml', passport.replace('version: 1', 'version: one'));
    const { code, out, err } = await place.run(['protocol', 'lint', broken]);
    expect({ code, err }).toEqual({ code: 1, err: 'concordat: 1 of 1 protocol cannot be drafted as written.\n' });
    expect(out).toMatch(new RegExp(`^${broken}:\\d+:\\d+: version: `));
  });

  it('says what a protocol must not do, and by which rule', async () => {
    const strange = file('strange.yaml', passport.replace('for: [plan-learning]', 'for: [conquer-the-world]'));
    const { code, out } = await place.run(['protocol', 'lint', strange]);
    expect(code).toBe(1);
    expect(out).toMatch(/strange\.yaml: error: flows\.\d+\.for.*conquer-the-world.*\([a-z-]+\)/);
  });
});

describe('concordat protocol render', () => {
  it('gives the agreement in Markdown, of a shipped protocol or a file', async () => {
    const { out } = await place.run(['protocol', 'render', 'e2e-passport']);
    expect(out).toMatch(/^# E2E Passport\n/);
    expect(out).toContain('Nobody has signed yet.');
    expect((await place.run(['protocol', 'render', file('copy.yaml', passport)])).out).toBe(out);
  });

  it('knows no other name', async () => {
    const { code, err } = await place.run(['protocol', 'render', 'e2e-passport@7']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('There is no protocol e2e-passport@7: those that ship are') });
  });
});

describe('concordat protocol diff and odrl', () => {
  it('say what another text would change, and the text as a policy', async () => {
    const later = file('later.yaml', passport.replace('version: 1', 'version: 2').replace('graceDays: 90', 'graceDays: 30'));
    expect((await place.run(['protocol', 'diff', 'e2e-passport', later])).out).toBe(
      'Its review is due on 2027-09-01, with 30 days of grace.\n',
    );
    expect((await place.run(['protocol', 'diff', later, later])).out).toBe('Both say the same.\n');
    const policy = JSON.parse((await place.run(['protocol', 'odrl', later])).out) as object;
    expect(policy).toMatchObject({ '@type': 'Offer', uid: 'urn:concordat:protocol:e2e-passport:2' });
  });
});

describe('concordat protocol sign', () => {
  const key = (name: string): string => place.path(name, 'signing-private.json');
  beforeAll(async () => {
    for (const [slug, role] of [
      ['north', 'connexions'],
      ['forge', 'provider'],
    ] as const) {
      await place.run(['keygen', '--out', place.path(slug)]);
      await place.run([
        'agency',
        'add',
        '--slug',
        slug,
        '--role',
        role,
        '--name',
        `The ${slug}`,
        '--signing-key',
        place.path(slug, 'signing-public.json'),
      ]);
    }
  });

  it('drafts what is not drafted, and brings it in force once all have signed who must', async () => {
    const first = await place.run(['protocol', 'sign', 'e2e-passport', '--agency', 'north', '--key', key('north')]);
    expect(first.out).toMatch(/e2e-passport@1 +drafted +drafted, signed\n/);
    const second = await place.run([
      'protocol',
      'sign',
      'e2e-passport',
      'learner-voice',
      'september-guarantee',
      '--agency',
      'forge',
      '--key',
      key('forge'),
    ]);
    expect(second.out).toMatch(/e2e-passport@1 +in-force +signed\n/);
    expect((await place.run(['protocol', 'list'])).out).toMatch(/e2e-passport@1 +in-force +\d{4}-\d\d-\d\d +E2E Passport +north forge\n/);
  });

  it('says what was signed before, and where the agency fills no role', async () => {
    const { out } = await place.run([
      'protocol',
      'sign',
      'e2e-passport',
      'youth-justice',
      'activity-survey',
      '--agency',
      'forge',
      '--key',
      key('forge'),
    ]);
    expect(out).toMatch(/e2e-passport@1 +in-force +was signed before\n/);
    expect(out).toMatch(/activity-survey@1 +drafted +drafted, the agency fills no role of it\n/);
  });

  it('signs all that concern the agency where none is named', async () => {
    const { out } = await place.run(['protocol', 'sign', '--agency', 'forge', '--key', key('forge')]);
    const concerned = shippedProtocols().filter(({ parties }) => parties.some(({ role }) => role === 'provider'));
    expect(out.trim().split('\n')).toHaveLength(concerned.length + 1);
    expect(out).not.toMatch(/activity-survey|fills no role/);
  });

  it('takes no signature of a key that is not registered, nor for an agency that is not', async () => {
    await place.run(['keygen', '--out', place.path('stranger')]);
    const wrong = await place.run(['protocol', 'sign', 'learner-voice', '--agency', 'north', '--key', key('stranger')]);
    expect({ code: wrong.code, err: wrong.err }).toEqual({ code: 1, err: expect.stringContaining('north cannot sign learner-voice@1: ') });
    expect((await place.run(['protocol', 'sign', '--agency', 'nobody', '--key', key('stranger')])).err).toContain(
      'There is no agency nobody',
    );
  });

  it('is suspended, resumed and ended, each with the reason, and says so in the list', async () => {
    const stop = (how: string, name = 'e2e-passport') => place.run(['protocol', how, name, '--reason', 'a breach']);
    const status = async (): Promise<string | undefined> =>
      /^e2e-passport@1 +(\S+) /m.exec((await place.run(['protocol', 'list'])).out)?.[1];
    expect((await stop('resume')).out).toBe('e2e-passport@1 is not suspended.\n');
    expect((await stop('suspend')).out).toBe('e2e-passport@1 is suspended: nothing is shared under it until it is resumed.\n');
    expect(await stop('suspend', 'e2e-passport@1')).toEqual({ code: 0, out: 'e2e-passport@1 was suspended already.\n', err: '' });
    expect(await status()).toBe('suspended');
    expect((await stop('resume')).out).toBe('e2e-passport@1 is resumed: it is in-force.\n');
    expect(await status()).toBe('in-force');
    expect((await stop('end', 'learner-voice')).out).toBe('learner-voice@1 has ended: nothing is shared under it any more.\n');
    expect((await stop('end', 'learner-voice')).out).toBe('learner-voice@1 had ended already.\n');
    expect(await stop('resume', 'learner-voice')).toMatchObject({ code: 1, err: expect.stringContaining('has ended') });
    expect(await stop('suspend', 'e2e-passport@7')).toMatchObject({
      code: 1,
      err: expect.stringContaining('No protocol e2e-passport@7 was drafted here'),
    });
    expect((await place.run(['protocol', 'suspend', 'e2e-passport'])).code).toBe(2);
  });

  it('asks which version is meant where several are in use', async () => {
    const second = file('second.yaml', passport.replace('version: 1', 'version: 2'));
    await place.run(['protocol', 'sign', second, '--agency', 'forge', '--key', key('forge')]);
    const { code, err } = await place.run(['protocol', 'suspend', 'e2e-passport', '--reason', 'x']);
    expect({ code, err }).toEqual({ code: 1, err: 'concordat: Say which version: e2e-passport@1 or e2e-passport@2.\n' });
  });

  it('shows in the agreement', async () => {
    expect((await place.run(['protocol', 'render', 'e2e-passport@1'])).out).toMatch(/\| forge \| The forge \| \S+ \|/);
    const listed = JSON.parse((await place.run(['protocol', 'list', '--json'])).out) as {
      protocol: string;
      status: string;
      signatures: { agency: string }[];
    }[];
    expect(listed.find(({ protocol }) => protocol === 'e2e-passport')).toMatchObject({
      status: 'in-force',
      signatures: [{ agency: 'north' }, { agency: 'forge' }],
    });
  });
});
