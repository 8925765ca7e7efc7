// The codes with which admission refuses an event, and how docs/guides/problems.md explains each.
import type { LinkingIdentifier } from '#contribution';
import { type AgencySlug, problemDetails, type ProblemDetails } from '#kernel';

interface Explained {
  /** Of the problem details (RFC 9457). */
  readonly status: number;
  readonly means: string;
  readonly todo: string;
}

/** The order is that of `CHECKS`. */
export const REJECTIONS = {
  'too-large': {
    status: 413,
    means:
      'The event has more than 256 KiB of JSON; or, as `detail` says, your agency told as much about this learner today as one agency may ' +
      '(1,000 events, where the operator set nothing else).',
    todo: 'Shorten it; or send the rest tomorrow, under the same ids. Consents, objections, restrictions and retractions still find room.',
  },
  'invalid-envelope': {
    status: 400,
    means: 'The CloudEvents attributes are not as they must be; `detail` names each by its place.',
    todo: 'Correct them.',
  },
  'unknown-type': {
    status: 400,
    means: 'The event catalogue has no such type.',
    todo: 'Take a type of the schema `EventType` in `/openapi.json`.',
  },
  schema: {
    status: 400,
    means:
      '`data` does not fit the schema of the type, or says what cannot be: an end before its beginning, a day that no learner can have seen, ' +
      'an agency, purpose or category that does not exist; `detail` names the place and says what to give.',
    todo: 'Correct it by `detail`, and by the schema `<Type>V1Data` in `/openapi.json`.',
  },
  'invalid-uln': {
    status: 400,
    means: 'The check digit of a Unique Learner Number does not fit.',
    todo: "Compare it with the learner's record: two digits are often swapped.",
  },
  'role-not-allowed': {
    status: 403,
    means:
      'No protocol in force lets your agency contribute this, your agency is suspended or was let go, or the key that signed has ended meanwhile.',
    todo: 'Ask the operator, who finds out with `concordat protocol explain` and `concordat agency list`; or sign the protocol that allows it.',
  },
  'no-such-learner': {
    status: 404,
    means: 'Nobody registered this learner, or your agency has nothing to do with the learner. The two look alike on purpose.',
    todo: 'Register the learner first, or ask the agency that refers to you to record the referral.',
  },
  'link-conflict': {
    status: 409,
    means:
      'The identifiers contradict what is known: a local id of another learner, or of plainly another person (another birth date and both ' +
      'names), or a second ULN; `identifier` says which of yours.',
    todo: 'Check that identifier. The data manager sees the pair and decides.',
  },
  'unknown-reference': {
    status: 409,
    means:
      'The event names something (a programme, consent, referral, assessment …) that this learner does not have, as far as you may know, ' +
      'or ends what has ended.',
    todo: 'Send the event that introduces it first, or correct the id.',
  },
  'ambiguous-reference': {
    status: 409,
    means: 'Several agencies have something under this id, as far as you may know; `candidates` names them.',
    todo: 'Name in `of` the agency whose it is.',
  },
  'reference-taken': {
    status: 409,
    means: 'The event introduces something under an id that you used for another thing of this learner.',
    todo: 'Give the new one an id of its own.',
  },
  'stale-consent': {
    status: 409,
    means: 'The event gives, renews or resumes a consent at a `time` before a withdrawal of the same consent or scope.',
    todo: 'Ask the learner again, and send what is agreed now.',
  },
} as const satisfies Readonly<Record<string, Explained>>;

export type RejectionCode = keyof typeof REJECTIONS;

/**
 * With `ambiguous-reference`: slugs of the agencies whose thing it may be, as far as the sender may know of them; one of them goes
 * into `of`.
 */
export interface RejectionMore {
  readonly candidates?: readonly AgencySlug[];
  /** With `link-conflict`: which identifier of the sender's own contradicts what it told before. */
  readonly identifier?: LinkingIdentifier;
}

/** Why an event is refused, as its sender is told: `says` tells what to do and holds nothing of the event. */
export interface Fault extends RejectionMore {
  readonly code: RejectionCode;
  readonly says: string;
}

export const rejectionProblem = (code: RejectionCode, says: string, more: RejectionMore = {}): ProblemDetails =>
  problemDetails(REJECTIONS[code].status, code, says, { ...more });
