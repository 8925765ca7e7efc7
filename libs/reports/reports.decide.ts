// Which lists may be verified and published, and which findings waived.
import { accept, type Decision, type Instant, londonDate, reject } from '#kernel';
import type { IssueRaised, IssueWaived, ReportEvent, ReportReleased, ReportVerified } from './reports.events.ts';
import { raisedIn, reportIn, type ReportsState, waiverIn } from './reports.ts';

export type ReportRejectionCode = 'not-closed' | 'not-verified' | 'already-published';

export interface ReportRejection {
  readonly code: ReportRejectionCode;
  readonly says: string;
}

export type ReportDecision = Decision<ReportEvent, ReportRejection>;

const PUBLISHED: ReportRejection = {
  code: 'already-published',
  says: 'It is published, and what is published never changes. What became known since stands in the list that is open.',
};
const OPEN: ReportRejection = { code: 'not-closed', says: 'It has not closed: ask again after that.' };
const UNSEEN: ReportRejection = { code: 'not-verified', says: 'Verify it first, and look at what that tells.' };

/** As often as somebody looks, until it is published. */
export const decideVerify = (data: ReportVerified, state: ReportsState): ReportDecision => {
  if (reportIn(state, data)?.status === 'published') return reject(PUBLISHED);
  return data.at < data.closedAt ? reject(OPEN) : accept({ type: 'uk.concordat.report.verified.v1', data });
};

/** Once. Whether anything that blocks it is left is for whoever asks to see. */
export const decideRelease = (data: ReportReleased, state: ReportsState): ReportDecision => {
  const report = reportIn(state, data);
  if (report?.status === 'published') return reject(PUBLISHED);
  return report === undefined ? reject(UNSEEN) : accept({ type: 'uk.concordat.report.released.v1', data });
};

/** Nothing where it was waived already. */
export const decideWaive = (data: IssueWaived, state: ReportsState): ReportDecision =>
  waiverIn(state, data) ? accept() : accept({ type: 'uk.concordat.issue.waived.v1', data });

const isSameDay = (one: Instant, other: Instant): boolean => londonDate(one) === londonDate(other);

/** As often as it takes, once a day. */
export const decideRaise = (data: IssueRaised, state: ReportsState): ReportDecision => {
  const before = raisedIn(state, data);
  return before && isSameDay(before.at, data.at) ? accept() : accept({ type: 'uk.concordat.issue.raised.v1', data });
};
