// Which relationships an agency has with a learner at a moment, as a bit set (sharing-matrix.md, Relationships).
import { addDays, type AgencySlug, type Instant, type IsoDate, londonDayStart } from '#kernel';
import { relationshipBit, UNCONFIRMED_ENROLMENT } from '#sharing-protocols';
import type { LearnerState } from './learner.ts';
import { type Enrolment, GRACE_DAYS, type ReferralTie, type Ties } from './ties.ts';

export interface RelatedAgency {
  readonly slug: AgencySlug;
  /** Outward postcodes, as `WV1`. */
  readonly districts: readonly string[];
}

export interface Moment {
  readonly now: Instant;
  /** In London. */
  readonly today: IsoDate;
}

/** By provider: the agency whose link adviser is the provider's current one. */
export type LinkAdviserSources = ReadonlyMap<AgencySlug, AgencySlug>;

const KNOWN_TO = relationshipBit('known-to');
const REFERRED_TO = relationshipBit('referred-to');
const REFERRER_OF = relationshipBit('referrer-of');
const ENROLLED_WITH = relationshipBit('enrolled-with');
const ADVISER_FOR = relationshipBit('adviser-for');
const LINK_FOR_PROVIDER = relationshipBit('link-for-provider');
const HOME_INSTITUTION = relationshipBit('home-institution');
const APPLIED_TO = relationshipBit('applied-to');
const RESIDENT_AREA = relationshipBit('resident-area');

const REFERRAL_WAITS = GRACE_DAYS * 86_400_000;

const bit = (holds: boolean, relationship: number): number => (holds ? relationship : 0);

const ofReferral = ({ to, source, at, standing }: ReferralTie, slug: AgencySlug, now: Instant): number =>
  bit(to === slug && standing === 'waiting' && now <= at + REFERRAL_WAITS, REFERRED_TO) |
  bit(source === slug && standing !== 'declined', REFERRER_OF);

const isCurrent = ({ until }: Enrolment, today: IsoDate): boolean => until === undefined || today <= until;

/** Somebody else vouches for the enrolment: a referral named the agency, or an application was placed there. */
const isVouchedFor = ({ referrals, placedAt }: Ties, slug: AgencySlug): boolean =>
  placedAt.includes(slug) || referrals.some(({ to }) => to === slug);

const ofOwnEnrolment = (enrolment: Enrolment, ties: Ties): number =>
  (enrolment.signedOff || isVouchedFor(ties, enrolment.source) ? ENROLLED_WITH : UNCONFIRMED_ENROLMENT) |
  bit(enrolment.course && enrolment.until === undefined, HOME_INSTITUTION);

/** A confirmed enrolment outweighs others that are not. */
const settled = (bits: number): number => (bits & ENROLLED_WITH ? bits & ~UNCONFIRMED_ENROLMENT : bits);

const ofTies = (ties: Ties, slug: AgencySlug, { now, today }: Moment, linkAdvisers: LinkAdviserSources): number => {
  let bits = bit(ties.personalAdviser === slug || ties.linkAdviser === slug, ADVISER_FOR);
  for (const referral of ties.referrals) bits |= ofReferral(referral, slug, now);
  for (const enrolment of ties.enrolments) {
    if (!isCurrent(enrolment, today)) continue;
    if (enrolment.source === slug) bits |= ofOwnEnrolment(enrolment, ties);
    bits |= bit(linkAdvisers.get(enrolment.source) === slug, LINK_FOR_PROVIDER);
  }
  return settled(bits) | bit(ties.appliedTo.includes(slug), APPLIED_TO);
};

/** Bits of `#sharing-protocols`; 0 where the agency has nothing to do with the learner. */
export const relationshipsOf = (
  { ties, knownTo, outwardCode }: LearnerState,
  { slug, districts }: RelatedAgency,
  moment: Moment,
  linkAdvisers: LinkAdviserSources,
): number =>
  ofTies(ties, slug, moment, linkAdvisers) |
  bit(knownTo.includes(slug), KNOWN_TO) |
  bit(outwardCode !== '' && districts.includes(outwardCode), RESIDENT_AREA);

/** The next instant at which somebody's relationship ends by time alone; undefined where none will. None begins so. */
export const relationshipsChangeAt = ({ ties }: LearnerState, { now, today }: Moment): Instant | undefined => {
  const waiting = ties.referrals.filter(({ standing, at }) => standing === 'waiting' && now <= at + REFERRAL_WAITS);
  const ending = ties.enrolments.flatMap(({ until }) => (until !== undefined && today <= until ? [londonDayStart(addDays(until, 1))] : []));
  const ends = [...waiting.map(({ at }) => at + REFERRAL_WAITS + 1), ...ending];
  return ends.length === 0 ? undefined : Math.min(...ends);
};
