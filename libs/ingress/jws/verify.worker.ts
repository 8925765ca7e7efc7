// Checks signatures off the main thread. It knows public keys only, and keeps nothing of what it checks.
import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { type CheckAnswer, type CheckRequest, isSignedBy, publicKeyOf, unpackChecks } from './signature-keys.ts';

const keys = new Map<number, KeyObject | undefined>();

parentPort?.on('message', ({ id, packed, keys: told }: CheckRequest) => {
  for (const [index, jwk] of told) keys.set(index, publicKeyOf(jwk));
  const results = Uint8Array.from(unpackChecks(packed), ({ key, input, signature }) => Number(isSignedBy(keys.get(key), input, signature)));
  parentPort?.postMessage({ id, results } satisfies CheckAnswer);
});
