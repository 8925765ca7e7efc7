// What a receipt tells of an assessment that exists already: a question like any other, asked while the message is judged that met it,
// and recorded in the same append.
import type { AgencyAsker } from '#access';
import type { LearnerId, Revision } from '#kernel';
import { LINK_ADVISERS, learnerStream } from '#learner-file';
import type { RecordItem } from '#learner-record';
import type { StreamCache } from '#unit-of-work';
import { decideAnswer, outcomeOf } from './decide-answer.ts';
import type { GateParts } from './gate-parts.ts';
import { groupPermitted, groupRefused } from './grounds.ts';
import { learnerAt, type Moment } from './moment.ts';
import { recordDecision, staffOf } from './record-decision.ts';

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
  /** The sender. */
  readonly asker: AgencyAsker;
  readonly learner: LearnerId;
  /** Of the decision, drawn before: judged again, it is the same. */
  readonly decision: string;
  /** Of the assessment that exists, in the learner's stream. */
  readonly existing: Revision;
}

export interface ExistingVisibility {
  /** Whether the sender may know that it exists, and whether it may read what it says. */
  readonly mayKnow: boolean;
  readonly mayRead: boolean;
}

const PAGE = { after: 0, limit: 1 };
const NOTHING: ExistingVisibility = { mayKnow: false, mayRead: false };

/** Must not wait. The decision is in the moment's draft: what is told counts once that is durable. */
export const askForExisting = (
  parts: Pick<GateParts, 'streams'>,
  { asker, learner, decision, existing }: ExistingInquiry,
  moment: Moment,
): ExistingVisibility => {
  const known = learnerAt(parts, moment, learner);
  const agency = moment.inForce.agency(asker.agency);
  if (known === undefined || agency === undefined) return NOTHING;
  const context = { ...known, reader: agency };
  const asked = existingAsked(existing);
  const why = { purposes: 'any', route: 'learner' } as const;
  const answer = decideAnswer(context, { ...why, wants: ({ revision }) => revision === existing, page: PAGE });
  recordDecision(parts.streams, { ...moment, id: decision }, known, {
    recipient: agency.slug,
    ...staffOf(asker),
    ...why,
    asked,
    page: PAGE,
    outcome: outcomeOf(context, answer),
    permitted: groupPermitted(answer.permitted),
    refused: groupRefused(answer.refused),
  });
  requireUnmoved(moment, parts.streams.files, learnerStream(learner));
  requireUnmoved(moment, parts.streams.linkAdvisers, LINK_ADVISERS);
  const [told] = answer.permitted;
  return { mayKnow: told !== undefined, mayRead: told !== undefined && told.permit.level !== 'existence' };
};

/** What this draft itself moves on is conditional already, and may be taken back in it: then a condition on it could not hold. */
const requireUnmoved = <State>({ draft }: Moment, cache: StreamCache<State>, stream: string): void => {
  if (cache.peek(stream)?.revision === draft.get(cache, stream).revision) draft.require(cache, stream);
};
