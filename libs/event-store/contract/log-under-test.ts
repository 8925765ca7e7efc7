// What a suite of the contract works on: a log that it may fill, close and open again.
import type { EventStore, NewEvent, RecordedEvent, StreamWrite } from '../event-store.ts';

export interface LogUnderTest {
  /** Open, and without any event. */
  readonly store: EventStore;
  /** Opens the same log once more: beside `store`, as another process; or anew, after that has been closed. */
  readonly another: () => Promise<EventStore>;
  /** Removes the log; every store on it has been closed. */
  readonly discard: () => Promise<void>;
}

export type OpenFresh = () => Promise<LogUnderTest>;

/** A log before each test, removed afterwards; whatever was opened on it is closed by then. */
export const logForEach = (openFresh: OpenFresh): (() => LogUnderTest) => {
  let log: LogUnderTest;
  let opened: EventStore[];
  beforeEach(async () => {
    const fresh = await openFresh();
    opened = [fresh.store];
    const another = async (): Promise<EventStore> => {
      const store = await fresh.another();
      opened.push(store);
      return store;
    };
    log = { ...fresh, another };
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await log.discard();
  });
  return () => log;
};

/** The n-th id of a test. */
export const idOf = (n: number): string => `0badcafe-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** The n-th event of a test; its payload tells which it is. */
export const eventOf = (n: number, changes: Partial<NewEvent> = {}): NewEvent => ({
  id: idOf(n),
  type: 'uk.concordat.referral.made.v1',
  meta: { actor: 'connexions-north', correlation: idOf(0), schema: 1 },
  payload: Buffer.from(JSON.stringify({ n })),
  ...changes,
});

/** Events from one number to another, the latter included. */
export const eventsOf = (from: number, to: number): NewEvent[] =>
  Array.from({ length: to - from + 1 }, (_, offset) => eventOf(from + offset));

export const write = (stream: string, expected: StreamWrite['expected'], ...events: NewEvent[]): StreamWrite => ({
  stream,
  expected,
  events,
});

/** The number of an event that was read. */
export const numberOf = ({ payload }: RecordedEvent): number => (JSON.parse(Buffer.from(payload).toString()) as { n: number }).n;
export const numbersOf = (events: readonly RecordedEvent[]): number[] => events.map(numberOf);

export const everything = async (store: EventStore): Promise<number[]> => numbersOf(await store.readAll({ limit: 1_000_000 }));

/** What an append came to: `stored`, `repeated`, or the code of its refusal. */
export const outcomeOf = (appending: ReturnType<EventStore['append']>): Promise<string> =>
  appending.then(
    ({ repeated }) => (repeated ? 'repeated' : 'stored'),
    (cause: unknown) => (cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)),
  );
