// S1: an agreement is renewed each year by those whom it binds, or stops: for readers, on feeds, and on its own page (ADR 47).
import { jest } from '@jest/globals';
import { fixedClock } from '#kernel';
import { type ProtocolDocument, shippedProtocols, signDocument, signLeave, signReview } from '#sharing-protocols';
import { AISHA, BLACK_COUNTRY, registered } from './black-country.ts';
import { FeedTown } from './feed-town.ts';
import { referral } from './told.ts';
import type { Town } from './town.ts';

jest.setTimeout(120_000);
const at = (day: string): number => Date.parse(`${day}T09:00:00Z`);
const clock = fixedClock(at('2026-10-01'));
const PARTIES = ['connexions-north', 'bct', 'hts'];

const passportDue = (due: string): ProtocolDocument => {
  const shipped = shippedProtocols().find(({ id }) => id === 'e2e-passport');
  if (!shipped) throw new Error('e2e-passport does not ship.');
  return { ...shipped, version: 2, review: { due, graceDays: 30 } };
};
const PASSPORT = passportDue('2026-12-01');

let feeds: FeedTown;
let town: Town;
const open = async (): Promise<void> => {
  clock.set(at('2026-10-01'));
  feeds = await FeedTown.open({ clock, cast: BLACK_COUNTRY, following: true }, ['bct']);
  ({ town } = feeds);
  await town.node.protocols.draft(PASSPORT);
  for (const agency of PARTIES)
    expect(await post('signatures', await signDocument(PASSPORT, keyOf(agency)))).toMatchObject({ status: 200 });
  // BCT holds nothing of its own: whatever it sees, it sees by the agreement.
  await town.tell('connexions-north', registered(AISHA, 'Aisha'), referral(AISHA, 'bct'));
};

