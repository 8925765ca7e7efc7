// What oversight is told, as JSON has it: times as RFC 3339, positions as text.
import type {
  AsOf,
  AuditedConsent,
  AuditedStep,
  ConsentLife,
  ConsentRow,
  FoundHere,
  LearnerAudited,
  LearnerOverview,
  NoticeOfWithdrawal,
  Reliance,
  Tombstone,
  Why,
  WithdrawalRow,
  Withdrawn,
} from '#disclosure';
import type { Instant, Position } from '#kernel';
import type { AuditSummary } from '../oversight-lists.handlers.ts';
import { decisionBody, groupOf, itemOf } from './audit.controller.ts';

const time = (at: Instant): string => new Date(at).toISOString();
const positioned = <Rest extends object>({ position, at, ...rest }: Rest & { position: Position; at: Instant }): unknown => ({
  position: String(position),
  at: time(at),
  ...rest,
});

export const consentBody = ({ recordedAt, changedAt, ...consent }: AuditedConsent): object => ({
  ...consent,
  recordedAt: time(recordedAt),
  changedAt: time(changedAt),
});

const stepBody = ({ saidAt, ...step }: AuditedStep): unknown => positioned({ ...step, saidAt: time(saidAt) });

const noticeBody = ({ issuedAt, ...notice }: NoticeOfWithdrawal): unknown => ({ ...notice, issuedAt: time(issuedAt) });

const withdrawnBody = ({ position, at, lastBefore, firstAfter, tombstones, notices, stoppedAt, ...rest }: Withdrawn): object => ({
  position: String(position),
  at: time(at),
  ...rest,
  ...(lastBefore && { lastBefore: positioned(lastBefore) }),
  ...(firstAfter && { firstAfter: positioned(firstAfter) }),
  tombstones: tombstones.map((one: Tombstone) => positioned(one)),
  ...(stoppedAt !== undefined && { stoppedAt: time(stoppedAt) }),
  notices: notices.map(noticeBody),
});

export const lifeBody = ({ steps, bands, relied, lanes, withdrawal, ...consent }: ConsentLife & LearnerAudited): unknown => ({
  ...consentBody(consent),
  steps: steps.map(stepBody),
  bands: bands.map(({ from, until, ...band }) => ({ ...band, from: time(from), ...(until !== undefined && { until: time(until) }) })),
  relied: relied.map((one: Reliance) => positioned(one)),
  lanes: lanes.map(({ first, last, ...lane }) => ({ ...lane, first: time(first), last: time(last) })),
  ...(withdrawal && { withdrawal: withdrawnBody(withdrawal) }),
});

export const overviewBody = ({ consents, rights, identity, withheld, counts, ...named }: LearnerOverview): unknown => ({
  ...named,
  consents: consents.map(consentBody),
  rights: rights.map((one) => positioned(one)),
  identity: identity.map((one) => positioned(one)),
  withheld: withheld.map((one) => ({ ...one, position: String(one.position), statedAt: time(one.statedAt) })),
  counts: { ...counts, ...(counts.latest !== undefined && { latest: time(counts.latest) }) },
});

export const whyBody = ({ learner, localId, decision, clauses, consents, relationships, registration }: Why & LearnerAudited): unknown => ({
  decision: { ...decisionBody(decision), learner, ...(localId !== undefined && { localId }) },
  clauses: clauses.map(({ agreed, ...clause }) => ({
    ...clause,
    ...(agreed !== undefined && { agreed: { ...agreed, position: String(agreed.position) } }),
  })),
  consents: consents.map(({ steps, ...consent }) => ({ ...consent, steps: steps.map(stepBody) })),
  relationships: relationships.map(({ relationship, events }) => ({ relationship, events: events.map(itemOf) })),
  registration: registration.map(itemOf),
});

export const asOfBody = ({ at, permitted, refused, ...asked }: AsOf & LearnerAudited): unknown => ({
  ...asked,
  at: time(at),
  permitted: permitted.map(groupOf),
  refused: refused.map(groupOf),
});

export const foundBody = (found: FoundHere): unknown => {
  if (found.kind === 'decision') return { ...found, decision: String(found.decision) };
  return found.kind === 'event' ? { ...found, event: String(found.event) } : found;
};

export const summaryBody = ({ log, ...summary }: AuditSummary): unknown => ({
  ...summary,
  log: { position: String(log.position), viewPosition: String(log.viewPosition) },
});

export const withdrawalBody = (row: WithdrawalRow): object => withdrawnBody(row);

/** A cell of CSV for each; lists are joined by `; `. */
export const CONSENT_COLUMNS: Readonly<Record<string, (row: ConsentRow) => string | number | boolean | undefined>> = {
  learner: ({ learner }) => learner,
  localId: ({ localId }) => localId,
  consent: ({ id }) => id,
  status: ({ status }) => status,
  protocol: ({ protocol }) => protocol,
  purposes: ({ purposes }) => purposes.join('; '),
  categories: ({ categories }) => categories.join('; '),
  recipients: ({ recipients }) => recipients.join('; '),
  givenBy: ({ givenBy }) => givenBy,
  method: ({ method }) => method,
  notice: ({ notice }) => notice?.id,
  noticeVersion: ({ notice }) => notice?.version,
  noticeLanguage: ({ notice }) => notice?.language,
  evidence: ({ evidence }) => evidence,
  validFrom: ({ validFrom }) => validFrom,
  expires: ({ expires }) => expires,
  capturedBy: ({ capturedBy }) => capturedBy,
  recordedAt: ({ recordedAt }) => time(recordedAt),
  changedAt: ({ changedAt }) => time(changedAt),
  reliedOn: ({ reliedOn }) => reliedOn,
};

export const WITHDRAWAL_COLUMNS: Readonly<Record<string, (row: WithdrawalRow) => string | number | boolean | undefined>> = {
  learner: ({ learner }) => learner,
  localId: ({ localId }) => localId,
  consent: ({ id }) => id,
  protocol: ({ protocol }) => protocol,
  categories: ({ categories }) => categories.join('; '),
  at: ({ at }) => time(at),
  stoppedAt: ({ stoppedAt }) => stoppedAt && time(stoppedAt),
  seconds: ({ seconds }) => seconds,
  reliedOnAfter: ({ reliedOnAfter }) => reliedOnAfter,
  lastBefore: ({ lastBefore }) => lastBefore && time(lastBefore.at),
  lastBeforeRecipient: ({ lastBefore }) => lastBefore?.recipient,
  tombstones: ({ tombstones }) => tombstones.length,
  awaited: ({ awaited }) => awaited.join('; '),
  noticesAnswered: ({ notices }) => notices.filter(({ state }) => state === 'acknowledged').length,
  noticesOpen: ({ notices }) => notices.filter(({ state }) => state === 'open').length,
  noticesOverdue: ({ notices }) => notices.filter(({ state }) => state === 'overdue').length,
};
