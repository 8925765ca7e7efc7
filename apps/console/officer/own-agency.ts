// Whose officer somebody is.
import type { Visit } from '../shell/visit.ts';

const PREFIX = 'dpo-of:';

/** The agency's slug; undefined of the partnership's officer. */
export const ownAgencyOf = ({ person }: Pick<Visit, 'person'>): string | undefined =>
  person.kind === 'officer' && person.office.startsWith(PREFIX) ? person.office.slice(PREFIX.length) : undefined;
