import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { JWK } from 'jose';
import { signEvents, signingKeyOf, toEvent } from '#client';
import { parseConfig } from '../../broker/config.ts';
import { openNode } from '../../broker/node.ts';
import { Workplace } from '../fixtures/captured-run.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const noted = toEvent('forge', {
  type: 'learner.registered',
  subject: 'local:F-1',
  id: 'e-1',
  data: { localId: 'F-1', givenName: 'Aisha', familyName: 'Rahman', dateOfBirth: '2009-02-03' },
});

beforeAll(async () => {
  for (const slug of ['forge', 'north']) {
    await place.run(['keygen', '--out', place.path(slug)]);
    await place.run([
      'agency',
      'add',
      '--slug',
      slug,
      '--role',
      slug === 'forge' ? 'provider' : 'connexions',
      '--name',
      slug,
      '--signing-key',
      place.path(slug, 'signing-public.json'),
    ]);
  }
  const node = await openNode(parseConfig({ CONCORDAT_DATA: place.data }), { verifyWorkers: 0 });
  const key = await signingKeyOf(JSON.parse(readFileSync(place.path('forge', 'signing-private.json'), 'utf8')) as JWK);
  await node.intake.receive(Buffer.from(await signEvents(noted, key)), 'http');
  await expect(node.intake.receive(Buffer.from('rubbish'), 'http')).rejects.toMatchObject({ code: 'not-compact' });
  await node.close();
});

describe('concordat quarantine', () => {
  it('lists what was refused, and why', async () => {
    const { out } = await place.run(['quarantine', 'list']);
    expect(out).toMatch(/^ID +RECEIVED.*\n1 +\S+ +forge +event +waiting +role-not-allowed .*\n2 +\S+ +message +waiting +not-compact .*\n$/);
    expect(out).not.toContain('Aisha');
    expect(JSON.parse((await place.run(['quarantine', 'list', '--agency', 'forge', '--json'])).out)).toMatchObject([
      { id: 1, code: 'role-not-allowed' },
    ]);
    expect(await place.run(['quarantine', 'list', '--state', 'resolved'])).toEqual({
      code: 0,
      out: '',
      err: 'Nothing is in quarantine.\n',
    });
  });

  it('shows an entry without its content, unless it is asked for', async () => {
    const plain = await place.run(['quarantine', 'show', '1']);
    expect(plain.out).toMatch(/code +role-not-allowed/);
    expect(plain.out).not.toContain('Aisha');
    expect(plain.err).toBe('The content may be personal data: --content prints it.\n');
    const { out } = await place.run(['quarantine', 'show', '1', '--content']);
    expect(JSON.parse(out.slice(out.indexOf('{')))).toEqual(noted);
    expect((await place.run(['quarantine', 'show', '2', '--content'])).out).toMatch(/\n\nrubbish\n$/);
    expect((await place.run(['quarantine', 'show', '9'])).err).toBe('concordat: There is no entry 9 in quarantine.\n');
  });

  it('judges again: refused as before, until what was lacking is there', async () => {
    const before = await place.run(['quarantine', 'retry', '1']);
    expect(before).toEqual({
      code: 1,
      out: expect.stringMatching(/1 +waiting +role-not-allowed/),
      err: 'concordat: 1 of 1 entry is refused as before.\n',
    });
    for (const slug of ['north', 'forge']) {
      await place.run(['protocol', 'sign', 'e2e-passport', '--agency', slug, '--key', place.path(slug, 'signing-private.json')]);
    }
    const after = await place.run(['quarantine', 'retry', '--all']);
    expect(after.out).toMatch(/1 +resolved +accepted\n2 +waiting +not-compact\n/);
    expect((await place.run(['quarantine', 'list', '--state', 'waiting', '--json'])).out).not.toContain('"id": 1');
  });

  it('needs one entry or all of them', async () => {
    for (const words of [
      ['quarantine', 'retry'],
      ['quarantine', 'retry', '1', '--all'],
    ]) {
      expect(await place.run(words)).toEqual({ code: 2, out: '', err: 'concordat: Give the number of one entry, or --all.\n' });
    }
  });

  it('shows what was sent without obeying it', async () => {
    const node = await openNode(parseConfig({ CONCORDAT_DATA: place.data }), { verifyWorkers: 0 });
    await expect(node.intake.receive(Buffer.from('\u001b]8;;http://x.example\u0007name\u202e\rok'), 'http')).rejects.toMatchObject({
      code: 'not-compact',
    });
    await node.close();
    const { out } = await place.run(['quarantine', 'show', '3', '--content']);
    expect(out).toMatch(/\n\n\\u001b\]8;;http:\/\/x\.example\\u0007name\\u202e\\u000dok\n$/);
  });

  it('tells of a message from Kafka which partition and offset it came from', async () => {
    const node = await openNode(parseConfig({ CONCORDAT_DATA: place.data }), { verifyWorkers: 0 });
    const origin = 'kafka:concordat.in.forge/0/7';
    await node.quarantine.add({
      kind: 'message',
      channel: 'kafka',
      code: 'empty',
      says: 'It is empty.',
      receivedAt: Date.parse('2026-03-02T09:00:00Z'),
      origin,
      content: Buffer.from('x'),
    });
    const [{ id } = { id: 0 }] = (await node.quarantine.list({ limit: 100 })).slice(-1);
    await node.close();
    expect((await place.run(['quarantine', 'show', String(id)])).out).toContain(`2026-03-02T09:00:00.000Z by ${origin}`);
  });
});
