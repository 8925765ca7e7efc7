// Whatever the machine's clock is set to: nothing that has expired is honoured again,
// and what is right works once the clock is right (ADR 0019).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { publicJwkOf } from '#agencies';
import { generateSigningKey, type SigningKey, signingKeyOf } from '#client';
import type { Instant, TimeSources } from '#kernel';
import { parseConfig } from './config.ts';
import { type BrokerNode, openNode } from './node.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 2, 12);
const ISSUER = 'http://town.example';

/** The machine: its clock may be wrong, the time that passes is not. */
const machine = { real: NOON, off: 0 };
const sources: TimeSources = {
  wall: { now: () => machine.real + machine.off },
  passed: () => machine.real,
  passedAsleepToo: () => machine.real,
};

let data: string;
let node: BrokerNode;
let key: SigningKey;
let told: string[];
const start = async (): Promise<void> => {
  told = [];
  node = await openNode(parseConfig({ CONCORDAT_DATA: data, CONCORDAT_ISSUER: ISSUER }), {
    time: sources,
    verifyWorkers: 0,
    reacting: true,
    tell: (says) => void told.push(says),
  });
  while ((await node.store.bookmarks('clock')).size === 0) await turn();
};
const restart = async (): Promise<void> => {
  await node.close();
  await start();
};
beforeEach(async () => {
  Object.assign(machine, { real: NOON, off: 0 });
  data = mkdtempSync(join(tmpdir(), 'clock-'));
  await start();
  const { privateJwk, publicJwk } = await generateSigningKey('EdDSA');
  key = await signingKeyOf(privateJwk);
  const { kty, crv, x } = publicJwk;
  const jwk = publicJwkOf({ kty, crv, x }, 'sig');
  if (!jwk.ok) throw new Error(jwk.error.says);
  await node.agencies.register({ slug: 'forge', name: 'forge', roles: ['provider'], districts: [] }, [{ use: 'sig', jwk: jwk.value }]);
});
afterEach(async () => {
  await node.close();
  rmSync(data, { recursive: true });
});

let assertions = 0;
/** By a clock that is right unless another time is given. */
const assertion = async (at: Instant = machine.real): Promise<string> =>
  new SignJWT({ iss: 'forge', sub: 'forge', aud: ISSUER, exp: Math.floor(at / 1000) + 60, jti: `a-${++assertions}` })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
    .sign(key.key);
const granted = async (made: string): Promise<string | undefined> => {
  const answer = await node.access.tokenFor(made);
  return answer.ok ? answer.value.token : undefined;
};
const isHonoured = async (token: string): Promise<boolean> => (await node.tokens.askerOf(token)) !== undefined;
const tokenOf = async (): Promise<string> => {
  const token = await granted(await assertion());
  if (token === undefined) throw new Error('No token was given.');
  return token;
};

describe('a clock set back', () => {
  it.each([10 * MINUTE, HOUR, DAY])('by %d ms honours no token that has expired, in this process or the next', async (by) => {
    const token = await tokenOf();
    machine.real += 6 * MINUTE;
    expect(await isHonoured(token)).toBe(false);
    machine.off = -by;
    expect(await isHonoured(token)).toBe(false);
    await restart();
    expect(await isHonoured(token)).toBe(false);
  });

  it('lets a token grow old all the same', async () => {
    const token = await tokenOf();
    machine.off = -HOUR;
    expect(await isHonoured(token)).toBe(true);
    machine.real += 6 * MINUTE;
    expect(await isHonoured(token)).toBe(false);
  });

  it('takes no assertion twice, nor one that has expired', async () => {
    const [once, late] = [await assertion(), await assertion()];
    await granted(once);
    machine.real += 3 * MINUTE;
    node.clock.now();
    for (const again of [async () => undefined, restart]) {
      machine.off = -3 * MINUTE;
      await again();
      expect([await granted(once), await granted(late)]).toEqual([undefined, undefined]);
    }
  });

  it('still takes what is right, and says what is wrong', async () => {
    machine.off = -HOUR;
    await restart();
    expect(await granted(await assertion())).toBeDefined();
    expect(told).toEqual([expect.stringMatching(/^The clock of this machine is 1 hour behind the time that this broker has seen/)]);
    const { reasons, warnings } = await node.readiness.readiness();
    expect([reasons, warnings]).toEqual([[], [{ check: 'clock', says: told[0] }]]);
  });
});

describe('a clock set forward', () => {
  it.each([HOUR, DAY, 3650 * DAY])('by %d ms while the broker runs keeps nothing right from working', async (by) => {
    const token = await tokenOf();
    machine.off = by;
    expect([await isHonoured(token), await granted(await assertion())]).toEqual([true, expect.any(String)]);
    expect(node.clock.now()).toBe(NOON);
    machine.off = 0;
    expect([await isHonoured(token), await granted(await assertion())]).toEqual([true, expect.any(String)]);
  });

  it.each([HOUR, DAY, 3650 * DAY])(
    'by %d ms before the broker starts keeps nothing right from working once it is right again',
    async (by) => {
      const once = await assertion();
      await granted(once);
      machine.off = by;
      await restart();
      expect(await granted(await assertion(machine.real + by))).toBeDefined();
      machine.off = 0;
      await restart();
      expect([await granted(await assertion()), await granted(once)]).toEqual([expect.any(String), undefined]);
      expect(node.clock.now()).toBe(machine.real);
    },
  );
});

describe('a broker that was off for a while', () => {
  it('goes by the clock, and remembers it', async () => {
    await node.close();
    machine.real += 3 * DAY;
    await start();
    expect([node.clock.now(), told]).toEqual([machine.real, [expect.stringContaining('is 3 days ahead of what this broker remembers')]]);
    machine.real += HOUR;
    await restart();
    machine.off = -DAY;
    await restart();
    expect(node.clock.now()).toBe(machine.real);
  });
});
