import { calculateJwkThumbprint, compactDecrypt } from 'jose';
import { FeedKeys } from './feed-keys.ts';
import { rootKeyOf } from './root-key.ts';

const keys = new FeedKeys(rootKeyOf(Buffer.alloc(32, 7)));
const TEXT = '{"data":"Zoë ≠ 漢字"}';

describe('a feed key', () => {
  it('is named by its thumbprint (RFC 7638)', async () => {
    const jwk = keys.of('eastgate', '2026-03-02T06Z.1').jwk();
    expect(await calculateJwkThumbprint(jwk)).toBe(jwk.kid);
    expect(Buffer.from(jwk.k, 'base64url')).toHaveLength(32);
  });

  it('is one for each agency and epoch', () => {
    const pairs = [
      ['a', 'b/c'],
      ['a/b', 'c'],
      ['a', 'b'],
      ['b', 'a'],
    ] as const;
    expect(new Set(pairs.map(([agency, epoch]) => new FeedKeys(rootKeyOf(Buffer.alloc(32, 7))).of(agency, epoch).kid)).size).toBe(4);
  });

  it('is the same whether it was kept or is derived again', () => {
    const { kid } = keys.of('eastgate', 'first');
    for (let other = 0; other < 5000; other++) keys.of('eastgate', `epoch ${other}`);
    expect(keys.of('eastgate', 'first').kid).toBe(kid);
  });

  it('seals text of any script and length as JWE, empty text too', async () => {
    const key = keys.of('eastgate', 'e');
    for (const text of [TEXT, '', 'x'.repeat(1_000_000)]) {
      const { plaintext } = await compactDecrypt(key.seal(text), Buffer.from(key.jwk().k, 'base64url'));
      expect(Buffer.from(plaintext).toString()).toBe(text);
    }
  });
});
