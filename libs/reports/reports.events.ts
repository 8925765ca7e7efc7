// What is recorded of lists and reports that close: events of the one stream `reports`, in clear, since they hold numbers and positions
// alone (ADR 46).
import type { Instant, Position } from '#kernel';

export type Counts = Readonly<Record<string, number>>;

/** Of which list or table, and of which period of it. */
export interface ReportNamed {
  /** Such as `starts-and-finishes`. */
  readonly table: string;
  /** Such as `2026-09`. */
  readonly period: string;
}

interface Looked extends ReportNamed {
  readonly at: Instant;
  /** When it closed: from then on nothing came to be of it. */
  readonly closedAt: Instant;
  readonly counts: Counts;
}

/** The data manager looked at it. */
export type ReportVerified = Looked;

export interface ReportReleased extends Looked {
  /** Positions of events that were left out, since somebody doubts them. */
  readonly leftOut: readonly Position[];
}

/** Which finding of a rule: the event that it is about, and the rule. */
export interface IssueNamed {
  readonly rule: string;
  readonly position: Position;
}

/** Why a finding may stand, as a code: free text would tell of a learner. */
export const WAIVER_REASONS = ['confirmed-by-source', 'document-seen', 'rule-does-not-fit'] as const;
export type WaiverReason = (typeof WAIVER_REASONS)[number];

export interface IssueWaived extends IssueNamed {
  readonly at: Instant;
  readonly reason: WaiverReason;
}

/** The agency was asked about a finding. What is asked the rule says: nobody writes anything (ADR 66). */
export interface IssueRaised extends IssueNamed {
  readonly at: Instant;
}

export interface ReportEventData {
  readonly 'uk.concordat.report.verified.v1': ReportVerified;
  readonly 'uk.concordat.report.released.v1': ReportReleased;
  readonly 'uk.concordat.issue.waived.v1': IssueWaived;
  readonly 'uk.concordat.issue.raised.v1': IssueRaised;
}

export type ReportEventType = keyof ReportEventData;
export type ReportEvent = {
  readonly [Type in ReportEventType]: { readonly type: Type; readonly data: ReportEventData[Type] };
}[ReportEventType];
