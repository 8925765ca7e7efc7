// Which of a recipient's own advisers another agency's has taken the place of (sharing-matrix.md, adviser-for; ADR 74). Whoever was a
// learner's adviser learns by what it is shown no more that it is not; whose own word never counted is told nothing of others by that.
import type { DisplacedFor } from '#duties';
import type { Revision } from '#kernel';
import { displacedOf } from '#learners';
import { type AccessContext, knownIn } from './decide-answer.ts';
import { isPost } from './in-force.ts';

/** By the places of its own assignments. */
export type Displaced = ReadonlyMap<Revision, DisplacedFor>;

const NOBODY: Displaced = new Map();

export const displacedIn = (context: AccessContext): Displaced => {
  const { reader } = context;
  return isPost(reader) ? NOBODY : displacedOf(knownIn(context).standing, reader.slug);
};
