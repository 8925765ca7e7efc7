// Who saw what of one learner, one decision of it, and the same decision again: for data protection officers and for the learner.
import { isDeepStrictEqual } from 'node:util';
import type { FactoryProvider } from '@nestjs/common';
import { type LearnerAsker, type OfficeAsker, recordedAs } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import {
  type AuditedDecision,
  type CursorOf,
  Gate,
  type LearnerAudited,
  NamedLearners,
  Oversight,
  PageCursors,
  type Replay,
  type Why,
} from '#disclosure';
import type { RecordedEvent } from '#event-store';
import type { Position } from '#kernel';
import { learnerOfDisclosures } from '#learner-file';
import { type AuditFilters, isAskedFor } from './audit-filters.ts';
import type { AskedPage, CursorUnknown } from './egress.handlers.ts';

type Auditor = OfficeAsker | LearnerAsker;

export interface DecisionsAsked {
  readonly asker: Auditor;
  /** As an officer of an agency its agency's reference; a pseudonym of the office, or the broker's own id; of a learner `me`. */
  readonly ref: string;
  readonly filters: AuditFilters;
  readonly page: AskedPage;
}

/** There is no such learner or decision, or it is no affair of whoever asks: which of these is not told. */
export interface NotFound {
  readonly outcome: 'not-known';
}

export interface DecisionsShown {
  readonly outcome: 'answered';
  /** The latest first. */
  readonly decisions: readonly AuditedDecision[];
  /** How many pass the filters, on all pages. */
  readonly total: number;
  readonly next?: string;
  /** Of the look in the log. */
  readonly position: Position;
}

export class AskForDecisions extends Query<DecisionsAsked, DecisionsShown | NotFound | CursorUnknown> {}

export interface DecisionAsked {
  readonly asker: OfficeAsker;
  readonly decision: Position;
}

export interface DecisionShown {
  readonly outcome: 'answered';
  readonly decision: AuditedDecision;
  /** Whom it is about, as the office names the learner. */
  readonly named: LearnerAudited;
  readonly position: Position;
}

export class AskForDecision extends Query<DecisionAsked, DecisionShown | NotFound> {}

export interface ReplayShown extends DecisionShown {
  /** Decided again on what the log held then, it came out the same (invariant 10). */
  readonly same: boolean;
}

export class AskForReplay extends Query<DecisionAsked, ReplayShown | NotFound> {}

export interface WhyShown {
  readonly outcome: 'answered';
  readonly told: Why & LearnerAudited;
  readonly position: Position;
}

export class AskWhy extends Query<DecisionAsked, WhyShown | NotFound> {}

/** A recorded decision by its position, and decided again; undefined where there is none. */
export interface RecordedDecisions {
  readonly at: (position: Position) => Promise<RecordedEvent | undefined>;
  readonly again: (event: RecordedEvent) => Promise<Replay | undefined>;
}

export const RECORDED_DECISIONS = Symbol('RecordedDecisions');

interface Auditing {
  readonly gate: Gate;
  readonly named: NamedLearners;
  readonly cursors: PageCursors;
  readonly oversight: Oversight;
  readonly recorded: RecordedDecisions;
}

const AUDITING = Symbol('Auditing');

const auditing: FactoryProvider<Auditing> = {
  provide: AUDITING,
  inject: [Gate, NamedLearners, PageCursors, Oversight, RECORDED_DECISIONS],
  useFactory: (
    ...[gate, named, cursors, oversight, recorded]: readonly [Gate, NamedLearners, PageCursors, Oversight, RecordedDecisions]
  ) => ({ gate, named, cursors, oversight, recorded }),
};

/** A question about nobody is recorded too, among the asker's own looks. */
const nobody = async ({ gate }: Auditing, asker: Auditor): Promise<NotFound> => {
  await gate.look({ asker, asked: 'disclosures', parameters: { about: 'nobody' } }, () => undefined);
  return NOT_KNOWN;
};

