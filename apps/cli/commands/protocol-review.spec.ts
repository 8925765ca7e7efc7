import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { findProtocols } from '#catalogue';
import { addDays, londonDate, systemClock } from '#kernel';
import { Workplace } from '../fixtures/captured-run.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const inDays = (days: number): string => addDays(londonDate(systemClock.now()), days);
const key = (name: string): string => place.path(name, 'signing-private.json');
const review = (agency: string, until: string) =>
  place.run(['protocol', 'review', 'e2e-passport', '--agency', agency, '--key', key(agency), '--until', until]);

beforeAll(async () => {
  const shipped = readFileSync(join(findProtocols(), 'e2e-passport', '1.yaml'), 'utf8');
  const text = shipped
    .replace(/^inForce: .*$/m, `inForce: { from: '${inDays(-10)}' }`)
    .replace(/^review: .*$/m, `review: { due: '${inDays(10)}', graceDays: 30 }`);
  writeFileSync(place.path('passport.yaml'), text);
  for (const [slug, role] of [
    ['north', 'connexions'],
    ['forge', 'provider'],
  ] as const) {
    await place.run(['keygen', '--out', place.path(slug)]);
    const agency = ['--slug', slug, '--role', role, '--name', slug, '--signing-key', place.path(slug, 'signing-public.json')];
    await place.run(['agency', 'add', ...agency]);
    await place.run(['protocol', 'sign', place.path('passport.yaml'), '--agency', slug, '--key', key(slug)]);
  }
});

it('binds whoever re-affirms, and moves the date once all have who must', async () => {
  const until = inDays(366);
  expect(await review('north', until)).toEqual({
    code: 0,
    out: `north is bound by e2e-passport@1 until ${until}. Its review is due on ${inDays(10)}.\n`,
    err: '',
  });
  expect((await review('forge', until)).out).toBe(`forge is bound by e2e-passport@1 until ${until}. Its review is due on ${until}.\n`);
  expect((await place.run(['protocol', 'list'])).out).toContain(until);
});

it('says why it does not', async () => {
  expect(await review('north', inDays(400))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^concordat: north cannot re-affirm e2e-passport@1: .*366 days ahead/),
  });
  expect((await review('north', 'soon')).code).toBe(2);
});
