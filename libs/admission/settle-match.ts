// The data manager decides whether two records are one person's (ADR 45): recorded in the streams of both, and nobody else's to decide.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import { EventStoreError } from '#event-store';
import { DATA_MANAGER, err, type LearnerId, londonDate, ok, type Position, type Result } from '#kernel';
import {
  bestKnown,
  decisionsAfter,
  isDecidedIn,
  LEARNER_MERGED,
  LEARNER_UNMERGED,
  isTieMatch,
  type LearnerFile,
  learnersOfMatch,
  learnerStream,
  LINK_ADVISERS,
  MATCH_DECIDED,
  type MatchDecided,
  type MatchOutcome,
  type MatchShown,
  type Merged,
  standingOf,
  type StreamPlace,
  type Waiting,
  waitingAfter,
  waitingIn,
} from '#learner-file';
import { keysOf } from '#privacy';
import { Draft, type Held, NO_STREAM, type PlainEvent, sealedEvent } from '#unit-of-work';
import type { AdmissionParts } from './admission-parts.ts';
import {
  DECIDED_MEANWHILE,
  HOLDS_OTHERS,
  IS_A_TIE,
  MERGED_ALREADY,
  NOT_A_PAIR,
  NOT_MERGED,
  type NotSettled,
  UNKNOWN,
  WHICH_IS_RIGHT,
} from './not-settled.ts';
import { isRightAmiss } from './right-number.ts';

export type MatchParts = Pick<AdmissionParts, 'store' | 'streams' | 'vault' | 'registers' | 'clock'>;

/** `match` as the data manager's queue names it. */
export interface MatchToDecide extends MatchShown {
  readonly outcome: MatchOutcome;
  /** The evidence, to be read by whoever looks at it later. */
  readonly reason: string;
  readonly staff?: string;
  /** Of two who are one and were told of with two numbers: in whose record the right one is (views.md, S15). */
  readonly right?: LearnerId;
}

export interface MatchSettled {
  readonly match: string;
  readonly outcome: MatchOutcome;
  /** Of two who are one now: under whose names both are known. */
  readonly goesOn?: LearnerId;
  readonly position: Position;
}

type Settled = Result<MatchSettled, NotSettled>;

/** Whether the data manager's queue holds it. */
export interface MatchQueue {
  readonly isQueued: (match: string) => Promise<boolean>;
}

/** Who decides on what is shown by an agreement, decides while it is in force, and on what its queue holds. */
const AGREEMENT = 'data-quality';

const NOT_IN_FORCE: NotSettled = {
  code: 'not-permitted',
  says: `No such decision is the data manager's now: bring the protocol \`${AGREEMENT}\` in force.`,
};

const isInForce = ({ registers, clock }: MatchParts): boolean => registers.inForce(londonDate(clock.now())).protocols.has(AGREEMENT);

/** Of a match that the data manager was shown. */
export const decideQueued = async (parts: MatchParts & MatchQueue, decision: MatchToDecide): Promise<Settled> => {
  if (!isInForce(parts)) return err(NOT_IN_FORCE);
  if (isTieMatch(decision.match)) return err(IS_A_TIE);
  return (await parts.isQueued(decision.match)) ? decideMatch(parts, decision) : err(UNKNOWN);
};

/** The same of a merge. */
export const unmergeQueued = async (parts: MatchParts, said: Omit<MatchToDecide, 'outcome'>): Promise<Settled> =>
  isInForce(parts) ? unmerge(parts, said) : err(NOT_IN_FORCE);

