// Who is signed in, as the issuer's tokens say; the broker judges the access token by itself and believes nothing of this.

interface Named {
  /** As the issuer gives it, for the header of a page; nothing rests on it. */
  readonly name: string;
}

export interface Officer extends Named {
  readonly kind: 'officer';
  /** `dpo-of:<slug>` or `dpo-partnership`. */
  readonly office: string;
  readonly staff: string;
}

export interface DataManagerPerson extends Named {
  readonly kind: 'data-manager';
  readonly office: string;
  readonly staff: string;
}

export interface StaffMember extends Named {
  readonly kind: 'staff';
  readonly agency: string;
  readonly staff: string;
  /** What the agency's people do here, such as `personal-adviser`, `planner`, `administrator`. */
  readonly roles: readonly string[];
}

export interface LearnerPerson extends Named {
  readonly kind: 'learner';
  /** The pseudonym that the broker gave the issuer for this learner. */
  readonly learner: string;
  /** How the learner signed in, as the evidence of what is done here. */
  readonly authentication: string;
}

export type Person = Officer | DataManagerPerson | StaffMember | LearnerPerson;
export type PersonKind = Person['kind'];

/** The same for the same person at every sign-in, and for nobody else. */
export const ownerOf = (person: Person): string => {
  if (person.kind === 'learner') return `learner ${person.learner}`;
  return person.kind === 'staff' ? `staff ${person.agency} ${person.staff}` : `office ${person.office} ${person.staff}`;
};

/** Whether pages are the same for both: the same person, in the same roles. */
export const isAsBefore = (one: Person, other: Person): boolean => ownerOf(one) === ownerOf(other) && rolesOf(one) === rolesOf(other);

const rolesOf = (person: Person): string => (person.kind === 'staff' ? [...new Set(person.roles)].sort().join(' ') : '');

export type Claims = Readonly<Record<string, unknown>>;

const textIn = (claims: Claims, name: string): string | undefined => {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const officeHolder = (office: string, named: Named & { readonly staff: string }): Person | undefined => {
  if (office === 'data-manager') return { kind: 'data-manager', office, ...named };
  return office === 'dpo-partnership' || office.startsWith('dpo-of:') ? { kind: 'officer', office, ...named } : undefined;
};

/** Undefined of claims that name nobody for whom there are pages. */
export const personIn = (claims: Claims): Person | undefined => {
  const name = textIn(claims, 'name') ?? '';
  const staff = textIn(claims, 'staff_id') ?? textIn(claims, 'sub') ?? '';
  const office = textIn(claims, 'office');
  if (office !== undefined) return officeHolder(office, { name, staff });
  const learner = textIn(claims, 'learner');
  if (learner !== undefined) return { kind: 'learner', name, learner, authentication: authenticationIn(claims) };
  const agency = textIn(claims, 'agency');
  return agency === undefined ? undefined : { kind: 'staff', name, agency, staff, roles: rolesIn(claims) };
};

const rolesIn = ({ roles }: Claims): readonly string[] =>
  Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [];

/** Issuer, who, and when: whoever keeps the issuer's log finds the sign-in by it. */
const authenticationIn = (claims: Claims): string =>
  ['iss', 'sub', 'auth_time', 'iat']
    .flatMap((name) => (claims[name] === undefined ? [] : [`${name}=${JSON.stringify(claims[name])}`]))
    .join(' ');
