// What an agency could see of a learner on a day, and what it lacked for the rest (invariant 10): the same decision as any, on the file and
// the registers as they stood when that day was over in London.
import type { OfficeAsker } from '#access';
import { AGENCIES_STREAM } from '#agencies';
import {
  addDays,
  type AgencySlug,
  type Instant,
  type IsoDate,
  type LearnerId,
  londonDayStart,
  type Position,
  type Revision,
} from '#kernel';
import { eventsOfFile, learnerStream, LINK_ADVISERS, membersOf, type StreamPlace } from '#learner-file';
import { PROTOCOLS_STREAM } from '#sharing-protocols';
import { type AccessContext, decideAnswer, outcomeOf } from '../decide-answer.ts';
import { groupPermitted, groupRefused } from '../disclosure-log.ts';
import type { GateParts } from '../gate-parts.ts';
import { readerFor } from '../in-force.ts';
import { type Past, type PastInputs, type PastParts, pastOf } from '../past.ts';
import { type AuditedDecision, auditedDecision, type DecisionToAudit, type ItemsOf } from './audited-decision.ts';
import type { ConsentsKnown } from './audit-consents.ts';
import { itemsIn, ofFile } from './decisions-seen.ts';

export interface AsOfAsked {
  readonly agency: AgencySlug;
  /** In London. */
  readonly day: IsoDate;
  readonly purpose: string;
}

export interface AsOf extends AsOfAsked {
  /**
   * `not-taking-part`: the agency was not registered, suspended or let go; `not-yet-known`: nothing was recorded of the learner yet, which
   * the partnership's officer alone is told; `not-known`: the agency had nothing to do with the learner.
   */
  readonly outcome: DecisionToAudit['outcome'] | 'not-taking-part' | 'not-yet-known';
  /** The moment that was looked at: the end of that day, or now. */
  readonly at: Instant;
  readonly permitted: AuditedDecision['permitted'];
  readonly refused: AuditedDecision['refused'];
}

export type AsOfParts = GateParts & PastParts;

interface Asking {
  readonly asker: OfficeAsker;
  readonly known: ConsentsKnown;
  readonly asked: AsOfAsked;
}

const NOTHING = { permitted: [], refused: [] } as const;

/** Nothing of it may leave before the look is recorded. */
export const asOf = async (parts: AsOfParts, { asker, known, asked }: Asking): Promise<AsOf> => {
  const at = Math.min(londonDayStart(addDays(asked.day, 1)) - 1, parts.clock.now());
  const told = { ...asked, at };
  const past = await pastOf(parts, await inputsAt(parts.store, at));
  const reader = past.taking({ agency: asked.agency });
  if (reader === undefined) return { ...told, ...NOTHING, outcome: 'not-taking-part' };
  const records = await recordsAt(parts, past, { known, at });
  if (records.length === 0) return { ...told, ...NOTHING, outcome: known.own === undefined ? 'not-yet-known' : 'not-known' };
  const mayTell = known.own === undefined ? undefined : await ownKnowledge(parts, known);
  const decided = records.map(({ context, items }) => decidedIn({ ...context, reader }, { asked, items, mayTell }));
  const shown = decided.flatMap(({ decision, items }) => auditedDecision({ position: 0, decided: decision }, items, asker) ?? []);
  const outcome = OUTCOMES.find((one) => decided.some(({ decision }) => decision.outcome === one)) ?? 'not-known';
  return { ...told, outcome, permitted: shown.flatMap((one) => one.permitted), refused: shown.flatMap((one) => one.refused) };
};

/** Of several records, the one that tells most. */
const OUTCOMES = ['answered', 'not-permitted', 'not-known'] as const;

/** Where each stream stood then. The log's times never go back. */
const revisionAt = async (store: Pick<AsOfParts['store'], 'readStream'>, stream: string, at: Instant): Promise<Revision> =>
  (await store.readStream(stream)).findLast(({ recordedAt }) => recordedAt <= at)?.revision ?? -1;

const inputsAt = async (store: AsOfParts['store'], at: Instant): Promise<PastInputs> => {
  const [agencies, protocols, linkAdvisers] = await Promise.all(
    [AGENCIES_STREAM, PROTOCOLS_STREAM, LINK_ADVISERS].map((stream) => revisionAt(store, stream, at)),
  );
  return { at, agencies: agencies ?? -1, protocols: protocols ?? -1, linkAdvisers: linkAdvisers ?? -1 };
};