/** Rejects with `EventStoreError` where nothing could be recorded. */
export const decideMatch = async (parts: MatchParts, decision: MatchToDecide): Promise<Settled> =>
  attempts(async () => {
    const waiting = waitingIn(decision.match);
    if (waiting !== undefined) return settleWaiting(parts, waiting, decision);
    const pair = await pairOf(parts, decision);
    if (!pair.ok) return pair;
    if (mergedIn(pair.value) !== undefined) return err(MERGED_ALREADY);
    const states = pair.value.map(({ state }) => state);
    if (isRightAmiss(states, decision)) return err(WHICH_IS_RIGHT);
    if (decision.outcome !== 'same' || isOfOnesIdentifiers(decision.match)) return record(parts, pair.value, { decision });
    const merge = mergeOf(parts, pair.value);
    return merge.ok ? record(parts, pair.value, { decision, alias: { type: LEARNER_MERGED, merged: merge.value } }) : merge;
  });

/** Whose a contribution is that came under a number alone: it counts from then on, until somebody says otherwise. */
const settleWaiting = async (parts: MatchParts, { learner }: StreamPlace, decision: MatchToDecide): Promise<Settled> => {
  if (decision.right !== undefined) return err(WHICH_IS_RIGHT);
  const records = await recordsOf(parts, decision, [learner]);
  if (!records.ok) return records;
  return records.value.some(({ state }) => state.into !== undefined) ? err(MERGED_ALREADY) : record(parts, records.value, { decision });
};

/** The two have each their own again; what was decided of them is `different` from now on. */
export const unmerge = async (parts: MatchParts, { reason, staff, ...shown }: Omit<MatchToDecide, 'outcome'>): Promise<Settled> =>
  attempts(async () => {
    const pair = await pairOf(parts, shown);
    if (!pair.ok) return pair;
    const merged = mergedIn(pair.value);
    if (merged === undefined) return err(NOT_MERGED);
    const decision = { match: shown.match, outcome: 'different', reason, ...(staff === undefined ? {} : { staff }) } as const;
    const waiting = await waitingOnceParted(parts, merged);
    return record(parts, pair.value, { decision, alias: { type: LEARNER_UNMERGED, merged }, waiting });
  });

/** Read before the two streams are named in the append, so that nothing comes in between. */
const waitingOnceParted = async ({ store, vault }: MatchParts, merged: Merged): Promise<readonly Waiting[]> => {
  const streams = await Promise.all([merged.into, merged.merged].map((learner) => store.readStream(learnerStream(learner))));
  const events = streams.flat().sort((one, other) => one.position - other.position);
  return waitingAfter(events, merged, await keysOf(vault, events));
};

const ATTEMPTS = 20;

/** Again where somebody else said something of one of the two meanwhile. */
const attempts = async (settle: () => Promise<Settled>): Promise<Settled> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await settle();
    } catch (cause) {
      const isOvertaken = cause instanceof EventStoreError && cause.code === 'wrong-expected-revision';
      if (!isOvertaken || attempt === ATTEMPTS) throw cause;
    }
  }
};

type Records = readonly Held<LearnerFile>[];

/** What one agency told of one learner: `same`, what it told later is right; `different`, what it told first. */
const isOfOnesIdentifiers = (match: string): boolean => match.startsWith('link-conflict.') && learnersOfMatch(match)?.length === 1;

/** As they stand; nobody of whom nothing is held any more. */
const pairOf = async (parts: MatchParts, shown: MatchShown): Promise<Result<Records, NotSettled>> => {
  const learners = learnersOfMatch(shown.match);
  return learners === undefined ? err(UNKNOWN) : recordsOf(parts, shown, learners);
};

/** What was decided is read once the revisions are known on which the append rests, so that nothing comes in between. */
const recordsOf = async (parts: MatchParts, shown: MatchShown, learners: readonly LearnerId[]): Promise<Result<Records, NotSettled>> => {
  const { streams } = parts;
  await streams.linkAdvisers.load(LINK_ADVISERS);
  const records = await Promise.all(learners.map((learner) => streams.files.load(learnerStream(learner))));
  const isKnown = ({ state }: Held<LearnerFile>): boolean => state.learner.founder !== undefined || state.into !== undefined;
  if (!records.every(isKnown)) return err(UNKNOWN);
  return (await isDecidedSince(parts, shown, learners)) ? err(DECIDED_MEANWHILE) : ok(records);
};

