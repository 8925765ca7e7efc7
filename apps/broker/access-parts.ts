// Who may do what with a node: its tokens and assertions, judged by the register of agencies.
import { AccessService, BearerTokens, type BrokerIdentity, type JsonObjectReader, type LoginObserver, type MayAct, type SigningKeyLookup, type UsedAssertions } from '#access';
import type { AgencyRegister } from '#agencies';
import { parseStrictJson, type SigningKeys } from '#ingress';
import type { Clock } from '#kernel';
import type { BrokerConfig } from './config.ts';

export interface AccessGround {
  readonly clock: Clock;
  readonly agencies: AgencyRegister;
  readonly identity: BrokerIdentity;
  readonly used: UsedAssertions;
  readonly observer: LoginObserver;
}

export interface Access {
  readonly tokens: BearerTokens;
  readonly access: AccessService;
}

export const accessOf = ({ externalIssuer, externalJwks }: BrokerConfig, { clock, agencies, identity, used, observer }: AccessGround): Access => {
  const external = externalIssuer && externalJwks ? { issuer: externalIssuer, jwks: new URL(externalJwks) } : undefined;
  const keys: SigningKeyLookup = async (kid, at) => {
    await agencies.refresh();
    return signingKeys(agencies).signingKey(kid, at);
  };
  const tokens = new BearerTokens(identity, clock, { mayAct: mayAct(agencies, clock), observer, external });
  return { tokens, access: new AccessService(identity, tokens, { clock, keys, json: jsonObject, used, observer }) };
};

/** The register in force now, also where another process changed it: whoever was shut out is out at the next request. */
const mayAct = (agencies: AgencyRegister, clock: Clock): MayAct => async (slug, kid) => {
  await agencies.refresh();
  return kid === undefined ? agencies.bySlug(slug) !== undefined : agencies.signingKey(kid, clock.now())?.agency.slug === slug;
};

const jsonObject: JsonObjectReader = (bytes) => {
  const json = parseStrictJson(Buffer.from(bytes));
  const value = json.ok ? json.value.value : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
};

export const signingKeys = (agencies: AgencyRegister): SigningKeys => ({
  signingKey: (kid, at) => {
    const found = agencies.signingKey(kid, at);
    return found && { agency: found.agency.slug, jwk: found.jwk };
  },
});
