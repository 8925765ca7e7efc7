// What goes out over Kafka: the ledger, the transport, the sealer and the runner of the feeds, put together (ADR 0013).
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type FeedHealth, type FeedLedger, FeedLedgerInUse, type FeedObserver, FeedRunner, FeedSealer, type FeedTransport } from '#egress';
import { KafkaFeedTransport } from '#egress/kafka';
import { SqliteFeedLedger } from '#egress/sqlite';
import type { KafkaSettings } from '#kafka';
import type { AgencySlug } from '#kernel';
import { measureFeeds } from './metrics/measured-feeds.ts';
import type { BrokerNode } from './node.ts';

export interface KafkaOut {
  /** Undefined while another process sends the feeds of this data directory. */
  health(): Promise<FeedHealth | undefined>;
  /** Ends what is being sent. What is left is in the ledger, for whoever starts next. */
  close(): Promise<void>;
}

export type FeedNode = Pick<
  BrokerNode,
  | 'config'
  | 'store'
  | 'log'
  | 'tail'
  | 'streams'
  | 'agencies'
  | 'gate'
  | 'identity'
  | 'feedKeys'
  | 'inFlight'
  | 'feedBacklog'
  | 'feedsHere'
  | 'clock'
  | 'metrics'
>;

/** Between two looks whether the process that sends the feeds has ended, and before starting anew after a failure. */
const AGAIN_MS = 1000;

/** Where the operator is told what nobody asked for. */
type Say = (line: string) => void;

/** Begins at once, whether Kafka is there or not. */
export const startKafkaOut = (node: FeedNode, settings: KafkaSettings, say?: Say): KafkaOut =>
  startFeeds(node, new KafkaFeedTransport(settings), say);

export const startFeeds = (node: FeedNode, transport: FeedTransport, say: Say = () => undefined): KafkaOut => {
  const stopping = new AbortController();
  const current: { runner?: FeedRunner } = {};
  const health = async (): Promise<FeedHealth | undefined> => current.runner?.health();
  node.feedsHere.toldBy(health);
  const measured = measureFeeds(node.metrics.registry, { health, inFlight: node.inFlight });
  const madeAnew = (agency: AgencySlug): void => {
    measured.madeAnew?.(agency);
    say(`The out topic of ${agency} was deleted and made anew: all that ${agency} may see is sent again.`);
  };
  const observer = { ...measured, madeAnew };
  const running = keepRunning(stopping.signal, observer, async (signal) => {
    const ledger = SqliteFeedLedger.open(join(node.config.data, 'feeds.sqlite'), node.log);
    try {
      current.runner = runnerOf(node, { transport, ledger, observer });
      await current.runner.run(signal);
    } finally {
      delete current.runner;
      await ledger.close();
    }
  });
  return {
    health,
    close: async () => {
      stopping.abort();
      await running;
      await transport.close();
    },
  };
};

const runnerOf = (
  node: FeedNode,
  parts: { readonly transport: FeedTransport; readonly ledger: FeedLedger; readonly observer: FeedObserver },
): FeedRunner => {
  const { store, tail, streams, agencies, gate, identity, feedKeys: keys, inFlight, feedBacklog: backlog, clock, config } = node;
  const sealer = new FeedSealer({ keys, agencies, identity, name: config.name, clock });
  // Each part by its name: a node has others of the same names, such as limits of its own.
  return new FeedRunner({ store, tail, streams, agencies, gate, inFlight, backlog, clock, ...parts, sealer });
};

/** A failure leaves a ledger that whoever opens it can go on from. */
const keepRunning = async (signal: AbortSignal, observer: FeedObserver, run: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  while (!signal.aborted) {
    await run(signal).catch((cause: unknown) => {
      if (!(cause instanceof FeedLedgerInUse)) observer.failed(cause instanceof Error ? cause.name : typeof cause);
    });
    await delay(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
};
