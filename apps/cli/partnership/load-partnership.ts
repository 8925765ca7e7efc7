// Makes a partnership known to the broker: agencies with their keys, and the shipped protocols where their signatures can be given.
import type { AgencyRegistered, KeyToRegister } from '#agencies';
import { ListAgencies, RegisterAgency } from '#agencies/bus';
import type { AgencySlug } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import { Complaint } from '../complaint.ts';
import type { Ask } from '../data-directory.ts';
import type { PartnershipAgency } from './agencies-file.ts';
import { type BroughtInForce, signProtocols } from './sign-protocols.ts';

export interface LoadedPartnership {
  /** `unchanged`: it was registered so already. */
  readonly agencies: readonly { readonly slug: AgencySlug; readonly change: 'registered' | 'changed' | 'unchanged' }[];
  /** None where no private key is at hand. */
  readonly protocols: readonly BroughtInForce[];
}

/** Loading the same again changes nothing. */
export const loadPartnership = async (ask: Ask, members: readonly PartnershipAgency[]): Promise<LoadedPartnership> => {
  const agencies: LoadedPartnership['agencies'][number][] = [];
  const before = new Set((await ask(new ListAgencies({}))).map(({ agency }) => agency.slug));
  for (const member of members) agencies.push({ slug: member.slug, change: await register(ask, member, before.has(member.slug)) });
  const signers = members.flatMap(({ slug, privateSigning }) =>
    privateSigning === undefined ? [] : [{ slug, privateJwk: privateSigning }],
  );
  return { agencies, protocols: signers.length === 0 ? [] : await signProtocols(ask, shippedProtocols(), signers) };
};

const register = async (
  ask: Ask,
  { slug, name, roles, districts, entity, signing, encryption }: PartnershipAgency,
  known: boolean,
): Promise<'registered' | 'changed' | 'unchanged'> => {
  const about = { slug, name, roles, districts, ...(entity === undefined ? {} : { entity }) } as AgencyRegistered;
  const keys: KeyToRegister[] = [{ use: 'sig', jwk: signing }];
  if (encryption !== undefined) keys.push({ use: 'enc', jwk: encryption });
  const registered = await ask(new RegisterAgency({ agency: about, keys }));
  if (!registered.ok) throw new Complaint(`${slug} cannot be registered: ${registered.error.says}`);
  if (registered.value.length === 0) return 'unchanged';
  return known ? 'changed' : 'registered';
};
