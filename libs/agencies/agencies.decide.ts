// What may be said of agencies and their keys.
import { isRole } from '#catalogue';
import { accept, type AgencySlug, type Decision, isAgencySlug, reject } from '#kernel';
import { type AgenciesState, type Agency, isInForce, stateOf } from './agencies.ts';
import type { AgencyEvent, AgencyPartChanged, AgencyRegistered, KeyRegistered, KeyRevoked } from './agencies.events.ts';
import { readDistricts, written } from './districts.ts';

// Why something cannot be said of an agency or its keys.

export type AgencyRejectionCode =
  | 'slug-malformed'
  | 'slug-reserved'
  | 'no-role'
  | 'unknown-role'
  | 'district-malformed'
  | 'entity-malformed'
  | 'unknown-agency'
  | 'agency-ended'
  | 'no-key-in-force'
  | 'key-taken'
  | 'key-has-other-use'
  | 'key-ended'
  | 'unknown-key'
  | 'private-key'
  | 'unsupported-key'
  | 'malformed-key'
  | 'weak-key'
  | 'kid-not-thumbprint';

export interface AgencyRejection {
  readonly code: AgencyRejectionCode;
  /** What is so and what to do. */
  readonly says: string;
}

// Slugs that no agency may take: consents and protocols name roles, offices and agencies in one list,
// so that each name must mean one thing.

/** The learner's own page is a role too. */
const ROLE_TO_COME = 'self-service';
const OFFICES = ['data-manager', 'dpo-of', 'dpo-partnership', 'operator', 'learner', 'public'];
const WORDS = ['any', 'broker', 'own', 'none', 'nobody', 'me', 'others', 'all'];
const RESERVED: ReadonlySet<string> = new Set([ROLE_TO_COME, ...OFFICES, ...WORDS]);

export const isReserved = (slug: AgencySlug): boolean => isRole(slug) || RESERVED.has(slug);

export type AgencyDecision = Decision<AgencyEvent, AgencyRejection>;

const rejected = (code: AgencyRejectionCode, says: string): AgencyDecision => reject({ code, says });

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));
const isSame = (known: Agency, { name, roles, districts, entity }: AgencyRegistered): boolean =>
  known.name === name && known.entity === entity && sameList(known.roles, roles) && sameList(known.districts, districts);

/** Registers an agency, or changes what is said of it; nothing where it is as said already. */
export const decideRegister = (said: AgencyRegistered, state: AgenciesState): AgencyDecision => {
  const refused = refusedSlug(said.slug) ?? refusedRoles(said);
  if (refused) return refused;
  const { places, malformed } = readDistricts(said.districts);
  if (malformed.length > 0)
    return rejected(
      'district-malformed',
      `Give ${said.slug} districts as outward codes such as WV14, or with the beginning of the other half after a space, as WV14 8.`,
    );
  if (said.entity !== undefined && !isAgencySlug(said.entity))
    return rejected(
      'entity-malformed',
      `Name the legal entity of ${said.slug} by lower case letters, digits and hyphens, such as wolverhampton-council.`,
    );
  const data = { ...said, districts: places.map(written) };
  const known = state.bySlug.get(data.slug);
  return known && isSame(known, data) ? accept() : accept({ type: 'uk.concordat.agency.registered.v1', data });
};

const refusedSlug = (slug: AgencySlug): AgencyDecision | undefined => {
  if (!isAgencySlug(slug)) return rejected('slug-malformed', 'A slug is 1 to 64 lower case letters, digits and hyphens, such as city-yot.');
  return isReserved(slug)
    ? rejected(
        'slug-reserved',
        `${slug} names a role, an office or everybody of a kind: take a slug that names this agency alone, such as city-yot.`,
      )
    : undefined;
};

const refusedRoles = ({ slug, roles }: AgencyRegistered): AgencyDecision | undefined => {
  if (roles.length === 0) return rejected('no-role', `Give ${slug} at least one role.`);
  return roles.every(isRole) ? undefined : rejected('unknown-role', `Give ${slug} roles of protocols/codes/roles.json only.`);
};

/** Adds a key; nothing where it is the agency's already and in force. A key names one agency, for ever. */
export const decideRegisterKey = (data: KeyRegistered, state: AgenciesState): AgencyDecision => {
  const agency = state.bySlug.get(data.slug);
  if (!agency) return unknownAgency(data.slug);
  const owner = state.owners.get(data.kid);
  if (owner === undefined) return accept({ type: 'uk.concordat.agency.key-registered.v1', data });
  const held = agency.keys.find(({ kid }) => kid === data.kid);
  if (!held) return rejected('key-taken', 'Another agency registered this key: make a new one.');
  if (held.use !== data.use)
    return rejected('key-has-other-use', 'A key is for signing or for receiving, never for both: make a second one.');
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

export const unknownAgency = (slug: AgencySlug): AgencyDecision =>
  rejected(
    'unknown-agency',
    `No agency ${isAgencySlug(slug) ? slug : 'of that slug'} is registered: add it with \`concordat agency add\`.`,
  );

// Whether an agency takes part: suspended, let go, readmitted. What is so already is not recorded again.

const onAgency = (slug: AgencySlug, state: AgenciesState, decide: (agency: Agency) => AgencyDecision): AgencyDecision => {
  const agency = state.bySlug.get(slug);
  return agency === undefined ? unknownAgency(slug) : decide(agency);
};

export const decideSuspendAgency = (data: AgencyPartChanged, state: AgenciesState): AgencyDecision =>
  onAgency(data.slug, state, (agency) => {
    const { slug } = data;
    if (stateOf(agency) === 'suspended') return accept();
    if (stateOf(agency) === 'ended')
      return reject({
        code: 'agency-ended',
        says: `${slug} has been let go, which goes further: readmit it first if it is only to be suspended.`,
      });
    return accept({ type: 'uk.concordat.agency.suspended.v1', data });
  });

export const decideEndAgency = (data: AgencyPartChanged, state: AgenciesState): AgencyDecision =>
  onAgency(data.slug, state, (agency) => (stateOf(agency) === 'ended' ? accept() : accept({ type: 'uk.concordat.agency.ended.v1', data })));

/** Only with a key in force: without one it could neither send nor ask. */
export const decideReadmitAgency = (data: AgencyPartChanged, state: AgenciesState): AgencyDecision =>
  onAgency(data.slug, state, (agency) => {
    if (stateOf(agency) === 'taking-part') return accept();
    const { slug, at } = data;
    const signs = agency.keys.some((key) => key.use === 'sig' && isInForce(key, at));
    if (!signs)
      return reject({
        code: 'no-key-in-force',
        says: `${slug} has no signing key in force: register a new one with \`concordat agency rotate ${slug}\`, then readmit it.`,
      });
    return accept({ type: 'uk.concordat.agency.readmitted.v1', data });
  });
