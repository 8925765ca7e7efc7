// What may be said of agencies and their keys.
import { isRole } from '#catalogue';
import { accept, type AgencySlug, type Decision, isAgencySlug, reject } from '#kernel';
import { type AgenciesState, type Agency, isInForce } from './agencies.ts';
import type { AgencyEvent, AgencyRegistered, KeyRegistered, KeyRevoked } from './agencies.events.ts';
import type { AgencyRejection, AgencyRejectionCode } from './agency-rejection.ts';

export type AgencyDecision = Decision<AgencyEvent, AgencyRejection>;

const rejected = (code: AgencyRejectionCode, says: string): AgencyDecision => reject({ code, says });

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));
const isSame = (known: Agency, { name, roles, districts }: AgencyRegistered): boolean =>
  known.name === name && sameList(known.roles, roles) && sameList(known.districts, districts);

/** Registers an agency, or changes what is said of it; nothing where it is as said already. */
export const decideRegister = (data: AgencyRegistered, state: AgenciesState): AgencyDecision => {
  if (!isAgencySlug(data.slug)) return rejected('slug-malformed', 'A slug is 1 to 64 lower case letters, digits and hyphens, such as city-yot.');
  if (data.roles.length === 0) return rejected('no-role', `Give ${data.slug} at least one role.`);
  if (!data.roles.every(isRole)) return rejected('unknown-role', `Give ${data.slug} roles of protocols/codes/roles.json only.`);
  const known = state.bySlug.get(data.slug);
  return known && isSame(known, data) ? accept() : accept({ type: 'uk.concordat.agency.registered.v1', data });
};

/** Adds a key; nothing where it is the agency's already and in force. A key names one agency, for ever. */
export const decideRegisterKey = (data: KeyRegistered, state: AgenciesState): AgencyDecision => {
  const agency = state.bySlug.get(data.slug);
  if (!agency) return unknownAgency(data.slug);
  const owner = state.owners.get(data.kid);
  if (owner === undefined) return accept({ type: 'uk.concordat.agency.key-registered.v1', data });
  const held = agency.keys.find(({ kid }) => kid === data.kid);
  if (!held) return rejected('key-taken', 'Another agency registered this key: make a new one.');
  if (held.use !== data.use) return rejected('key-has-other-use', 'A key is for signing or for receiving, never for both: make a second one.');
  if (!isInForce(held, data.from)) return rejected('key-ended', 'This key was in force once and has ended: make a new one.');
  return accept();
};

export const decideRevokeKey = ({ slug, kid, at, reason }: KeyRevoked, state: AgenciesState): AgencyDecision => {
  const agency = state.bySlug.get(slug);
  if (!agency) return unknownAgency(slug);
  const key = agency.keys.find((one) => one.kid === kid);
  if (!key) return rejected('unknown-key', `${slug} has no key with this thumbprint: \`concordat agency list\` shows its keys.`);
  return key.revoked ? accept() : accept({ type: 'uk.concordat.agency.key-revoked.v1', data: { slug, kid, at, reason } });
};

const unknownAgency = (slug: AgencySlug): AgencyDecision =>
  rejected('unknown-agency', `No agency ${isAgencySlug(slug) ? slug : 'of that slug'} is registered: add it with \`concordat agency add\`.`);
