// Under which version of which protocol what happened on a day falls. Pure.
import { addDays } from '#kernel';
import type { ProtocolVersion } from '#sharing-protocols';
import type { DutyTerm } from './duties.ts';

const GOVERNS: readonly ProtocolVersion['status'][] = ['in-force', 'review-overdue', 'superseded'];

export type DutyVersion = Pick<ProtocolVersion, 'protocol' | 'version' | 'document' | 'status'> &
  Partial<Pick<ProtocolVersion, 'completedAt'>>;

/** A draft that nobody completed governed nothing, though a later version has begun. */
const isGoverning = ({ status, completedAt }: DutyVersion): boolean =>
  GOVERNS.includes(status) && (status !== 'superseded' || completedAt !== undefined);

/** Of all versions that are in force or were: each governs from its first day until a later one begins, so that no running term changes. */
export const dutyTerms = (versions: readonly DutyVersion[]): readonly DutyTerm[] => {
  const governing = versions.filter(isGoverning);
  return governing.flatMap(({ protocol, version, document, completedAt }) => {
    const later = governing
      .filter((other) => other.protocol === protocol && other.version > version)
      .map((other) => other.document.inForce.from)
      .sort();
    const ends = [
      ...later.slice(0, 1).map((from) => addDays(from, -1)),
      ...(document.inForce.until === undefined ? [] : [document.inForce.until]),
    ].sort();
    const until = ends[0];
    const days = {
      from: document.inForce.from,
      ...(until === undefined ? {} : { until }),
      ...(completedAt && { agreedOn: completedAt.on }),
    };
    return document.duties.map((duty) => ({ protocol: `${protocol}@${version}`, duty, ...days }));
  });
};
