// Who is there: honest agencies, and attackers of every role, who know the learner from nowhere but what leaked.
import { AgencyRegister, publicJwkOf } from '#agencies';
import type { Role } from '#catalogue';
import { generateSigningKey } from '#client';
import { type InForce, Registers } from '#disclosure';
import { MemoryEventStore } from '#event-store/memory';
import type { AgencySlug, Clock, IsoDate } from '#kernel';
import { ProtocolRegister, shippedProtocols, signDocument } from '#sharing-protocols';

export interface Member {
  readonly slug: AgencySlug;
  readonly roles: readonly Role[];
  readonly districts?: readonly string[];
}

export const HONEST: readonly Member[] = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'careers-south', roles: ['connexions'], districts: ['B1'] },
  { slug: 'council', roles: ['local-authority'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
  { slug: 'wulfrun', roles: ['college'] },
  { slug: 'st-chads', roles: ['school'] },
  { slug: 'city-yot', roles: ['yot'] },
  { slug: 'social', roles: ['social-services'] },
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'castings', roles: ['employer'] },
  { slug: 'page', roles: ['self-service'] },
];

export const ATTACKERS: readonly Member[] = [
  { slug: 'x-provider', roles: ['provider'] },
  { slug: 'x-careers', roles: ['connexions'], districts: ['CV1'] },
  { slug: 'x-school', roles: ['school'] },
  { slug: 'x-college', roles: ['college'] },
  { slug: 'x-council', roles: ['local-authority'], districts: ['LE1'] },
  { slug: 'x-yot', roles: ['yot'], districts: ['NG1'] },
  { slug: 'x-ebp', roles: ['ebp'] },
  { slug: 'x-funder', roles: ['funder', 'provider'] },
  { slug: 'x-employer', roles: ['employer', 'provider'] },
  { slug: 'x-social', roles: ['social-services'], districts: ['DE1'] },
  { slug: 'x-jobcentre', roles: ['jobcentre'], districts: ['ST1'] },
  { slug: 'x-custody', roles: ['custody'] },
];

export const CAST = [...HONEST, ...ATTACKERS];

export const memberOf = (slug: AgencySlug): Member => CAST.find((one) => one.slug === slug) ?? { slug, roles: [] };

/** Compiles what is in force once for each day: a world's clock leaps about. */
class RegistersByDay extends Registers {
  readonly #days = new Map<IsoDate, InForce>();

  override inForce(today: IsoDate): InForce {
    const known = this.#days.get(today) ?? super.inForce(today);
    this.#days.set(today, known);
    return known;
  }

  /** They lie in a log of their own and never change. */
  override require(): void {}
}

/** All of the cast registered, and party to every shipped protocol. */
export const openRegisters = async (clock: Clock): Promise<Registers> => {
  const store = new MemoryEventStore({ clock });
  const agencies = await AgencyRegister.open(store, clock);
  const protocols = await ProtocolRegister.open(store, clock);
  const signers = [];
  for (const { slug, roles, districts = [] } of CAST) {
    const key = await generateSigningKey('EdDSA');
    const { kty, crv, x } = key.publicJwk;
    const jwk = publicJwkOf({ kty, crv, x }, 'sig');
    if (!jwk.ok) throw new Error(JSON.stringify(jwk.error));
    const registered = await agencies.register({ slug, name: slug, roles, districts }, [{ use: 'sig', jwk: jwk.value }]);
    if (!registered.ok) throw new Error(registered.error.says);
    signers.push({ jwk: key.privateJwk, alg: 'EdDSA', kid: key.kid } as const);
  }
  for (const document of shippedProtocols()) {
    await protocols.draft(document);
    for (const signer of signers) await protocols.sign(await signDocument(document, signer), agencies);
  }
  return new RegistersByDay(agencies, protocols);
};
