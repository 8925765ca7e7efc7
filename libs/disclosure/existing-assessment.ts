// What a receipt tells of an assessment that exists already is a disclosure like any other: decided, and recorded with what is told
// (invariant 5).
import type { Revision } from '#kernel';
import { disclosureStream, LINK_ADVISERS, type LearnerStreams } from '#learner-file';
import type { Draft } from '#unit-of-work';
import type { RecordItem } from '#learner-record';
import type { Agency } from '#agencies';
import { decideAnswer, type LearnerAtMoment, outcomeOf } from './decide-answer.ts';
import { disclosureEvent } from './disclosure-log.ts';
import { groupPermitted, groupRefused } from './grounds.ts';

const ASKED = 'existing:';

/** How such a decision says what was asked for. */
export const existingAsked = (revision: Revision): string => `${ASKED}${revision}`;

/** Which items a recorded `asked` of this kind took; undefined for other kinds. */
export const wantedAsExisting = (asked: string): ((item: RecordItem) => boolean) | undefined => {
  if (!asked.startsWith(ASKED)) return undefined;
  const revision = Number(asked.slice(ASKED.length));
  return (item) => item.revision === revision;
};

export interface ExistingInquiry {
  readonly draft: Draft;
  readonly streams: LearnerStreams;
  /** Of the decision, drawn before: judged again, it is the same. */
  readonly id: string;
  readonly correlation: string;
  /** The sender, before the learner. */
  readonly context: LearnerAtMoment & { readonly agency: Agency };
  /** Of the assessment that exists, in the learner's stream. */
  readonly existing: Revision;
}

/**
 * Undefined: the sender may not know that it exists; else whether it may read what it says. The decision is in the draft.
 */
export const discloseExisting = ({
  draft,
  streams,
  id,
  correlation,
  context: { agency, ...learner },
  existing,
}: ExistingInquiry): { readonly mayRead: boolean } | undefined => {
  const { file, revision, inForce, at } = learner;
  const context = { ...learner, reader: agency };
  const page = { after: 0, limit: 1 };
  const wants = (item: RecordItem): boolean => item.revision === existing;
  const answer = decideAnswer(context, { purposes: 'any', route: 'learner', wants, page });
  const decided = {
    recipient: agency.slug,
    purposes: 'any' as const,
    route: 'learner' as const,
    asked: existingAsked(existing),
    page,
    at,
    learner: revision,
    ...inForce.versions,
    linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).revision,
    outcome: outcomeOf(context, answer),
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
  };
  const stream = disclosureStream(file.id);
  draft.add(streams.heads, stream, disclosureEvent({ id, correlation, learner: file.id, actor: agency.slug }, decided), () => null);
  const [told] = answer.permitted;
  return told && { mayRead: told.permit.level !== 'existence' };
};
