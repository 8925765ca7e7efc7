// Which consents were asked for, of those that are an affair of whoever asks.
import type { AuditedConsent } from '#disclosure';
import type { AgencySlug, IsoDate } from '#kernel';

/** Each narrows; what is absent does not. */
export interface ConsentFilters {
  readonly status?: string;
  readonly protocol?: string;
  readonly purpose?: string;
  readonly category?: string;
  /** A role, or an agency, which its roles stand for too. */
  readonly recipient?: string;
  readonly method?: string;
  /** A notice, or one version of it as `id@version`. */
  readonly notice?: string;
  readonly givenBy?: string;
  readonly capturedBy?: string;
  /** Its last day is before this one. */
  readonly expiresBefore?: IsoDate;
}

export type RolesOf = (agency: AgencySlug) => readonly string[];

type Passes = (consent: AuditedConsent, wanted: string, rolesOf: RolesOf) => boolean;

const PASSES: Readonly<Record<keyof ConsentFilters, Passes>> = {
  status: ({ status }, wanted) => status === wanted,
  protocol: ({ protocol }, wanted) => protocol === wanted,
  purpose: ({ purposes }, wanted) => purposes.includes(wanted),
  category: ({ categories }, wanted) => categories.includes(wanted),
  recipient: ({ recipients }, wanted, rolesOf) => [wanted, ...rolesOf(wanted)].some((one) => recipients.includes(one)),
  method: ({ method }, wanted) => method === wanted,
  notice: ({ notice }, wanted) => notice !== undefined && [notice.id, `${notice.id}@${notice.version}`].includes(wanted),
  givenBy: ({ givenBy }, wanted) => givenBy === wanted,
  capturedBy: ({ capturedBy }, wanted) => capturedBy === wanted,
  expiresBefore: ({ expires }, wanted) => expires !== undefined && expires < wanted,
};

const STATUSES: readonly AuditedConsent['status'][] = ['given', 'renewed', 'refused', 'withdrawn', 'paused', 'expired', 'invalidated'];
const METHODS: readonly NonNullable<AuditedConsent['method']>[] = ['signed-form', 'online', 'verbal-witnessed'];
const GIVERS: readonly NonNullable<AuditedConsent['givenBy']>[] = ['learner', 'parent-or-carer'];

/** What a filter takes, where that is one of a few. */
export const CONSENT_CHOICES: Readonly<Partial<Record<keyof ConsentFilters, readonly string[]>>> = {
  status: STATUSES,
  method: METHODS,
  givenBy: GIVERS,
};

export const CONSENT_FILTERS = Object.keys(PASSES) as readonly (keyof ConsentFilters)[];

export const isConsentAskedFor = (consent: AuditedConsent, filters: ConsentFilters, rolesOf: RolesOf): boolean =>
  CONSENT_FILTERS.every((name) => filters[name] === undefined || PASSES[name](consent, filters[name], rolesOf));