/** In the first one's stream, by whose events positions of decisions are told. */
const isDecidedSince = async (
  { store, vault }: MatchParts,
  { match, after }: MatchShown,
  learners: readonly LearnerId[],
): Promise<boolean> => {
  const [first] = learners.toSorted();
  if (after === undefined || first === undefined) return false;
  const since = decisionsAfter(await store.readStream(learnerStream(first)), after);
  return isDecidedIn(since, { match, learners }, await keysOf(vault, since));
};

const mergedIn = (records: Records): Merged | undefined => {
  const resting = records.find(({ state: { into } }) => records.some(({ state }) => state.id === into));
  return resting?.state.into === undefined ? undefined : { into: resting.state.into, merged: resting.state.id };
};

const mergeOf = (parts: MatchParts, records: Records): Result<Merged, NotSettled> => {
  const [one, other] = records;
  if (one === undefined || other === undefined) return err(NOT_A_PAIR);
  if (records.some(({ state }) => state.into !== undefined)) return err(MERGED_ALREADY);
  const into = bestKnownOf(parts, [one.state, other.state]);
  const rests = one.state.id === into ? other : one;
  return rests.state.united === undefined ? ok({ into, merged: rests.state.id }) : err(HOLDS_OTHERS);
};

const bestKnownOf = ({ streams, registers, clock }: MatchParts, [one, other]: readonly [LearnerFile, LearnerFile]): LearnerId => {
  const at = clock.now();
  const look = { draft: new Draft(), streams, register: registers.inForce(londonDate(at)).register, at };
  return bestKnown([standingOf(look, one.id), standingOf(look, other.id)]);
};

interface Alias {
  readonly type: typeof LEARNER_MERGED | typeof LEARNER_UNMERGED;
  readonly merged: Merged;
}

interface ToSettle {
  readonly decision: MatchToDecide;
  readonly alias?: Alias;
  readonly waiting?: readonly Waiting[];
}

const CATEGORY = 'identity';

/** Both streams in one append, on the condition that neither has moved; what is held of them was made without it. */
const record = async (
  { store, vault, streams }: MatchParts,
  records: Records,
  { decision: { match, outcome, reason, staff, right }, alias, waiting = [] }: ToSettle,
): Promise<Settled> => {
  const learners = records.map(({ state: { id } }) => id);
  const said = { match, outcome, learners, reason, ...(staff !== undefined && { staff }), ...(right !== undefined && { right }) };
  const decided: MatchDecided = waiting.length === 0 ? said : { ...said, waiting };
  const keys = await vault.load(learners.map((learner) => ({ owner: learnerStream(learner), category: CATEGORY })));
  const origin = correlation();
  const writes = records.map(({ state: { id }, revision }) => {
    const stream = learnerStream(id);
    const events = eventsFor(stream, { decided, alias, origin }).map((event, place) =>
      sealedEvent(keys, event, { stream, revision: revision + 1 + place }),
    );
    return { stream, expected: revision === NO_STREAM ? ('no-stream' as const) : revision, events };
  });
  await vault.durable();
  const { positions } = await store.append(writes).finally(() => learners.forEach((learner) => streams.forget(learnerStream(learner))));
  const goesOn = alias?.type === LEARNER_MERGED ? { goesOn: alias.merged.into } : {};
  return ok({ match, outcome, ...goesOn, position: positions.at(-1) ?? 0 });
};

interface ToRecord {
  readonly decided: MatchDecided;
  readonly alias: Alias | undefined;
  readonly origin: string;
}

const eventsFor = (owner: string, { decided, alias, origin }: ToRecord): readonly PlainEvent[] => {
  const meta = { actor: DATA_MANAGER, correlation: origin, schema: 1 };
  const said = { id: randomUUID(), type: MATCH_DECIDED, meta: { ...meta, owner, category: CATEGORY }, content: { json: decided } };
  return alias === undefined ? [said] : [said, { id: randomUUID(), type: alias.type, meta, content: { json: alias.merged } }];
};
