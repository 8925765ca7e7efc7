// Who lives in the town of the journeys: registered with their keys, and parties to all shipped protocols.
import { publicJwkOf } from '#agencies';
import type { Role } from '#catalogue';
import type { KeyPair } from '#client';
import type { AgencySlug } from '#kernel';
import { shippedProtocols, signDocument } from '#sharing-protocols';
import type { BrokerNode } from '../../apps/broker/node.ts';

export interface Townsfolk {
  readonly slug: AgencySlug;
  readonly roles: readonly Role[];
  readonly districts?: readonly string[];
}

export const CAST: readonly Townsfolk[] = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'careers-south', roles: ['connexions'], districts: ['B1'] },
  { slug: 'forge', roles: ['provider'] },
  { slug: 'anvil', roles: ['provider'] },
  { slug: 'wulfrun', roles: ['college'] },
  { slug: 'st-chads', roles: ['school'] },
  { slug: 'city-yot', roles: ['yot'] },
  { slug: 'council', roles: ['local-authority'], districts: ['WV1'] },
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'social', roles: ['social-services'] },
  { slug: 'castings', roles: ['employer'] },
];

const algorithmOf = ({ publicJwk }: KeyPair): 'EdDSA' | 'ES256' => (publicJwk.kty === 'EC' ? 'ES256' : 'EdDSA');

export const register = async (
  node: BrokerNode,
  { slug, roles, districts = [] }: Townsfolk,
  keys: ReadonlyMap<AgencySlug, KeyPair>,
): Promise<void> => {
  const { kty, crv, x, y } = keys.get(slug)?.publicJwk ?? {};
  const jwk = publicJwkOf({ kty, crv, x, ...(y !== undefined && { y }) }, 'sig');
  if (!jwk.ok) throw new Error(JSON.stringify(jwk.error));
  const registered = await node.agencies.register({ slug, name: slug, roles, districts }, [{ use: 'sig', jwk: jwk.value }]);
  if (!registered.ok) throw new Error(registered.error.says);
};

export const signAll = async (node: BrokerNode, keys: ReadonlyMap<AgencySlug, KeyPair>): Promise<void> => {
  for (const document of shippedProtocols()) {
    await node.protocols.draft(document);
    for (const pair of keys.values()) {
      const signer = { jwk: pair.privateJwk, alg: algorithmOf(pair), kid: pair.kid };
      await node.protocols.sign(await signDocument(document, signer), node.agencies);
    }
  }
};
