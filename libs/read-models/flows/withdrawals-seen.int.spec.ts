// How withdrawals bit, and what relied on consents, told by the view and the learner's file, is what the decisions themselves tell: for
// every officer, after each step.
import type { OfficeAsker } from '#access';
import { assessment, connexions, consent, otherProvider, person, programme, provider, told, yot } from '#contribution/fixtures';
import {
  type AuditedConsent,
  consentDigest,
  openDecision,
  Oversight,
  type UsesOf,
  type WithdrawalProposed,
  type WithdrawalRow,
} from '#disclosure';
import { GateTown } from '#disclosure/fixtures';
import { type EventStore, Tail } from '#event-store';
import type { AgencySlug, LearnerId } from '#kernel';
import { disclosureStream, ERASED, erasedPayload, followedWith, learnerStream, mergedPayload, LEARNER_MERGED } from '#learner-file';
import { ProjectionEngine } from '../engine/index.ts';
import { MemoryViewStore } from '../memory/index.ts';
import { consentUses } from './consent-uses.query.ts';
import { flowsView } from './flows.view.ts';

const MINUTE = 60_000;
const PARTNERSHIP: OfficeAsker = { office: 'dpo-partnership', staff: 'olu' };
const officerOf = ({ slug }: { readonly slug: AgencySlug }): OfficeAsker => ({ office: `dpo-of:${slug}` });
const OFFICERS = [PARTNERSHIP, ...[connexions, provider, yot, otherProvider].map(officerOf)];
const WITHDRAWN = 'uk.concordat.consent.withdrawn.v1';
const NAMES = [`${connexions.slug}/k-1`, `${connexions.slug}/k-2`, `${otherProvider.slug}/x-1`];
const NOTICE = '5b2c1a70-0d8e-4a4e-9d43-3f2a3c9f1a11';

let town: GateTown;
let views: MemoryViewStore;
let engine: ProjectionEngine;
let stop: AbortController;
let running: Promise<void>;
let oversight: Oversight;
let ann: LearnerId;
let reads: string[];

/** Notes of whom the decisions are read. */
const noting = (store: EventStore): EventStore =>
  new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...asked: readonly unknown[]): unknown => {
        if (name === 'readStream') reads.push(String(asked[0]));
        return Reflect.apply(member, target, asked) as unknown;
      };
    },
  });

beforeEach(async () => {
  town = await GateTown.open();
  reads = [];
  oversight = new Oversight({ ...town.parts, store: noting(town.store), catalogue: town.catalogue });
  views = new MemoryViewStore();
  stop = new AbortController();
  const tail = new Tail({ store: town.store, ...followedWith(town.vault), report: () => undefined });
  engine = new ProjectionEngine({ store: town.store, tail, views, projectors: [flowsView] });
  running = engine.run(stop.signal);
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(connexions, 'consent.given', consent('k-1', { categories: ['assessment', 'apir'] })),
    told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
    told(yot, 'assessment.recorded', assessment({ assessmentId: 'a-2', framework: 'apir' })),
    told(provider, 'programme.started', programme('p-1')),
    told(connexions, 'consent.given', consent('k-2', { purposes: ['support-learner'] })),
  ]);
});
afterEach(async () => {
  stop.abort();
  await running;
  await views.close();
  await town.close();
});

const later = (ms: number): void => town.clock.set(town.clock.now() + ms);
const passport = (agency: AgencySlug, purpose = 'plan-learning') =>
  town.gate.ask({
    asker: { agency, staff: 'pat' },
    ref: town.pseudonyms.of(agency, ann),
    purposes: [purpose],
    asked: 'passport',
    page: { after: 0, limit: 50 },
  });
const withdraw = (consentId: string, by = connexions): Promise<LearnerId> =>
  town.tell([told(by, 'consent.withdrawn', { consentId, by: 'learner' }, { at: town.clock.now() })], ann);
