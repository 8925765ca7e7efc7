// Captured once (invariant 4): whether an assessment repeats one that exists, as far as its sender may know.
import type { AssessmentRecorded } from '#catalogue';
import { type AgencySlug, caseless, type IsoDate } from '#kernel';
import { type Assessment, validUntil } from './assessments.ts';

type Key = Pick<AssessmentRecorded, 'framework' | 'domain'>;

const EDGES = /^[\s\p{P}]+|[\s\p{P}]+$/gu;
const FORMAT = /\p{Cf}+/gu;

const folded = (domain: string | undefined): string | undefined =>
  domain && caseless(domain.normalize('NFKC').replace(FORMAT, '')).normalize('NFKC').replace(EDGES, '');

/**
 * Natural key within one learner. Domains are free text: NFKC, without case, format characters,
 * outer spaces and punctuation (contracts.md).
 */
export const hasKey = ({ item }: Assessment, { framework, domain }: Key): boolean =>
  item.facts['framework'] === framework && folded(item.facts['domain']) === folded(domain);

/** Superseded ones are current no more. One apart exists for its source alone. */
export const countsFor = ({ status, apart, source }: Assessment, sender: AgencySlug): boolean =>
  status !== 'superseded' && (!apart || source === sender);

/** An assessment of that day repeats the existing one. */
export const isWithin = (existing: Assessment, assessedOn: IsoDate): boolean =>
  existing.assessedOn <= assessedOn && assessedOn <= validUntil(existing);

/** The one assessed last, and of those the one recorded last; undefined where there is none. */
export const latest = (assessments: readonly Assessment[]): Assessment | undefined =>
  assessments.reduce<Assessment | undefined>(
    (last, one) => (last === undefined || one.assessedOn >= last.assessedOn ? one : last),
    undefined,
  );
