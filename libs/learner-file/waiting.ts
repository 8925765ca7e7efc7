// What was said under a number alone while two were one, and whose the data manager says that it is (ADR 45, ADR 63).
import type { ShortType } from '#catalogue';
import { agencyOf, type LearnerId } from '#kernel';
import type { RecordedEvent } from '#event-store';
import { openSealed, type Opens } from '#privacy/opening';
import { LEARNER_MERGED, MATCH_DECIDED, type MatchDecided, type Merged, type Waiting, waitingIn } from './merges.ts';
import { learnerOfStream, openContribution, readClear } from './stored-events.ts';

/** What narrows what others see does not wait for anybody: it holds where it stands. */
const NARROWS: readonly ShortType[] = [
  'consent.withdrawn',
  'consent.paused',
  'consent.refused',
  'objection.raised',
  'restriction.requested',
];
/** What names an event of its sender's own goes with that. */
const FOLLOWS: readonly ShortType[] = ['record.retracted', 'withholding.stated', 'withholding.ended'];

/** Whether it waits once two are two again: said of a number alone, it does not say of whom. */
export const saysNotOfWhom = (type: ShortType, subject: string | undefined): boolean =>
  subject?.startsWith('uln:') === true && !NARROWS.includes(type) && !FOLLOWS.includes(type);

/** `learner.registered` of `uk.concordat.learner.registered.v1`. */
const shortOf = (type: string): ShortType => type.split('.').slice(2, -1).join('.') as ShortType;

/** Of the streams of two who are one: what will wait once they are so no more. */
export const waitingAfter = (events: readonly RecordedEvent[], { into, merged }: Merged, keys: Opens): readonly Waiting[] => {
  const isTheirs = ({ type, payload }: RecordedEvent): boolean => {
    if (type !== LEARNER_MERGED) return false;
    const told = readClear<Merged>(payload);
    return told.into === into && told.merged === merged;
  };
  const since = events.findLast(isTheirs)?.position ?? Infinity;
  return events.flatMap((stored) => {
    const event = stored.position > since ? openContribution(stored, keys)?.event : undefined;
    if (event === undefined || !saysNotOfWhom(shortOf(stored.type), event.subject)) return [];
    const learner = learnerOfStream(stored.stream) ?? '';
    return [{ learner, revision: stored.revision, type: stored.type, source: agencyOf(event.source) ?? '' }];
  });
};

/** Undefined of other events, and where it was erased. Throws `VaultError`. */
export const openMatchDecided = (stored: RecordedEvent, keys: Opens): MatchDecided | undefined => {
  const { owner, category } = stored.meta;
  if (stored.type !== MATCH_DECIDED || owner === undefined || category === undefined) return undefined;
  const plain = openSealed(keys, { owner, category }, stored, stored.payload);
  return plain && readClear<MatchDecided>(plain);
};

/** Whether the data manager's last word of a contribution was that it is of the one in whose stream it stands. */
export type IsSettled = (learner: LearnerId, revision: number) => boolean;

export const settledIn = (events: readonly RecordedEvent[], keys: Opens): IsSettled => {
  const outcomes = new Map<string, boolean>();
  for (const stored of events) {
    const decided = openMatchDecided(stored, keys);
    const of = decided && waitingIn(decided.match);
    if (of) outcomes.set(`${of.learner} ${of.revision}`, decided.outcome === 'same');
  }
  return (learner, revision) => outcomes.get(`${learner} ${revision}`) === true;
};
