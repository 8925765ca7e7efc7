// Feeds over a transport in memory: what a change of terms takes away goes, and whom it cannot touch is not decided again.
import { connexions, consent, person, programme, provider, told } from '#contribution/fixtures';
import { Gate, Registers } from '#disclosure';
import { GateTown } from '#disclosure/fixtures';
import { Tail } from '#event-store';
import type { LearnerId } from '#kernel';
import { followedWith } from '#learner-file';
import { Partners } from '../fixtures/index.ts';
import { MemoryFeedLedger } from '../memory/index.ts';
import { FeedRunner } from './feed-runner.ts';
import type { FeedDelivery, FeedTransport } from './feed-transport.ts';
import { InFlight } from './pending-learners.ts';

/** What lies on each partner's feed. */
class Feeds implements FeedTransport {
  readonly #values = new Map<string, unknown>();

  async send(batch: readonly FeedDelivery[]): Promise<void> {
    for (const { recipient, records } of batch)
      for (const { key, value } of records) {
        if (value === null) this.#values.delete(`${recipient} ${key}`);
        else this.#values.set(`${recipient} ${key}`, value);
      }
  }

  /** Without the keys that open them. */
  itemsOf(recipient: string, learner: string): number {
    return [...this.#values.keys()].filter((key) => key.startsWith(`${recipient} ${learner}/`)).length;
  }

  async keys(): Promise<readonly string[]> {
    return [];
  }

  async ids(): Promise<ReadonlyMap<string, string>> {
    return new Map();
  }

  async close(): Promise<void> {}
}

const registered = (by: typeof provider, localId: string) => told(by, 'learner.registered', { ...person, localId });
const ON_PROGRAMME = [
  registered(connexions, 'C-1'),
  told(connexions, 'consent.given', consent('k-1')),
  told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
  told(provider, 'referral.accepted', { referralId: 'r-1' }),
  registered(provider, 'P-1'),
  told(provider, 'programme.started', programme('e-1')),
];

const run = async () => {
  const town = await GateTown.open();
  const { agencies, protocols } = await town.beside();
  const gate = new Gate({ ...town.parts, registers: new Registers(agencies, protocols) });
  const learner = await town.tell(ON_PROGRAMME);
  const partners = await Partners.of();
  for (const { slug } of [connexions, provider]) await partners.add(slug);
  const [decided, feeds, stopping] = [[] as LearnerId[], new Feeds(), new AbortController()];
  const runner = new FeedRunner({
    store: town.store,
    streams: town.parts.streams,
    clock: town.clock,
    agencies,
    gate: {
      feed: (inquiry) => {
        decided.push(inquiry.learner);
        return gate.feed(inquiry);
      },
      feedTerms: (reachable) => gate.feedTerms(reachable),
      stillStands: (readSet) => gate.stillStands(readSet),
    },
    tail: new Tail({ store: town.store, ...followedWith(town.vault) }),
    sealer: partners.sealer,
    transport: feeds,
    ledger: new MemoryFeedLedger(),
    inFlight: new InFlight(),
  });
  const running = runner.run(stopping.signal);
  await runner.caughtUp();
  return {
    learner,
    protocols,
    itemsOf: (agency: typeof provider) => feeds.itemsOf(agency.slug, town.pseudonyms.of(agency.slug, learner)),
    /** Who was decided since it was asked last, once everybody is level. */
    decidedSince: async (): Promise<readonly LearnerId[]> => {
      runner.tick();
      await runner.caughtUp();
      return decided.splice(0);
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

it('a protocol that ends takes from feeds what it put there, and is no matter of those whom it does not touch', async () => {
  const { learner, protocols, itemsOf, decidedSince, stop } = await run();
  const before = [itemsOf(connexions), itemsOf(provider)];
  expect(await decidedSince()).toEqual([learner]);

  await protocols.end({ protocol: 'placement-matching', version: 1, reason: 'superseded' });
  expect([await decidedSince(), itemsOf(connexions), itemsOf(provider)]).toEqual([[], ...before]);

  await protocols.end({ protocol: 'e2e-passport', version: 1, reason: 'superseded' });
  expect(await decidedSince()).toEqual([learner]);
  expect(itemsOf(connexions)).toBeLessThan(before[0] ?? 0);
  await stop();
});
