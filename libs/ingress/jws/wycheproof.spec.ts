// C2SP/wycheproof json_web_signature and json_web_key. The vectors' payload is `foo` and they name no `cty`: a signature that is
// taken shows as a refusal of the content type, the first thing judged once the signer is known.
import { existsSync, readFileSync } from 'node:fs';
import { fixedClock } from '#kernel';
import { MessageVerifier, type SigningJwk, VerifyPool } from './index.ts';

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: unknown;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}
type Jwk = SigningJwk & { readonly kid?: string };
interface Group {
  readonly comment: string;
  readonly public?: Jwk | { readonly keys: readonly Jwk[] };
  readonly private: Jwk | { readonly keys: readonly Jwk[] };
  readonly tests: readonly Vector[];
}

const folder = new URL('../../../../shared/vectors/wycheproof/', import.meta.url);
const isThere = existsSync(folder);
if (!isThere)
  console.warn('SKIPPED: the Wycheproof vectors are absent from ../shared/vectors/wycheproof; nothing was checked against them.');
const whereThere = isThere ? describe : describe.skip;

const groupsOf = (name: string): readonly Group[] =>
  isThere ? (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { testGroups: Group[] }).testGroups : [];
const keysOf = ({ public: known, private: secret }: Group): readonly Jwk[] => {
  const set = known ?? secret;
  return 'keys' in set ? set.keys : [set];
};

const pool = new VerifyPool({ workers: 0 });
afterAll(() => pool.close());

/** What a broker that has registered the group's keys says to a vector. */
const outcomeOf = async (group: Group, { jws }: Vector): Promise<string> => {
  const keys = new Map(keysOf(group).map((jwk) => [jwk.kid, { agency: 'a', jwk }]));
  const verifier = new MessageVerifier({ keys: { signingKey: (kid) => keys.get(kid) }, pool, clock: fixedClock(0) });
  const outcome = await verifier.verify(Buffer.from(typeof jws === 'string' ? jws : JSON.stringify(jws)));
  return outcome.ok ? 'taken' : outcome.error.code;
};
const TAKEN = 'content-type';

const cases = (name: string) =>
  groupsOf(name).flatMap((group) => group.tests.map((test) => ({ group, test, tcId: test.tcId, comment: test.comment })));
/** Keys of ours: P-256 for ES256, to be used for signatures. There is no group for Ed25519. */
const isOurs = (group: Group): boolean =>
  keysOf(group).every(({ alg, crv, kty, use }) => kty === 'EC' && crv === 'P-256' && alg === 'ES256' && use === 'sig');

whereThere('Wycheproof JWS', () => {
  const all = cases('json_web_signature_test.json');

  it('has the groups that this suite knows', () => {
    expect(all).toHaveLength(401);
    expect(all.filter(({ group }) => isOurs(group))).toHaveLength(39);
  });

  it.each(all.filter(({ group }) => isOurs(group)))('ES256 $tcId $comment', async ({ group, test }) => {
    expect((await outcomeOf(group, test)) === TAKEN).toBe(test.result === 'valid');
  });

  it.each(all.filter(({ group }) => !isOurs(group)))('other algorithms are refused: $tcId $comment', async ({ group, test }) => {
    expect(await outcomeOf(group, test)).not.toBe(TAKEN);
  });
});

whereThere('Wycheproof JWK', () => {
  const all = cases('json_web_key_test.json');

  it('has the groups that this suite knows', () => expect(all).toHaveLength(26));

  it.each(all)('keys that are none of ours, or not fit for what they say, are refused: $tcId $comment', async ({ group, test }) => {
    expect(await outcomeOf(group, test)).not.toBe(TAKEN);
  });
});
