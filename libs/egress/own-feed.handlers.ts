// How far an agency's own feed is behind the log, for the agency itself (console.md, /agency; ADR 66). Figures alone: of no learner.
import type { FactoryProvider } from '@nestjs/common';
import type { Caller } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import type { AgencySlug, Clock, Instant } from '#kernel';
import { RECORDED_DECISIONS, type RecordedDecisions } from './audit.handlers.ts';
import { CLOCK } from './egress.tokens.ts';
import { FeedsHere } from './feed/index.ts';

/**
 * `up-to-date`: all that concerns the agency is on its feed; `behind`: not yet; `stalled`: its feed does not take what is sent, such as for
 * want of its topic; `no-key`: it has no encryption key in force, so nothing can be sent; `not-sent-here`: this broker sends no feeds.
 */
export const FEED_STATES = ['up-to-date', 'behind', 'stalled', 'no-key', 'not-sent-here'] as const;

export interface OwnFeed {
  readonly agency: AgencySlug;
  readonly state: (typeof FEED_STATES)[number];
  /** Of the log, that were not gone through for the feed yet; of a stalled one, that came since. */
  readonly events?: number;
  /** Since the first of them was recorded; of a stalled one, since it is. */
  readonly seconds?: number;
  /** Since when it is stalled. */
  readonly since?: Instant;
}

export class AskForOwnFeed extends Query<{ readonly caller: Caller }, OwnFeed> {}

interface Feeds {
  readonly feeds: FeedsHere;
  readonly recorded: RecordedDecisions;
  readonly clock: Clock;
}

const FEEDS = Symbol('OwnFeed');

const feeds: FactoryProvider<Feeds> = {
  provide: FEEDS,
  inject: [FeedsHere, RECORDED_DECISIONS, CLOCK],
  useFactory: (...[here, recorded, clock]: readonly [FeedsHere, RecordedDecisions, Clock]) => ({ feeds: here, recorded, clock }),
};

const ownFeed = async (parts: Feeds, { caller: { agency } }: { readonly caller: Caller }): Promise<OwnFeed> => {
  const health = await parts.feeds.health();
  if (health === undefined) return { agency, state: 'not-sent-here' };
  const [lag, reached] = [health.lags.get(agency), health.reached.get(agency)];
  if (lag === undefined || reached === undefined) return { agency, state: 'no-key' };
  const since = health.stuckSince.get(agency);
  if (since !== undefined) return { agency, state: 'stalled', events: lag, seconds: secondsSince(parts, since), since };
  if (lag === 0) return { agency, state: 'up-to-date', events: 0, seconds: 0 };
  const first = await parts.recorded.at(reached + 1);
  return { agency, state: 'behind', events: lag, seconds: first === undefined ? 0 : secondsSince(parts, first.recordedAt) };
};

const secondsSince = ({ clock }: Pick<Feeds, 'clock'>, at: Instant): number => Math.max(0, Math.round((clock.now() - at) / 1000));

export const ownFeedHandlers = [feeds, handling(AskForOwnFeed, FEEDS, ownFeed)];
