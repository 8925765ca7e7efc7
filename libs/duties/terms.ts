// Under which version of which protocol what happened on a day falls. Pure.
import { addDays, type IsoDate } from '#kernel';
import type { ProtocolVersion } from '#sharing-protocols';
import type { DutyTerm } from './duties.ts';
import { later } from './timeline.ts';

const BINDS: readonly ProtocolVersion['status'][] = ['in-force', 'review-overdue'];
/** Of what was in force, if it ever was complete. */
const WAS: readonly ProtocolVersion['status'][] = ['stopped-for-review', 'superseded', 'ended'];

export type DutyVersion = Pick<ProtocolVersion, 'protocol' | 'version' | 'document' | 'status'> &
  Partial<Pick<ProtocolVersion, 'completedAt' | 'endedOn' | 'reviewDue'>>;

/** A draft that nobody completed governed nothing, though a later version has begun. */
const isGoverning = ({ status, completedAt }: DutyVersion): boolean =>
  BINDS.includes(status) || (WAS.includes(status) && completedAt !== undefined);

/**
 * Of all versions that are in force or were: each governs what became known from its first day until it was over or a later one began, so
 * that no running term changes, and what arose under an agreement goes on by its terms when that is no more. One that is suspended asks
 * for nothing until it is resumed.
 */
export const dutyTerms = (versions: readonly DutyVersion[]): readonly DutyTerm[] =>
  versions.filter(isGoverning).flatMap((one) => {
    const { protocol, version, document, completedAt } = one;
    const [from, until] = [beginningOf(one, versions), endOf(one, versions)];
    // Complete only when it was over, it never was in force.
    if (until !== undefined && until < later(from, completedAt?.on ?? from)) return [];
    const days = { from, ...(until === undefined ? {} : { until }), ...(completedAt && { agreedOn: completedAt.on }) };
    return document.duties.map((duty) => ({ protocol: `${protocol}@${version}`, duty, ...days }));
  });

/** What is asked for while the agreement is in force and no longer, as undertakings by the calendar are. */
export const termsInForce = (versions: readonly DutyVersion[]): readonly DutyTerm[] => {
  const inForce = new Set(versions.filter(({ status }) => BINDS.includes(status)).map(({ protocol }) => protocol));
  return dutyTerms(versions.filter(({ protocol }) => inForce.has(protocol)));
};

/** A version that takes the place of another does so once it is complete; until then that one governs, though the day is past. */
const beginningOf = ({ protocol, version, document, completedAt }: DutyVersion, versions: readonly DutyVersion[]): IsoDate => {
  const { from } = document.inForce;
  if (completedAt === undefined) return from;
  const isReplacing = versions.some((other) => other.protocol === protocol && other.version < version && other.completedAt !== undefined);
  return isReplacing ? later(from, completedAt.on) : from;
};

/** Its last day, once that is known. A later version took its place for good, whatever becomes of that one (ADR 6). */
const endOf = (one: DutyVersion, versions: readonly DutyVersion[]): IsoDate | undefined => {
  const { protocol, version, document, status, endedOn, reviewDue = document.review.due } = one;
  const replacing = versions.filter(
    (other) => other.protocol === protocol && other.version > version && (isGoverning(other) || other.completedAt !== undefined),
  );
  const days = [
    ...replacing.map((other) => addDays(beginningOf(other, versions), -1)),
    ...(status === 'stopped-for-review' ? [addDays(reviewDue, document.review.graceDays)] : []),
    ...[document.inForce.until, endedOn].flatMap((day) => day ?? []),
  ];
  return days.sort()[0];
};