interface RecordThen {
  readonly context: Omit<AccessContext, 'reader'>;
  readonly items: ItemsOf;
}

/** The learner's; and of each who was merged into the learner since, the own one that there was then. */
const recordsAt = async (
  { store }: AsOfParts,
  past: Past,
  { known: { known }, at }: { readonly known: ConsentsKnown; readonly at: Instant },
): Promise<readonly RecordThen[]> => {
  const records = await Promise.all([known.file.id, ...membersOf(known.file)].map((learner) => recordAt(store, past, { learner, at })));
  return records.flatMap((record) => record ?? []);
};

const recordAt = async (
  store: AsOfParts['store'],
  past: Past,
  { learner, at }: { readonly learner: LearnerId; readonly at: Instant },
): Promise<RecordThen | undefined> => {
  const revision = await revisionAt(store, learnerStream(learner), at);
  if (revision < 0) return undefined;
  const alone = await past.learner(learner, revision);
  if (alone.file.into !== undefined) return undefined;
  const united = await Promise.all(membersOf(alone.file).map((member) => placeAt(store, member, at)));
  const context = united.length === 0 ? alone : await past.learner(learner, revision, united);
  return { context, items: itemsIn(await eventsOfFile(store, context.file), ofFile(context.file, at)) };
};

const placeAt = async (store: AsOfParts['store'], learner: LearnerId, at: Instant): Promise<StreamPlace> => ({
  learner,
  revision: await revisionAt(store, learnerStream(learner), at),
});

interface Deciding {
  readonly asked: AsOfAsked;
  readonly items: ItemsOf;
  /** Undefined: of everything. */
  readonly mayTell: OwnKnowledge | undefined;
}

const WHOLE = { after: 0, limit: Number.MAX_SAFE_INTEGER };

const decidedIn = (context: AccessContext, { asked, items, mayTell }: Deciding): { decision: DecisionToAudit; items: ItemsOf } => {
  const { agency: recipient, purpose } = asked;
  const purposes = [purpose];
  const whole = decideAnswer(context, { purposes, route: 'learner', wants: () => true, page: WHOLE });
  const answer = { ...whole, permitted: whole.permitted.filter(({ item }) => mayTell?.(items, item.revision) ?? true) };
  const decision: DecisionToAudit = {
    ...{ at: context.at, recipient, asked: 'passport', purposes, route: 'learner', outcome: outcomeOf(context, answer) },
    ...{ permitted: groupPermitted(answer.permitted), refused: groupRefused(answer.refused) },
  };
  return { decision, items };
};

/** Whether an item, of what a file held then, may be told of to an officer of the agency now. */
type OwnKnowledge = (items: ItemsOf, revision: Revision) => boolean;

const IDENTITY: Position = -1;
const placeOf = (items: ItemsOf, revision: Revision): Position => items.get(revision)?.position ?? IDENTITY;

/**
 * What an agency was never shown and may not see any more is not told to it as history either: else a question about yesterday would undo
 * a withdrawal (invariant 6).
 */
const ownKnowledge = async (parts: AsOfParts, { known, own = '', seen, events }: ConsentsKnown): Promise<OwnKnowledge> => {
  const { file, circumstances } = known;
  const inForce = parts.registers.inForce(circumstances.today);
  const reader = readerFor({ agency: own }, (slug) => inForce.partner(slug));
  const { state: linkAdvisers } = await parts.streams.linkAdvisers.load(LINK_ADVISERS);
  const context = reader && { file, revision: 0, inForce, linkAdvisers, at: circumstances.now, reader };
  const now = context && decideAnswer(context, { purposes: 'any', route: 'learner', wants: () => true, page: WHOLE });
  const present = itemsIn(events, ofFile(file, circumstances.now));
  const told = new Set<Position>([
    ...(now?.permitted ?? []).map(({ item }) => placeOf(present, item.revision)),
    ...seen.flatMap(({ decided, items }) =>
      decided.recipient === own ? decided.permitted.flatMap((group) => group.items).map((item) => placeOf(items, item)) : [],
    ),
  ]);
  return (items, revision) => items.get(revision)?.source === own || told.has(placeOf(items, revision));
};
