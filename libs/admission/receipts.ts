// Verdicts as receipts: all that can be said before positions are known, and the positions when they are.
import { type AgencySlug, type LearnerId, type Position, type ProblemDetails, sourceOf } from '#kernel';
import type { ExistingAssessment } from '#learner-file';
import type { Pseudonyms } from '#privacy';
import { type Fault, rejectionProblem } from './checks/rejections.ts';
import type { FormJudgement, Repeat, Verdict } from './session.ts';

// What a sender is told of each event, never silence (contracts.md, Receipts).

/** What exists already, as far as the sender may know of it. */
export interface Existing {
  readonly assessmentId: string;
  readonly framework: string;
  readonly domain: string;
  readonly assessedOn: string;
  readonly validUntil: string;
  /** Where its content may be read, for a sender who may. */
  readonly link?: string;
}

export interface Receipt {
  /** As the sender gave it; null where the event has none that can be read. */
  readonly id: string | null;
  readonly source: string;
  readonly outcome: 'accepted' | 'duplicate' | 'already-captured' | 'conflict' | 'rejected';
  /** Of the event in the log, as decimal digits. */
  readonly position?: string;
  /** The sender's pseudonym for the learner. This and `existing` are told to nobody but the sender. */
  readonly learner?: string;
  readonly existing?: Existing;
  readonly problem?: ProblemDetails;
}

export const positionText = (position: Position): string => String(position);

export interface Addressee {
  readonly agency: AgencySlug;
  readonly pseudonyms: Pseudonyms;
}

/** A receipt that lacks the position of the event which it is about, where that is not on disk yet. */
export interface UnplacedReceipt {
  readonly receipt: Receipt;
  readonly eventId?: string;
}

/** The receipt in full; `positions` by event id. */
export const placed = ({ receipt, eventId }: UnplacedReceipt, positions: ReadonlyMap<string, Position>): Receipt => {
  const position = eventId === undefined ? undefined : positions.get(eventId);
  if (position === undefined) return receipt;
  const { id, source, outcome, ...rest } = receipt;
  return { id, source, outcome, position: String(position), ...rest };
};

export const receiptOf = (addressee: Addressee, { id, source }: FormJudgement, verdict: Verdict): UnplacedReceipt => {
  const { outcome } = verdict;
  switch (verdict.outcome) {
    case 'accepted':
      return { receipt: { id, source, outcome, ...learnerOf(addressee, verdict.learner) }, eventId: verdict.eventId };
    case 'already-captured':
      return {
        receipt: { id, source, outcome, ...learnerOf(addressee, verdict.learner), ...existingOf(addressee, verdict) },
        eventId: verdict.eventId,
      };
    case 'duplicate':
      return repeated({ id, source, outcome, ...learnerOf(addressee, verdict.learner), ...existingOf(addressee, verdict) }, verdict);
    case 'conflict':
      return { receipt: { id, source, outcome } };
    case 'rejected':
      return { receipt: { id, source, outcome, problem: problemOf(verdict.fault) } };
  }
};

const problemOf = ({ code, says, ...more }: Fault): ProblemDetails => rejectionProblem(code, says, more);

/** A receipt as `reader` may be told it; undefined: whoever sent the message here, since anybody can send again what another signed. */
export const redactedFor = (reader: AgencySlug | undefined, receipt: Receipt): Receipt => {
  if (reader !== undefined && receipt.source === sourceOf(reader)) return receipt;
  const { learner: _learner, existing: _existing, ...outcome } = receipt;
  return outcome;
};

/** Where the first is known to stand, that is said; else it is on its way to the disk together with this message. */
const repeated = (receipt: Receipt, { eventId, position }: Repeat): UnplacedReceipt =>
  position === undefined ? { receipt, eventId } : { receipt: placed({ receipt, eventId }, new Map([[eventId, position]])) };

const learnerOf = ({ agency, pseudonyms }: Addressee, learner: LearnerId | undefined): Pick<Receipt, 'learner'> =>
  learner === undefined ? {} : { learner: pseudonyms.of(agency, learner) };

interface Met {
  readonly existing?: ExistingAssessment;
  readonly learner?: LearnerId;
  readonly mayKnow?: boolean;
  readonly mayRead?: boolean;
}

const existingOf = (addressee: Addressee, { existing, learner, mayKnow, mayRead }: Met): Pick<Receipt, 'existing'> =>
  existing === undefined || mayKnow !== true ? {} : { existing: { ...existing, ...(mayRead === true ? linkTo(addressee, learner) : {}) } };

const linkTo = ({ agency, pseudonyms }: Addressee, learner: LearnerId | undefined): Pick<Existing, 'link'> =>
  learner === undefined ? {} : { link: `/v1/learners/${pseudonyms.of(agency, learner)}/assessments` };
