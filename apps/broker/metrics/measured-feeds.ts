// Figures of the feeds: how far they are behind the log, what is on its way, what was sent to whom.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { FeedHealth, FeedObserver, InFlight } from '#egress';

export interface MeasuredFeeds {
  /** Undefined while another process sends the feeds. */
  readonly health: () => Promise<FeedHealth | undefined>;
  readonly inFlight: InFlight;
}

/** Adds them to the registry; the answer is to be told what is sent. */
export const measureFeeds = (registry: Registry, { health, inFlight }: MeasuredFeeds): FeedObserver => {
  const registers = [registry];
  const messages = new Counter({
    name: 'concordat_feed_messages_total',
    help: 'Messages on partners’ feeds, keys and tombstones included.',
    labelNames: ['agency'],
    registers,
  });
  const tombstones = new Counter({
    name: 'concordat_feed_tombstones_total',
    help: 'Tombstones among them.',
    labelNames: ['agency'],
    registers,
  });
  const failures = new Counter({
    name: 'concordat_feed_failures_total',
    help: 'Attempts to send that failed, by code.',
    labelNames: ['code'],
    registers,
  });
  const aside = new Counter({
    name: 'concordat_feed_put_aside_total',
    help: 'Times that a learner’s feeds could not be decided, by class of error; they are tried again.',
    labelNames: ['error'],
    registers,
  });
  const anew = new Counter({
    name: 'concordat_feed_made_anew_total',
    help: 'Feeds that were deleted and made anew, and are sent again from the beginning.',
    labelNames: ['agency'],
    registers,
  });
  new Gauge({
    name: 'concordat_feed_under_way_learners',
    help: 'Learners about whom something is on its way to partners at this moment.',
    registers,
    collect() {
      this.set(inFlight.count);
    },
  });
  measureHealth(registry, health);
  return {
    sent: (agency, count, deleted) => {
      messages.inc({ agency }, count);
      tombstones.inc({ agency }, deleted);
    },
    failed: (code) => failures.inc({ code }),
    putAside: (error) => aside.inc({ error }),
    madeAnew: (agency) => anew.inc({ agency }),
  };
};

/** Each looks for itself: the registry asks them side by side. */
const measureHealth = (registry: Registry, health: MeasuredFeeds['health']): void => {
  const figure = (name: string, help: string, look: (now: FeedHealth) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const now = await health().catch(() => undefined);
        if (now) this.set(look(now));
        else this.remove();
      },
    });
  };
  const perAgency = (name: string, help: string, look: (now: FeedHealth) => Iterable<readonly [string, number]>): void => {
    new Gauge({
      name,
      help,
      labelNames: ['agency'],
      registers: [registry],
      async collect() {
        this.reset();
        const now = await health().catch(() => undefined);
        for (const [agency, value] of now ? look(now) : []) this.set({ agency }, value);
      },
    });
  };
  perAgency(
    'concordat_feed_lag_events',
    'Events of the log that are not on an agency’s feed yet, as far as they concern it.',
    ({ lags }) => lags,
  );
  figure('concordat_feed_waiting_learners', 'Learners whose feeds are to be decided anew.', ({ pending }) => pending);
  perAgency('concordat_feed_without_key', '1 for an agency that has no encryption key in force: its feed is empty.', ({ withoutKey }) =>
    marked(withoutKey),
  );
  perAgency('concordat_feed_stuck', '1 for an agency whose feed does not take what is sent, such as for want of its topic.', ({ stuck }) =>
    marked(stuck),
  );
};

const marked = (agencies: readonly string[]): readonly (readonly [string, number])[] => agencies.map((agency) => [agency, 1]);
