import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VerifyPool, VerifyPoolError } from './index.ts';

const ed = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = ed.publicKey.export({ format: 'jwk' });
const ecJwk = ec.publicKey.export({ format: 'jwk' });
const input = (n: number): Uint8Array => Buffer.from(`message ${n}`);
const signed = (n: number): Uint8Array => sign(null, input(n), ed.privateKey);
const signedByEc = (n: number): Uint8Array => sign('sha256', input(n), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });

/** Runs in a folder of its own and dies at the first message that it gets in each life up to the last. */
const dyingWorker = (lives: number): { file: URL; remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  const code = `
    import { parentPort } from 'node:worker_threads';
    import { appendFileSync, readFileSync } from 'node:fs';
    const log = ${JSON.stringify(join(folder, 'lives'))};
    appendFileSync(log, '.');
    parentPort.on('message', ({ id, packed }) => {
      if (readFileSync(log).length <= ${lives}) throw new Error('It died.');
      parentPort.postMessage({ id, results: new Uint8Array(new DataView(packed).getUint32(0, true)).fill(1) });
    });`;
  writeFileSync(join(folder, 'dying.mjs'), code);
  return { file: pathToFileURL(join(folder, 'dying.mjs')), remove: () => rmSync(folder, { recursive: true }) };
};

describe.each([0, 1, 2])('a pool of %i workers', (workers) => {
  let pool: VerifyPool;
  beforeAll(() => void (pool = new VerifyPool({ workers })));
  afterAll(() => pool.close());

  it('tells each caller about its own signature', async () => {
    const numbers = Array.from({ length: 150 }, (_, n) => n);
    const results = await Promise.all(
      numbers.map((n) =>
        n % 2 ? pool.verify(jwk, input(n), signed(n % 3 ? n : n + 1)) : pool.verify(ecJwk, input(n), signedByEc(n % 5 ? n : n + 1)),
      ),
    );
    expect(results).toEqual(numbers.map((n) => (n % 2 ? n % 3 > 0 : n % 5 > 0)));
  });

  it('takes inputs of any length, also such as share their buffer with others', async () => {
    const large = Buffer.alloc(1_000_000, 'x');
    const views = [large, large.subarray(1), large.subarray(0, 0)];
    const results = await Promise.all(views.map((view) => pool.verify(jwk, view, sign(null, view, ed.privateKey))));
    expect(results).toEqual([true, true, true]);
    expect(large.length).toBe(1_000_000);
  });

  it('refuses keys and signatures that are none', async () => {
    expect(await pool.verify({ ...jwk, x: 'AAAA' }, input(1), signed(1))).toBe(false);
    expect(await pool.verify({ ...ecJwk, y: ecJwk.x }, input(1), signedByEc(1))).toBe(false);
    expect(await pool.verify(jwk, input(1), signed(1).subarray(1))).toBe(false);
    expect(await pool.verify(jwk, input(1), signedByEc(1))).toBe(false);
  });
});

describe('a pool of workers', () => {
  it('answers what it was asked before it closes, and nothing after', async () => {
    const pool = new VerifyPool({ workers: 2 });
    const asked = Array.from({ length: 100 }, (_, n) => pool.verify(jwk, input(n), signed(n)));
    await pool.close();
    expect(await Promise.all(asked)).toEqual(asked.map(() => true));
    await expect(pool.verify(jwk, input(1), signed(1))).rejects.toThrow(VerifyPoolError);
  });

  it('fails what a dying worker held as to be tried again, and carries on with a new one', async () => {
    const { file, remove } = dyingWorker(2);
    const pool = new VerifyPool({ workers: 1, file });
    for (let life = 1; life <= 2; life++) {
      const held = await Promise.allSettled([pool.verify(jwk, input(1), signed(1)), pool.verify(jwk, input(2), signed(2))]);
      expect(held.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(held).toEqual(
        held.map(() => ({ status: 'rejected', reason: expect.objectContaining({ name: 'VerifyPoolError', cause: expect.anything() }) })),
      );
    }
    expect(await pool.verify(jwk, input(3), signed(3))).toBe(true);
    await pool.close();
    remove();
  });

  it('does not wait for ever on a worker that cannot start', async () => {
    const pool = new VerifyPool({ workers: 2, file: pathToFileURL(join(tmpdir(), 'no-such-worker.mjs')) });
    const held = await Promise.allSettled(Array.from({ length: 80 }, (_, n) => pool.verify(jwk, input(n), signed(n))));
    expect(held.every(({ status }) => status === 'rejected')).toBe(true);
    await pool.close();
  });
});
