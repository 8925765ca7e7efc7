// The broker's time: the machine's, held steady by what is remembered in the log and by the time that has really passed (ADR 0019).
import { uptime } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import { type Clock, type ClockTrouble, type Instant, SteadyClock, systemClock, type TimeSources } from '#kernel';

const BOOKMARK = 'clock';
/** So much of the time that passed may be forgotten when the broker is killed. */
const REMEMBER_MS = 15_000;

type Bookmarks = Pick<EventStore, 'append' | 'bookmarks'>;

const MACHINE: TimeSources = { wall: systemClock, passed: () => performance.now(), passedAsleepToo: () => uptime() * 1000 };

/** Time as a node has it, and what of it outlasts the node. */
export interface BrokerTime {
  readonly clock: Clock;
  /** Never ahead of what the next process will hold to be past. */
  readonly remembered: Clock;
  readonly trouble: () => ClockTrouble | undefined;
}

/** Of a clock that is given, as it is; without one, the machine's, held steady. */
export const brokerTime = (given: Clock | undefined, sources = MACHINE): BrokerTime & { startFrom(store: Bookmarks): Promise<void> } => {
  if (given) return { clock: given, remembered: given, trouble: () => undefined, startFrom: async () => undefined };
  const clock = new SteadyClock(sources);
  return {
    clock,
    remembered: { now: () => clock.remembered() },
    trouble: () => clock.trouble(),
    startFrom: async (store) => {
      const at = await rememberedIn(store);
      if (at !== undefined) clock.startFrom(at);
    },
  };
};

/** Undefined: nothing yet. */
export const rememberedIn = async (store: Pick<EventStore, 'bookmarks'>): Promise<Instant | undefined> => {
  const at = (await store.bookmarks(BOOKMARK)).get(BOOKMARK);
  return at === undefined ? undefined : Number(at);
};

/** Has the log remember a time, whatever it remembered before. */
export const rememberTime = async (store: Bookmarks, at: Instant): Promise<void> =>
  void (await store.append([], [{ name: BOOKMARK, value: String(at) }]));

export interface Remembering {
  readonly store: Bookmarks;
  readonly time: BrokerTime;
  /** Told once of each trouble of the clock, in a sentence. */
  readonly tell: (says: string) => void;
}

/** Until the signal aborts, and once more then. A log that takes nothing now is written to the next time. */
export const keepRemembering = async ({ store, time, tell }: Remembering, signal: AbortSignal): Promise<void> => {
  let told: ClockTrouble['kind'] | undefined;
  for (let last = false; !last;) {
    last = signal.aborted;
    const trouble = time.trouble();
    if (trouble && trouble.kind !== told) tell(saysOf(trouble));
    told = trouble?.kind;
    await rememberTime(store, time.remembered.now()).catch(() => undefined);
    if (!last) await pause(REMEMBER_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
};

const MINUTE_MS = 60_000;
/** In minutes. */
const UNITS = [
  ['day', 1440],
  ['hour', 60],
] as const;

const lasting = (ms: number): string => {
  const minutes = Math.round(ms / MINUTE_MS);
  const [unit, length] = UNITS.find(([, one]) => minutes >= one) ?? ['minute', 1];
  const count = Math.round(minutes / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

const ENDINGS: Readonly<Record<ClockTrouble['kind'], (by: string) => string>> = {
  behind: (by) =>
    `is ${by} behind the time that this broker has seen, which goes on without it: set the clock right; if it is right, stop the broker and run \`concordat clock --accept\``,
  ahead: (by) => `was set ${by} forward and is not followed: set it right; if it is right, restart the broker`,
  unconfirmed: (by) =>
    `is ${by} ahead of what this broker remembers; it is followed, and remembered once it has stood for an hour: see that it is right`,
};

export const saysOf = ({ kind, by }: ClockTrouble): string => `The clock of this machine ${ENDINGS[kind](lasting(by))}.`;