/** `sent`: what stands there already. Nothing can be sent to whoever has no key: then all of it is taken back. */
const feed = async (sent: readonly number[] = [], reachable: readonly AgencySlug[] = [provider.slug]): Promise<void> => {
  const there = { items: new Map(sent.map((revision) => [revision, {}])), notices: new Map(), duties: new Map() };
  await town.gate.feed({
    learner: ann,
    reachable: new Set(reachable),
    sent: async () => new Map(sent.length === 0 ? [] : [[provider.slug, there]]),
  });
};
const sentSoFar = async (): Promise<readonly number[]> => {
  const decided = await Promise.all((await town.recorded(disclosureStream(ann))).map((event) => town.opened(openDecision, event)));
  return decided.flatMap((one) => one?.changes?.sent ?? []);
};

const withdrawn = async (): Promise<readonly WithdrawalProposed[]> =>
  (await town.store.readAll({ limit: 10_000 }))
    .filter(({ type }) => type === WITHDRAWN)
    .map(({ position, revision, recordedAt, stream }) => ({
      ...{ position, revision, recordedAt },
      learner: stream.slice('learner-'.length),
    }))
    .reverse();

/** As if the view said of each consent what the file does not know. */
const NOT_ENOUGH: UsesOf = async () => ({
  position: 0,
  relied: NAMES.map((name) => ({
    consent: consentDigest(name),
    recipient: 'nobody',
    items: [1_000],
    groups: [{ items: [1_000] }],
    named: 0,
    times: 0,
  })),
  fed: [],
  taken: [],
});

const rowsFor = async (asker: OfficeAsker, usesOf: UsesOf): Promise<readonly WithdrawalRow[]> => {
  const page = { asker, place: Infinity, limit: 10, parameters: {}, propose: withdrawn, usesOf };
  const shown = await oversight.withdrawals(page);
  if (shown.outcome !== 'answered') throw new Error('An officer may ask.');
  return shown.rows;
};

const begun = async () =>
  (await town.store.readAll({ limit: 10_000 }))
    .filter(({ type, stream }) => type === 'uk.concordat.consent.given.v1' && stream.startsWith('learner-'))
    .map(({ position, stream }) => ({ position, learner: stream.slice('learner-'.length) }));

/** All that the officer is told of, in order of their names. */
const consentsFor = async (asker: OfficeAsker): Promise<readonly AuditedConsent[]> => {
  const usesOf: UsesOf = (learner) => consentUses(views, learner);
  const page = { asker, place: Infinity, limit: 10, parameters: {}, propose: begun, by: 'begun', isWanted: () => true, usesOf } as const;
  const shown = await oversight.consents(page);
  return shown.outcome === 'answered' ? shown.rows.toSorted((one, other) => one.id.localeCompare(other.id)) : [];
};

/** The same from the decisions themselves. */
const consentsInFull = async (asker: OfficeAsker): Promise<readonly AuditedConsent[]> => {
  const overview = await oversight.overview({ asker, learner: ann });
  if (overview.outcome !== 'answered' || overview.told === undefined) return [];
  const { learner, localId, consents } = overview.told;
  const named = { learner, ...(localId !== undefined && { localId }) };
  return consents.map((one) => ({ ...named, ...one })).toSorted((one, other) => one.id.localeCompare(other.id));
};

const isOfDecisions = (stream: string): boolean => stream.startsWith('disclosure-');

/** Both ways, which must be alike, the first without reading any decision. */
const toldInBothWays = async (): Promise<ReadonlyMap<OfficeAsker, readonly WithdrawalRow[]>> => {
  const all = new Map<OfficeAsker, readonly WithdrawalRow[]>();
  for (const asker of OFFICERS) {
    expect(await engine.waitFor('flows', await town.store.head(), 10_000)).toBe(true);
    reads = [];
    const byView = await rowsFor(asker, (learner) => consentUses(views, learner));
    const consents = await consentsFor(asker);
    expect(reads.filter(isOfDecisions)).toEqual([]);
    expect(consents).toEqual(await consentsInFull(asker));
    expect(byView).toEqual(await rowsFor(asker, NOT_ENOUGH));
    all.set(asker, byView);
  }
  return all;
};

