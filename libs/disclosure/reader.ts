// Whom an answer is for, as the rules take an asker: an agency as the register has it, or a post that is no agency.
import { agencyOfOffice, type Asker, recordedAs } from '#access';
import { type Agency, takesPart } from '#agencies';
import type { Role } from '#catalogue';
import type { AgencySlug, LearnerId } from '#kernel';
import { type Office, officeRecipient } from '#sharing-protocols';

/** A post: of the operator, of a data protection officer, or the learner. It has no relationship and contributes nothing. */
export interface PostReader {
  /** As the log names it. */
  readonly slug: string;
  readonly roles: readonly Role[];
  /** As clauses name it. */
  readonly post: Office;
  /** Whose data protection officer it is. */
  readonly of?: AgencySlug;
  /** The learner who asks. */
  readonly learner?: LearnerId;
}

export type Reader = Agency | PostReader;

const NO_ROLES: readonly Role[] = [];

const postOf = (asker: Exclude<Asker, { readonly agency: AgencySlug }>): PostReader => {
  const slug = recordedAs(asker);
  if ('learner' in asker) return { slug, roles: NO_ROLES, post: 'learner', learner: asker.learner };
  const of = agencyOfOffice(asker.office);
  return of === undefined ? { slug, roles: NO_ROLES, post: asker.office as Office } : { slug, roles: NO_ROLES, post: 'dpo-of', of };
};

/** Undefined: an agency, or an officer's agency, that the register does not have. */
export const readerFor = (asker: Asker, agency: (slug: AgencySlug) => Agency | undefined): Reader | undefined => {
  if ('agency' in asker) return agency(asker.agency);
  const post = postOf(asker);
  return post.of === undefined || agency(post.of) ? post : undefined;
};

export const isPost = (reader: Reader): reader is PostReader => 'post' in reader;

/** Whether anything may be shown to it at all. */
export const isServed = (reader: Reader): boolean => isPost(reader) || takesPart(reader);

/** As the decision table knows it: all officers of agencies are one recipient there. */
export const recipientIn = (reader: Reader): string => (isPost(reader) ? officeRecipient(reader.post) : reader.slug);
