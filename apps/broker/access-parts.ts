// Who may do what with a node: its tokens and assertions, judged by the register of agencies.
import {
  AccessService,
  ASKER_KINDS,
  BearerTokens,
  type BrokerIdentity,
  type JsonObjectReader,
  LEARNERS_OWN,
  type LoginObserver,
  type MayAct,
  type SigningKeyLookup,
  type UsedAssertions,
} from '#access';
import { type AgencyRegister, type FoundKey, takesPart } from '#agencies';
import type { SigningKeys } from '#ingress';
import type { Clock } from '#kernel';
import type { Pseudonyms } from '#privacy';
import { parseStrictJson } from '#strict-text';
import type { BrokerConfig } from './config.ts';

export interface AccessGround {
  readonly clock: Clock;
  readonly agencies: AgencyRegister;
  readonly identity: BrokerIdentity;
  readonly used: UsedAssertions;
  readonly observer: LoginObserver;
  readonly pseudonyms: Pick<Pseudonyms, 'resolve'>;
}

export interface Access {
  readonly tokens: BearerTokens;
  readonly access: AccessService;
}

export const accessOf = (
  { externalIssuer, externalJwks, externalAskers, externalAcr }: BrokerConfig,
  { clock, agencies, identity, used, observer, pseudonyms }: AccessGround,
): Access => {
  const learnerOf = (pseudonym: string) => pseudonyms.resolve(LEARNERS_OWN, pseudonym);
  const believed = {
    names: new Set(ASKER_KINDS.filter((kind) => externalAskers.split(',').includes(kind))),
    contexts: externalAcr === undefined ? undefined : new Set(externalAcr.split(' ')),
    learnerOf,
  };
  const external = externalIssuer && externalJwks ? { issuer: externalIssuer, jwks: new URL(externalJwks), ...believed } : undefined;
  const keys: SigningKeyLookup = async (kid, at) => {
    await agencies.refresh();
    return signingKeys(agencies).signingKey(kid, at);
  };
  const tokens = new BearerTokens(identity, clock, { mayAct: mayAct(agencies, clock), learnerOf, observer, external });
  return { tokens, access: new AccessService(identity, tokens, { clock, keys, json: jsonObject, used, observer }) };
};

/** The register in force now, also where another process changed it: whoever was shut out is out at the next request. */
const mayAct =
  (agencies: AgencyRegister, clock: Clock): MayAct =>
  async (slug, kid) => {
    await agencies.refresh();
    const agency = kid === undefined ? agencies.bySlug(slug) : agencies.signingKey(kid, clock.now())?.agency;
    return agency?.slug === slug && takesPart(agency);
  };

const jsonObject: JsonObjectReader = (bytes) => {
  const json = parseStrictJson(Buffer.from(bytes));
  const value = json.ok ? json.value.value : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
};

const signingKeys = (agencies: AgencyRegister): SigningKeys => ({ signingKey: (kid, at) => ownerAndKey(agencies.signingKey(kid, at)) });

/** What an agency sends is its own also while it takes no part. */
export const senderKeys = (agencies: AgencyRegister): SigningKeys => ({
  signingKey: (kid, at) => ownerAndKey(agencies.senderKey(kid, at)),
});

const ownerAndKey = (found: FoundKey | undefined): ReturnType<SigningKeys['signingKey']> =>
  found && { agency: found.agency.slug, jwk: found.jwk };
