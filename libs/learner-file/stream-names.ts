// Names of streams: nothing in them tells of a person (design of the log: docs/adr/0002).
import type { AgencySlug, LearnerId } from '#kernel';

export const learnerStream = (id: LearnerId): string => `learner-${id}`;
export const learnerOfStream = (stream: string): LearnerId | undefined =>
  stream.startsWith('learner-') ? stream.slice('learner-'.length) : undefined;

/** One for each ULN and each local id of an agency; `blind` is its keyed fingerprint. */
export const identifierStream = (blind: string): string => `identifier-${blind}`;

/** One for each combination of name, date of birth and postcode. */
export const matchStream = (blind: string): string => `match-${blind}`;

/** Decisions about one learner, or about `NOBODY`. */
export const disclosureStream = (id: LearnerId): string => `disclosure-${id}`;

/** Questions about nobody whom the asker may know of. */
export const NOBODY = 'nobody';

/** What an agency says that is about no learner. */
export const planningStream = (agency: AgencySlug): string => `planning-${agency}`;

export const LINK_ADVISERS = 'link-advisers';
export const DATA_QUALITY = 'data-quality';
