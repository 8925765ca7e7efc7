// Invariant 10: whatever the gate recorded, decided again on what the log held then, comes out the same. One entry for every recorded form.
import type { RecordedEvent } from '#event-store';
import type { LearnerId } from '#kernel';
import { learnerOfDisclosures } from '#learner-file';
import { type Keys, keysOf } from '#privacy';
import { DISCLOSURE_DECIDED } from './decision-record.ts';
import { openDecision } from './disclosure-log.ts';
import { LIST_DECIDED, openList, replayPage } from './lists/index.ts';
import { replayThings } from './things/index.ts';
import { LOOK_DECIDED, openLook, replayLook } from './looks/index.ts';
import type { PastParts } from './past.ts';
import { DISCLOSURE_REFUSED, openRefusal } from './refusal-record.ts';
import { replayDecision } from './replay-decision.ts';
import { replayRefusal } from './replay-refusal.ts';

/** What a decision came to, as the log keeps it and as it comes out now: equal, or the log or the rules are not what they were. */
export interface Replay {
  readonly recorded: unknown;
  readonly again: unknown;
}

type ReplayOf = (parts: PastParts, event: RecordedEvent, keys: Keys) => Promise<Replay | undefined>;

/** Of what stands in the asker's own stream, nobody. */
const aboutIn = ({ stream }: RecordedEvent): LearnerId => learnerOfDisclosures(stream) ?? '';

const decision: ReplayOf = async (parts, event, keys) => {
  const decided = openDecision(event, keys);
  if (decided === undefined) return undefined;
  const { outcome, permitted, refused, waiting } = decided;
  const recorded = { outcome, permitted, refused, ...(waiting === undefined ? {} : { waiting }) };
  return { recorded, again: await replayDecision(parts, aboutIn(event), decided) };
};

const refusal: ReplayOf = async (parts, event, keys) => ({
  recorded: 'not-known',
  again: (await replayRefusal(parts, openRefusal(event, keys))) ? 'not-known' : 'known',
});

const page: ReplayOf = async (parts, event, keys) => {
  const decided = openList(event, keys);
  const { outcome, rows, things } = decided;
  if (things !== undefined) return { recorded: { outcome, rows, things }, again: await replayThings(parts, decided, things) };
  return { recorded: { outcome, rows }, again: await replayPage(parts, decided) };
};

const look: ReplayOf = async (parts, event, keys) => {
  const decided = openLook(event, keys);
  if (decided === undefined) return undefined;
  const { outcome, ground } = decided;
  return { recorded: { outcome, ...(ground === undefined ? {} : { ground }) }, again: await replayLook(parts, decided, aboutIn(event)) };
};

/** All that the gate records, and nothing else, stands in these forms. */
const REPLAYS: ReadonlyMap<string, ReplayOf> = new Map([
  [DISCLOSURE_DECIDED, decision],
  [DISCLOSURE_REFUSED, refusal],
  [LIST_DECIDED, page],
  [LOOK_DECIDED, look],
]);

export const RECORDED_FORMS: readonly string[] = [...REPLAYS.keys()];

/** Undefined where the learner was erased. Throws where the event is no decision of the gate's, or the log does not fit together. */
export const replay = async (parts: PastParts, event: RecordedEvent): Promise<Replay | undefined> => {
  const again = REPLAYS.get(event.type);
  if (again === undefined) throw new Error(`${event.type} is no recorded decision.`);
  return again(parts, event, await keysOf(parts.vault, [event]));
};
