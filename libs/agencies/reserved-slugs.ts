// Slugs that no agency may take: consents and protocols name roles, offices and agencies in one list,
// so that each name must mean one thing.
import { isRole } from '#catalogue';
import type { AgencySlug } from '#kernel';

/** The learner's own page is a role too. */
const ROLE_TO_COME = 'self-service';
const OFFICES = ['data-manager', 'dpo-of', 'dpo-partnership', 'operator', 'learner'];
const WORDS = ['any', 'broker', 'own', 'none', 'nobody', 'me', 'others', 'all'];
const RESERVED: ReadonlySet<string> = new Set([ROLE_TO_COME, ...OFFICES, ...WORDS]);

export const isReserved = (slug: AgencySlug): boolean => isRole(slug) || RESERVED.has(slug);