const keyOf = (agency: string) => {
  const { kid, privateJwk } = town.keyOf(agency);
  return { jwk: privateJwk, alg: 'EdDSA' as const, kid };
};
/** Without a token: the signature says whose it is. */
const post = async (what: 'signatures' | 'review' | 'leave', body: string, version = 2, type = 'application/jose') => {
  const url = `${town.server.url}/v1/protocols/e2e-passport/${version}/${what}`;
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
  return { status: response.status, body: (await response.json()) as { readonly code?: string; readonly positions?: readonly string[] } };
};
const told = async (path = '') => {
  const response = await fetch(`${town.server.url}/v1/protocols/e2e-passport/2${path}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
};
const review = async (agency: string, until: string) => post('review', await signReview(PASSPORT, until, keyOf(agency)));
const read = async (agency: string) => (await town.passport(agency, 'deliver-programme', `uln:${AISHA}`)).status;
const onFeed = () => [...feeds.kept.of('bct').keys()].filter((key) => !key.startsWith('feed-key:'));
const caughtUp = async (): Promise<void> => {
  feeds.runner.tick();
  await feeds.caughtUp();
};

describe('an agreement that is renewed', () => {
  beforeAll(open);
  afterAll(() => feeds.close());

  it('the day after its review was due it says so, and sharing goes on', async () => {
    clock.set(at('2026-12-02'));
    expect(await told()).toMatchObject({ status: 'review-due', daysToReview: -1, graceUntil: '2026-12-31' });
    await caughtUp();
    expect([await read('bct'), onFeed().length > 0]).toEqual([200, true]);
  });

  it('a stranger, a party in another’s name, and a day too far re-affirm nothing', async () => {
    clock.set(at('2026-12-10'));
    const { kid } = town.keyOf('bct');
    const forged = await signReview(PASSPORT, '2027-12-01', { ...keyOf('castings'), kid });
    const codes = await Promise.all([
      review('castings', '2027-12-01'),
      post('review', forged),
      review('bct', '2027-12-12'),
      post('review', await signReview(PASSPORT, '2027-12-01', keyOf('bct')), 1),
      post('review', await signReview(PASSPORT, '2027-12-01', keyOf('bct')), 7),
      post('review', '{}', 2, 'application/json'),
    ]);
    expect(codes.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'not-a-party'],
      [401, 'signature-invalid'],
      [409, 'review-too-far'],
      [400, 'names-another'],
      [404, 'no-such-protocol'],
      [415, 'unsupported-media-type'],
    ]);
    expect(await told()).toMatchObject({ status: 'review-due' });
  });

  it('re-affirmed by all three it is in force, with three signatures over the same digest', async () => {
    for (const agency of PARTIES) expect(await review(agency, '2027-12-01')).toMatchObject({ status: 200, body: { positions: [/./] } });
    expect(await told()).toMatchObject({ status: 'in-force', reviewDue: '2027-12-01', daysToReview: 356 });
    const { digest, signatures } = (await told('/signatures')) as {
      readonly digest: string;
      readonly signatures: readonly { readonly agency: string; readonly reviews: readonly { readonly signature: string }[] }[];
    };
    const signed = signatures.flatMap(({ reviews }) =>
      reviews.map(({ signature }) => JSON.parse(Buffer.from(signature.split('.')[1] ?? '', 'base64url').toString()) as object),
    );
    expect(signatures.map(({ agency }) => agency)).toEqual(PARTIES);
    expect(signed).toEqual(Array(3).fill({ digest, nextReviewDue: '2027-12-01', protocol: 'e2e-passport', version: 2 }));
    clock.set(at('2027-01-01'));
    expect(await read('bct')).toBe(200);
  });
});

describe('an agreement that nobody reviews', () => {
  beforeAll(open);
  afterAll(() => feeds.close());

  it('is stopped since the day after its grace: 403, tombstones on the feed, and a page that says so', async () => {
    clock.set(at('2026-12-31'));
    await caughtUp();
    expect([await read('bct'), onFeed().length > 0, (await told())['status']]).toEqual([200, true, 'review-due']);
    clock.set(at('2027-01-01'));
    await caughtUp();
    expect([await read('bct'), onFeed()]).toEqual([403, []]);
    expect(await told()).toMatchObject({ status: 'stopped', reviewDue: '2026-12-01', graceUntil: '2026-12-31' });
  });

  it('is in force again once its parties have looked at it', async () => {
    for (const agency of PARTIES) await review(agency, '2027-12-01');
    await caughtUp();
    expect([await read('bct'), onFeed().length > 0, (await told())['status']]).toEqual([200, true, 'in-force']);
  });
});

describe('a party that left', () => {
  beforeAll(open);
  afterAll(() => feeds.close());

  it('is not brought back by whoever sends its published signature again', async () => {
    const { signatures } = (await told('/signatures')) as {
      readonly signatures: readonly { readonly agency: string; readonly signature: string }[];
    };
    const published = signatures.find(({ agency }) => agency === 'bct')?.signature ?? '';
    await town.node.protocols.leave('e2e-passport', 'bct');
    expect(await post('signatures', published)).toMatchObject({ status: 409, body: { code: 'signature-used' } });
    expect(await read('bct')).toBe(403);
    expect((await told())['parties']).toContainEqual(expect.objectContaining({ agency: 'bct', leftOn: '2026-10-01' }));
  });

  it('comes back by signing anew', async () => {
    const anew = await signDocument(PASSPORT, keyOf('bct'), clock.now() / 1000);
    expect([(await post('signatures', anew)).status, await read('bct')]).toEqual([200, 200]);
  });

  it('leaves by a statement that it signs, which nobody else can make, and which counts once', async () => {
    const { kid } = town.keyOf('bct');
    const forged = await signLeave(PASSPORT, { ...keyOf('castings'), kid });
    expect((await post('leave', forged)).body.code).toBe('signature-invalid');
    expect((await post('leave', await signLeave(PASSPORT, keyOf('castings')))).body.code).toBe('not-a-party');
    expect((await post('leave', await signDocument(PASSPORT, keyOf('bct')))).body.code).toBe('signature-invalid');
    expect((await post('leave', await signLeave(PASSPORT, keyOf('bct')), 1)).body.code).toBe('names-another');
    expect(await read('bct')).toBe(200);

    const statement = await signLeave(PASSPORT, keyOf('bct'));
    expect(await post('leave', statement)).toMatchObject({ status: 200, body: { positions: [/./] } });
    await caughtUp();
    expect([await read('bct'), onFeed(), await post('leave', statement)]).toMatchObject([
      403,
      [],
      { status: 200, body: { positions: [] } },
    ]);
    await post('signatures', await signDocument(PASSPORT, keyOf('bct'), clock.now() / 1000 + 1));
    expect([(await post('leave', statement)).body.code, await read('bct')]).toEqual(['signature-used', 200]);
    expect((await post('leave', await signLeave(PASSPORT, keyOf('bct'), clock.now() / 1000))).status).toBe(200);
    expect(await read('bct')).toBe(403);
  });
});

describe('a party that does not re-affirm what the others do', () => {
  beforeAll(open);
  afterAll(() => feeds.close());

  it('falls silent when its own grace is over, and the others go on', async () => {
    clock.set(at('2026-12-10'));
    for (const agency of ['connexions-north', 'hts']) await review(agency, '2027-12-01');
    clock.set(at('2026-12-31'));
    await caughtUp();
    expect([await read('bct'), onFeed().length > 0, (await told())['status']]).toEqual([200, true, 'in-force']);
    clock.set(at('2027-01-01'));
    await caughtUp();
    expect([await read('bct'), onFeed(), (await told())['status']]).toEqual([403, [], 'in-force']);
  });
});
