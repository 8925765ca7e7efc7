// A partnership sent over Kafka as its agencies would, with what goes wrong meanwhile; what came of it beside what must be.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrokerProcess } from '../broker-process.ts';
import { chance } from '../chaos/told-by-id.ts';
import { AgencyOutbox } from './agency-outbox.ts';
import { type Sent, wrongReceipts } from './compare-receipts.ts';
import { type Faults, type Stage, type Suffered, sufferAlong } from './faults.ts';
import { FeedCopies } from './feed-copy.ts';
import { keyOf, type Message, type Partnership } from './partnership-files.ts';
import { endState, feedDifferences, readAllPassports } from './passports.ts';
import { brokerKeys, END, placeOf, ReceivedReceipts } from './received-receipts.ts';
import { TopicTail } from './topic-tail.ts';

export interface RunOptions {
  readonly partnership: Partnership;
  readonly broker: BrokerProcess;
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly seed: number;
  /** Learners whose messages are sent side by side. */
  readonly learnersAtOnce: number;
  readonly faults?: Faults & Omit<Stage, 'broker'>;
}

export interface RunOutcome {
  /** One line each. All three are empty when all is as it must be. */
  readonly wrongReceipts: readonly string[];
  readonly wrongFeeds: readonly string[];
  readonly unreadable: readonly string[];
  /** Of reads and feeds together, comparable between runs. */
  readonly endState: string;
  readonly sent: number;
  readonly items: number;
  readonly sendSeconds: number;
  readonly feedSeconds: number;
  readonly suffered: readonly Suffered[];
}

/** The tools' number for messages about no learner: they come before all others. */
const ABOUT_NOBODY = -1;
const PATIENCE_MS = 60_000;
const LOOK_MS = 50;
const QUIET_MS = 1000;

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

const until = async (holds: () => boolean, patienceMs = PATIENCE_MS): Promise<boolean> => {
  const end = Date.now() + patienceMs;
  while (!holds()) {
    if (Date.now() > end) return false;
    await pause(LOOK_MS);
  }
  return true;
};

export const runPartnership = async (options: RunOptions): Promise<RunOutcome> => {
  const { partnership, broker, brokers, prefix } = options;
  const slugs = partnership.partners.map(({ slug }) => slug);
  const outbox = new AgencyOutbox(brokers);
  const received = await ReceivedReceipts.of({ brokers, prefix }, slugs, broker.url);
  const feeds = await FeedCopies.of({ brokers, prefix }, partnership.partners, await brokerKeys(broker.url));
  const began = performance.now();
  try {
    const suffered = await sendUnderFaults(options, outbox, received);
    const sent = await allAnswered(options, received);
    const sendSeconds = secondsSince(began);
    await markEnds(outbox, prefix, slugs);
    await until(() => received.ended.size === slugs.length);
    await standStill(feeds);
    const shown = await readAllPassports(broker.url, partnership, feeds);
    const fed = performance.now();
    const wrongFeeds = await settledDifferences(() => feedDifferences(shown, feeds), feeds);
    return {
      wrongReceipts: [
        ...wrongReceipts(partnership, sent, received, prefix),
        ...slugs.filter((slug) => !received.ended.has(slug)).map((slug) => `${slug}: receipts stuck`),
      ],
      wrongFeeds,
      unreadable: feeds.faults,
      endState: endState(shown, feeds),
      sent: sent.length,
      items: slugs.reduce((sum, slug) => sum + feeds.items(slug).length, 0),
      sendSeconds,
      feedSeconds: secondsSince(fed),
      suffered,
    };
  } finally {
    await Promise.all([outbox.close(), received.close(), feeds.close()]);
  }
};

/** The differences once there are none, or once the feeds have stood still with them for long. */
const settledDifferences = async (differences: () => readonly string[], feeds: FeedCopies): Promise<readonly string[]> => {
  const end = Date.now() + PATIENCE_MS;
  for (let taken = -1; ; taken = feeds.taken) {
    await pause(QUIET_MS);
    await feeds.settled();
    const found = differences();
    const quiet = taken === feeds.taken;
    if ((found.length === 0 && quiet) || Date.now() > end) return found;
  }
};

