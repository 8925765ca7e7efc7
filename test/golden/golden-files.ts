// The files with golden payloads, and what their events were about.
import { readFileSync } from 'node:fs';
import type { RecordedEvent } from '#event-store';
import type { Keys } from '#privacy';
import { OPEN } from '#privacy/opening';

interface Golden {
  readonly type: string;
  readonly schema: number;
  /** Clear JSON, exactly as stored; or what is sealed, in base64. */
  readonly payload?: string;
  readonly plain?: string;
}

export const golden = (type: string): Golden =>
  JSON.parse(readFileSync(new URL(`./${type.slice('uk.concordat.'.length)}.json`, import.meta.url), 'utf8')) as Golden;
export const bytesOf = ({ payload, plain }: Golden): Buffer =>
  plain === undefined ? Buffer.from(payload ?? '') : Buffer.from(plain, 'base64');

/** Sealing is proved in libs/privacy: here what is sealed is looked at itself. */
export const openKeys: Keys = { seal: (_, __, plain) => plain, [OPEN]: (_, __, sealed) => sealed };

export const recorded = (type: string, revision = 0): RecordedEvent => ({
  id: `90de0000-0000-4000-8000-00000000000${revision}`,
  type,
  meta: { actor: 'broker', correlation: 'c', schema: golden(type).schema },
  payload: bytesOf(golden(type)),
  stream: 's',
  revision,
  position: revision + 1,
  recordedAt: AT,
});

export const AT = 1_767_605_400_000;
export const A = 'a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11';
export const B = 'b7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e22';
export const KID = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
export const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;
