// `agencies.json` of a partnership: who takes part, with public keys, and in test partnerships the private ones too.
import type { JWK } from 'jose';
import type { AgencySlug } from '#kernel';
import { readJsonFile } from '#strict-text';
import { Complaint } from '../complaint.ts';

export interface PartnershipAgency {
  readonly slug: AgencySlug;
  readonly name: string;
  readonly roles: readonly string[];
  readonly districts: readonly string[];
  /** The legal entity, where several of the agencies are one. */
  readonly entity?: string;
  /** Public keys, as JWKs. */
  readonly signing: object;
  readonly encryption?: object;
  /** Held by test partnerships only: with it the agency's signature can be given for it. */
  readonly privateSigning?: JWK;
}

type Entry = Readonly<Record<string, unknown>>;

/** Throws a `Complaint` that says which agency lacks what. */
export const readAgencies = (file: string): readonly PartnershipAgency[] => {
  const value = readJsonFile(file);
  if (!Array.isArray(value)) throw new Complaint(`${file} must hold a list of agencies.`);
  return value.map((entry: unknown, place) => agencyOf(file, place, isObject(entry) ? entry : {}));
};

const agencyOf = (file: string, place: number, entry: Entry): PartnershipAgency => {
  const { slug, role, name, districts, entity, signing, encryption, private: secret } = entry;
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Complaint(`${file}: agency ${place + 1} needs ${what}.`);
  };
  const roles = typeof role === 'string' ? [role] : role;
  must(typeof slug === 'string', 'a `slug`');
  must(typeof name === 'string', 'a `name`');
  must(isWords(roles), '`role`: a role or a list of roles');
  must(districts === undefined || isWords(districts), '`districts` as a list of postcode prefixes, or none');
  must(entity === undefined || typeof entity === 'string', '`entity` as a slug, or none');
  must(isObject(signing), '`signing`: its public signing key');
  return {
    slug: slug as string,
    name: name as string,
    roles: roles as string[],
    districts: (districts ?? []) as string[],
    ...(typeof entity === 'string' ? { entity } : {}),
    signing: signing as object,
    ...(isObject(encryption) ? { encryption } : {}),
    ...secretOf(secret),
  };
};

const secretOf = (secret: unknown): Pick<PartnershipAgency, 'privateSigning'> =>
  isObject(secret) && isObject(secret['signing']) ? { privateSigning: secret['signing'] } : {};

const isObject = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value);
const isWords = (value: unknown): boolean => Array.isArray(value) && value.every((word) => typeof word === 'string');