/** Until the feeds have nothing more to bring: what they are about is asked for. */
const standStill = async (feeds: FeedCopies): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  for (let taken = -1; taken !== feeds.taken && Date.now() < end; await pause(QUIET_MS)) {
    taken = feeds.taken;
    await feeds.settled();
  }
};

const sendUnderFaults = async (options: RunOptions, outbox: AgencyOutbox, received: ReceivedReceipts): Promise<readonly Suffered[]> => {
  const { faults, partnership, broker, seed } = options;
  const toAnswer = partnership.expected.filter(({ outcome }) => outcome !== 'unverifiable').length * (faults?.doubled === true ? 2 : 1);
  const progress = { seed, answered: () => received.count, share: () => received.count / toAnswer };
  const suffering = faults ? sufferAlong(faults, { ...faults, broker }, progress) : [];
  const [suffered] = await Promise.all([suffering, sendAll(options, outbox, received)]);
  return suffered;
};

/** Each learner's messages in order, the next once the one before is answered. */
const sendAll = async (
  { partnership, prefix, seed, learnersAtOnce, faults }: RunOptions,
  outbox: AgencyOutbox,
  received: ReceivedReceipts,
): Promise<void> => {
  const random = chance(seed);
  const about = partnership.messages.filter(({ learner }) => learner !== ABOUT_NOBODY);
  const stories = [...Map.groupBy(about, ({ learner }) => learner).values()];
  const again: Message[] = [];
  const send = async ({ agency, jws }: Message): Promise<string> =>
    placeOf(agency, `0/${await outbox.send({ topic: `${prefix}.in.${agency}`, key: keyOf(jws), value: jws })}`);
  const sendAnOldOne = async (): Promise<void> => {
    const [old] = again.splice(Math.floor(random() * again.length), 1);
    if (old) await send(old);
  };
  const tell = async (message: Message): Promise<void> => {
    const place = await send(message);
    const outcome = partnership.expected[message.n]?.outcome;
    if (outcome !== 'unverifiable') await received.arrived(place);
    // What is refused uses up no id: sent again when the learner's story has gone on, it may rightly be accepted.
    if (outcome === 'rejected' && faults?.doubled === true) await received.arrived(await send(message));
    else again.push(message);
  };
  for (const message of partnership.messages.filter(({ learner }) => learner === ABOUT_NOBODY)) await tell(message);
  const work = async (): Promise<void> => {
    for (let story = stories.shift(); story; story = stories.shift()) {
      for (const message of story) {
        await tell(message);
        if (faults?.doubled === true && random() < 0.9) await sendAnOldOne();
      }
    }
  };
  await Promise.all(Array.from({ length: learnersAtOnce }, work));
  if (faults?.doubled === true)
    while (again.length > 0) await Promise.all(Array.from({ length: Math.min(again.length, learnersAtOnce) }, sendAnOldOne));
};

/** Everything that stands in the in topics, once all of it that is to be answered is; or once patience ends. */
const allAnswered = async ({ partnership, brokers, prefix }: RunOptions, received: ReceivedReceipts): Promise<readonly Sent[]> => {
  const silent = new Set(partnership.messages.filter(({ n }) => partnership.expected[n]?.outcome === 'unverifiable').map(({ jws }) => jws));
  const sent: Sent[] = [];
  const wanted = partnership.messages.length;
  const tail = await TopicTail.of(
    brokers,
    partnership.partners.map(({ slug }) => `${prefix}.in.${slug}`),
    (record) => void sent.push(record),
  );
  const open = (): boolean =>
    sent.some(
      ({ topic, partition, offset, value }) =>
        !silent.has(String(value)) && received.at(placeOf(topic.slice(`${prefix}.in.`.length), `${partition}/${offset}`)).length === 0,
    );
  await until(() => sent.length >= wanted);
  for (let read = -1; read < sent.length; await pause(QUIET_MS)) {
    read = sent.length;
    await until(() => !open());
  }
  await tail.close();
  return sent;
};

/** Where this run's readers may stop. */
const markEnds = async (outbox: AgencyOutbox, prefix: string, slugs: readonly string[]): Promise<void> => {
  await Promise.all(slugs.map((slug) => outbox.send({ topic: `${prefix}.receipts.${slug}`, key: END, value: '' })));
};
