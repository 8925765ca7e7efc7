// The identifiers that everything else speaks in.

/** An agency's short name, as in `urn:concordat:agency:<slug>`: lower case letters, digits and hyphens. */
export type AgencySlug = string;

/** The broker's own, random name for a learner (UUID): it says nothing about the person and leaves only as a pseudonym. */
export type LearnerId = string;

/** Counts the events of the log up to and including one: the first event has position 1 and is leaf 0 of the tree (RFC 6962). */
export type Position = number;

/** Counts the events of a stream from 0. */
export type Revision = number;

/** The source of what the partnership's data manager says: an office of the operator, whose name no agency may take. */
export const DATA_MANAGER: AgencySlug = 'data-manager';

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const SOURCE = 'urn:concordat:agency:';

export const isAgencySlug = (text: string): boolean => SLUG.test(text);

/** `urn:concordat:agency:<slug>` for a slug. */
export const sourceOf = (slug: AgencySlug): string => `${SOURCE}${slug}`;

/** The slug that a CloudEvents `source` names, or undefined where it is of another form. */
export const agencyOf = (source: string): AgencySlug | undefined => {
  if (!source.startsWith(SOURCE)) return undefined;
  const slug = source.slice(SOURCE.length);
  return isAgencySlug(slug) ? slug : undefined;
};

/**
 * Equal for texts that differ in case alone (Unicode, full case folding): lower case is not enough, for `WEISS` is `Weiß`, and a sigma has
 * another form at the end of a word.
 */
export const caseless = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
