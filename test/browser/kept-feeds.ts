// The feeds of a town with pages: what agencies' topics would hold, and when each record arrived there.
import { join } from 'node:path';
import { FeedRunner, FeedSealer } from '#egress';
import { SqliteFeedLedger } from '#egress/sqlite';
import type { BrokerNode } from '../../apps/broker/node.ts';
import { KeptFeeds } from '../journeys/feed-town.ts';

export interface RunningFeeds {
  readonly kept: KeptFeeds;
  /** All are as they have to be. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

export const runFeeds = (node: BrokerNode, directory: string): RunningFeeds => {
  const { store, tail, streams, agencies, gate, inFlight, clock, identity } = node;
  const kept = new KeptFeeds();
  const ledger = SqliteFeedLedger.open(join(directory, 'feeds.sqlite'), node.log);
  const sealer = new FeedSealer({ keys: node.feedKeys, agencies, identity, name: 'town', clock });
  const failed = (what: unknown): never => {
    throw new Error(`The feeds failed: ${String(what)}`);
  };
  const observer = { sent: () => undefined, failed, putAside: failed, madeAnew: () => undefined };
  const runner = new FeedRunner({ store, tail, streams, agencies, gate, sealer, transport: kept, ledger, inFlight, clock, observer });
  const stopping = new AbortController();
  const running = runner.run(stopping.signal);
  running.catch(() => undefined);
  return {
    kept,
    caughtUp: async () => Promise.race([runner.caughtUp(), running]),
    close: async () => {
      stopping.abort();
      await running.finally(() => ledger.close());
    },
  };
};