const NOT_KNOWN: NotFound = { outcome: 'not-known' };

const decisions = async (
  parts: Auditing,
  { asker, ref, filters, page }: DecisionsAsked,
): Promise<DecisionsShown | NotFound | CursorUnknown> => {
  const { gate, named, cursors } = parts;
  const learner = await named.byAsker(asker, ref);
  if (learner === undefined) return nobody(parts, asker);
  const of = { agency: 'learner' in asker ? asker.learner : recordedAs(asker), asked: `audit ${learner} ${JSON.stringify(filters)}` };
  const before = await placeOf(parts, of, page);
  if (before === undefined) return { outcome: 'cursor-unknown' };
  const ofOthers = filters.own === 'false';
  const answer = await gate.audit({ asker, learner, ofOthers, parameters: { ...filters, limit: page.limit } });
  if (answer.outcome !== 'answered') return NOT_KNOWN;
  const wanted = answer.told.filter((decision) => isAskedFor(decision, filters));
  const left = wanted.filter(({ position }) => position < before);
  const shown = left.slice(0, page.limit);
  const last = left.length > shown.length ? shown.at(-1) : undefined;
  const next = last && { next: await cursors.ofList(of, String(last.position)) };
  return { outcome: 'answered', decisions: shown, total: wanted.length, ...next, position: answer.position };
};

/** Behind whom the page begins, the latest first. Undefined for a cursor that was not given for this question. */
const placeOf = async ({ cursors }: Auditing, of: CursorOf, { cursor }: AskedPage): Promise<Position | undefined> => {
  if (cursor === undefined) return Infinity;
  const place = await cursors.listPlaceOf(of, cursor);
  return place === undefined ? undefined : Number(place);
};

const decisionAt = async (parts: Auditing, asked: DecisionAsked): Promise<(DecisionShown & { event: RecordedEvent }) | NotFound> => {
  const { gate, oversight, recorded } = parts;
  const { asker, decision: wanted } = asked;
  const event = await recorded.at(wanted);
  const learner = event && learnerOfDisclosures(event.stream);
  if (event === undefined || learner === undefined) return nobody(parts, asker);
  const answer = await gate.audit({ asker, learner, parameters: { decision: wanted } });
  const decision = answer.outcome === 'answered' ? answer.told.find(({ position }) => position === wanted) : undefined;
  if (decision === undefined) return NOT_KNOWN;
  return { outcome: 'answered', decision, named: await oversight.named({ asker, learner }), position: answer.position, event };
};

const decision = async (parts: Auditing, asked: DecisionAsked): Promise<DecisionShown | NotFound> => {
  const found = await decisionAt(parts, asked);
  if (found.outcome === 'not-known') return found;
  const { event: _, ...told } = found;
  return told;
};

const again = async (parts: Auditing, asked: DecisionAsked): Promise<ReplayShown | NotFound> => {
  const found = await decisionAt(parts, asked);
  if (found.outcome === 'not-known') return found;
  const { event, ...told } = found;
  const replayed = await parts.recorded.again(event);
  return replayed ? { ...told, same: isDeepStrictEqual(replayed.recorded, replayed.again) } : NOT_KNOWN;
};

const why = async (parts: Auditing, { asker, decision: wanted }: DecisionAsked): Promise<WhyShown | NotFound> => {
  const event = await parts.recorded.at(wanted);
  const learner = event && learnerOfDisclosures(event.stream);
  if (learner === undefined) return nobody(parts, asker);
  const answer = await parts.oversight.why({ asker, learner, decision: wanted });
  if (answer.outcome !== 'answered' || answer.told === undefined) return NOT_KNOWN;
  return { outcome: 'answered', told: answer.told, position: answer.position };
};

export const auditHandlers = [
  auditing,
  handling(AskForDecisions, AUDITING, decisions),
  handling(AskForDecision, AUDITING, decision),
  handling(AskForReplay, AUDITING, again),
  handling(AskWhy, AUDITING, why),
];