describe('withdrawals told by the view', () => {
  it('are as the decisions have it: reads, feeds, tombstones and notices, to each officer', async () => {
    await passport(provider.slug);
    later(MINUTE);
    await passport(provider.slug);
    await passport(yot.slug);
    await feed();
    const sent = await sentSoFar();
    expect(sent.length).toBeGreaterThan(0);
    later(MINUTE);
    await withdraw('k-1');
    const waiting = await toldInBothWays();
    expect(waiting.get(PARTNERSHIP)).toMatchObject([{ id: NAMES[0], awaited: [provider.slug], tombstones: [], reliedOnAfter: 0 }]);
    later(400);
    await feed(sent);
    expect((await toldInBothWays()).get(PARTNERSHIP)).toMatchObject([{ awaited: [], seconds: 0, tombstones: [] }]);
    await feed(sent, []);
    await passport(provider.slug);
    await town.issue(ann, { noticeId: NOTICE, recipient: provider.slug, reason: 'withdrawal', consentId: 'k-1', items: [3] });
    const stopped = await toldInBothWays();
    expect(stopped.get(PARTNERSHIP)).toMatchObject([
      { awaited: [], seconds: 0.4, tombstones: [{ recipient: provider.slug, seconds: 0.4 }] },
    ]);
    expect([...stopped.values()].map(({ length }) => length)).toEqual([1, 1, 1, 0, 0]);
  });

  it('tell nothing of a decision that was erased, though the view has not taken that in', async () => {
    await passport(provider.slug);
    later(MINUTE);
    await withdraw('k-1');
    expect((await toldInBothWays()).get(PARTNERSHIP)).toMatchObject([{ id: NAMES[0], lastBefore: { recipient: provider.slug } }]);
    stop.abort();
    await running;
    const meta = { actor: 'operator', correlation: 'c', schema: 1 };
    const erasure = { id: crypto.randomUUID(), type: ERASED, meta, payload: erasedPayload({ category: 'disclosure' }) };
    await town.vault.destroy(learnerStream(ann), 'disclosure');
    await town.store.append([{ stream: learnerStream(ann), expected: 'any', events: [erasure] }]);
    town.parts.streams.files.drop(learnerStream(ann));
    for (const asker of OFFICERS) {
      expect((await consentsFor(asker)).map(({ reliedOn }) => reliedOn).filter((times) => times > 0)).toEqual([]);
      const rows = await rowsFor(asker, (learner) => consentUses(views, learner));
      expect(rows.filter(({ lastBefore }) => lastBefore !== undefined)).toEqual([]);
    }
  });

  it('are told of what has effect alone', async () => {
    await town.tell([told(otherProvider, 'consent.given', consent('x-1'))], ann);
    await town.tell([told(otherProvider, 'consent.withdrawn', { consentId: 'x-1', by: 'learner' })], ann);
    await withdraw('k-2');
    await withdraw('k-2');
    const rows = await toldInBothWays();
    expect(rows.get(PARTNERSHIP)?.map(({ id }) => id)).toEqual([NAMES[1]]);
  });

  it('are read from the decisions where another’s record was merged into the learner’s', async () => {
    await passport(provider.slug);
    const other = await town.tell([told(yot, 'learner.registered', { ...person, localId: 'y-1' })]);
    await withdraw('k-1');
    const payload = mergedPayload({ into: ann, merged: other });
    for (const learner of [ann, other])
      await town.store.append([
        {
          stream: learnerStream(learner),
          expected: 'any',
          events: [
            { id: crypto.randomUUID(), type: LEARNER_MERGED, meta: { actor: 'data-manager', correlation: 'c', schema: 1 }, payload },
          ],
        },
      ]);
    town.parts.streams.files.drop(learnerStream(ann));
    reads = [];
    expect(await rowsFor(PARTNERSHIP, (learner) => consentUses(views, learner))).toMatchObject([{ id: NAMES[0], reliedOnAfter: 0 }]);
    expect(reads.filter(isOfDecisions)).not.toEqual([]);
    expect(await consentsFor(PARTNERSHIP)).toEqual(await consentsInFull(PARTNERSHIP));
  });
});
