// What the data manager asks of lists that close, and what comes of it (views.md, S16; ADR 46).
import type { Asker } from '#access';
import { Command } from '#bus';
import type { Instant, LearnerId, Position } from '#kernel';
import type { AnyRow } from '#read-models';
import type { Counts, ReportNamed, WaiverReason } from '#reports';

interface Asking {
  readonly asker: Asker;
}

/** A finding that touches the list: a row of `data-quality/issues`. */
export type IssueShown = AnyRow & { readonly learner: LearnerId };

export interface ReportSeen extends ReportNamed {
  readonly outcome: 'verified' | 'published';
  readonly closedAt: Instant;
  /** Of what was recorded of it. */
  readonly position: Position;
  readonly counts: Counts;
  /** Of the period before, where somebody looked at that. */
  readonly previous?: Counts;
  /** Findings that block and are neither solved nor waived nor left out; then those that warn. */
  readonly issues: readonly IssueShown[];
  /** Events that are left out. */
  readonly excluded: number;
}

/** `no-such-report`: no list that closes, or no period. `behind`: the views have not taken in what stands in the log. */
export type ReportRefused =
  | { readonly outcome: 'not-permitted' | 'no-such-report' | 'no-such-issue' | 'no-such-position' | 'behind' }
  | { readonly outcome: 'not-closed' | 'not-verified' | 'already-published'; readonly says: string }
  | { readonly outcome: 'blocked'; readonly issues: readonly IssueShown[] };

export class VerifyReport extends Command<Asking & ReportNamed, ReportSeen | ReportRefused> {}

/** `leaveOut`: positions of events that are not published; each must stand in the list. */
export class ReleaseReport extends Command<Asking & ReportNamed & { readonly leaveOut: readonly Position[] }, ReportSeen | ReportRefused> {}

export interface IssueLetStand {
  readonly outcome: 'waived';
  /** None: it was waived already. */
  readonly position?: Position;
}

export type IssueToWaive = Asking & { readonly position: Position; readonly rule: string; readonly reason: WaiverReason };

export interface IssueAsked {
  readonly outcome: 'asked';
  /** None: the agency was asked today already. */
  readonly position?: Position;
}

export type IssueToAskAbout = Asking & { readonly position: Position; readonly rule: string };

export class AskAgencyAboutIssue extends Command<IssueToAskAbout, IssueAsked | ReportRefused> {}

export class WaiveIssue extends Command<IssueToWaive, IssueLetStand | ReportRefused> {}
