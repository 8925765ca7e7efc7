// Which of a recipient's own advisers another agency's has taken the place of (sharing-matrix.md, adviser-for; ADR 74). Whoever was a
// learner's adviser learns by what it is shown no more that it is not; whose own word never counted is told nothing of others by that.
import type { DisplacedFor } from '#duties';
import { londonDate, type Revision } from '#kernel';
import { type AccessContext, knownIn } from './decide-answer.ts';
import { isPost } from './in-force.ts';

/** On the days on which that was recorded; by the places of its own assignments. */
export type Displaced = ReadonlyMap<Revision, DisplacedFor>;

const NOBODY: Displaced = new Map();

/** Of dedicated advisers there may be several. */
export const displacedIn = (context: AccessContext): Displaced => {
  const { reader } = context;
  if (isPost(reader)) return NOBODY;
  const { standing } = knownIn(context);
  const { assignments } = standing.state.ties;
  const own = assignments.filter(({ source, role }) => source === reader.slug && role !== 'dedicated-adviser');
  if (own.length === 0) return NOBODY;
  const grounded = assignments.filter((one) => standing.isGrounded(one));
  return new Map(
    own.flatMap((one) => {
      const after = grounded.filter(({ role, revision }) => role === one.role && revision > one.revision);
      const next = after.find(({ source }) => source !== one.source);
      if (!next || !grounded.includes(one)) return [];
      const { endedAt } = after.at(-1) ?? next;
      return [[one.revision, { since: londonDate(next.at), ...(endedAt !== undefined && { until: londonDate(endedAt) }) }] as const];
    }),
  );
};
