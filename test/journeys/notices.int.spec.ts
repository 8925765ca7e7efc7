// Whoever received data under a consent is told that it was withdrawn, and answers for what it did (invariant 6, ADR 0015).
import { type DisclosureDecided, disclosureEvent, NotifyRecipientsWhenRightsTakeEffect } from '#disclosure';
import { type EventStore, EventStoreError, Tail } from '#event-store';
import { fixedClock, type LearnerId } from '#kernel';
import { disclosureStream, followedWith } from '#learner-file';
import { sealedEvent } from '#unit-of-work';
import { listNotices, noticesView, type NoticeEntry } from '#read-models';
import { LogWriter } from '#unit-of-work';
import { learnerOf, noticesAbout, type Told } from './notices-told.ts';
import { itemIdOf, positionsBy } from './pairwise.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';
import { about, adviser, MORNING, referral } from './told.ts';

const PLACE = 'reactors/notify-recipients';
const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, following: true });
});
afterAll(() => town.close());

let learners = 0;
/** `careers` advises and has assessed; `forge` and `college` are referred to; all under consent `k-<n>`. */
const consenting = async (): Promise<{ readonly uln: string; readonly consentId: string }> => {
  const uln = ulnOf(++learners);
  const consentId = `k-${learners}`;
  await town.tell(
    'careers',
    registration(uln, `c-${uln}`),
    adviser(uln),
    referral(uln, 'forge'),
    referral(uln, 'wulfrun'),
    assessment(uln),
    consent(uln, consentId),
  );
  return { uln, consentId };
};
const withdraw = (uln: string, consentId: string) => town.tell('careers', about(uln, 'consent.withdrawn', { consentId, by: 'learner' }));
const answer = (uln: string, noticeId: string) => about(uln, 'notice.acknowledged', { noticeId, on: '2026-10-01', action: 'deleted' });
const codeOf = async (agency: string, event: Parameters<Town['send']>[1]): Promise<string> => {
  const [receipt] = await town.send(agency, event);
  return receipt?.problem?.code ?? receipt?.outcome ?? '';
};

const shownTo = async (agency: string): Promise<readonly NoticeEntry[]> => {
  const { projections, store, views } = town.node;
  await projections.waitFor(noticesView.name, await store.head(), 10_000);
  return (await listNotices(views, { today: '2026-10-01', recipient: agency })).rows;
};

describe('a withdrawal', () => {
  it('is told to whoever was shown something under the consent, and to nobody else', async () => {
    const { uln, consentId } = await consenting();
    const seen = await town.passport('forge', 'plan-learning', `uln:${uln}`);
    const learner = await learnerOf(town, uln);
    const positions = await positionsBy(town, 'forge', learner);
    const underConsent = (seen.body.items ?? []).filter(({ clause }) => clause.endsWith('#EP3')).map(({ id }) => positions.get(id));
    expect(underConsent.length).toBeGreaterThan(0);
    const [withdrawn] = await withdraw(uln, consentId);
    const [only, ...more] = await noticesAbout(town, learner, 1);
    expect(more).toEqual([]);
    expect(only?.notice).toEqual({
      noticeId: only?.stored.id,
      recipient: 'forge',
      reason: 'withdrawal',
      consentId,
      items: underConsent,
      issuedAt: MORNING,
      due: '2026-10-06',
      duty: expect.stringMatching(/^e2e-passport@1#/),
    });
    expect(only?.stored.meta).toMatchObject({ actor: 'broker', category: 'consent', owner: `learner-${learner}` });
    expect(only?.stored.position).toBeGreaterThan(Number(withdrawn?.position));
  });

  it('is told to those who were sent it on a feed alike', async () => {
    const { uln, consentId } = await consenting();
    const learner = await learnerOf(town, uln);
    await sendOnFeed(learner, 'wulfrun', consentId);
    await withdraw(uln, consentId);
    expect((await noticesAbout(town, learner, 1)).map(({ notice: { recipient, items } }) => [recipient, items.length])).toEqual([
      ['wulfrun', 1],
    ]);
  });

  it('is answered by its recipient alone', async () => {
    const { uln, consentId } = await consenting();
    await town.passport('forge', 'plan-learning', `uln:${uln}`);
    await withdraw(uln, consentId);
    const [told] = await noticesAbout(town, await learnerOf(town, uln), 1);
    const noticeId = told?.notice.noticeId ?? '';
    expect(await codeOf('wulfrun', answer(uln, noticeId))).toBe('unknown-reference');
    expect(await codeOf('forge', answer(uln, 'another'))).toBe('unknown-reference');
    expect((await shownTo('forge')).find(({ notice }) => notice === noticeId)?.state).toBe('open');
    expect(await codeOf('forge', answer(uln, noticeId))).toBe('accepted');
    expect((await shownTo('forge')).find(({ notice }) => notice === noticeId)).toMatchObject({ state: 'acknowledged', action: 'deleted' });
  });

  it('is answered also by who has nothing to do with the learner any more', async () => {
    const { uln, consentId } = await consenting();
    const referralId = `r-${consentId}`;
    await town.tell('careers', about(uln, 'referral.made', { referralId, to: 'anvil', route: 'connexions' }));
    await town.passport('anvil', 'plan-learning', `uln:${uln}`);
    await town.tell('anvil', about(uln, 'referral.declined', { referralId }));
    await withdraw(uln, consentId);
    const [told] = await noticesAbout(town, await learnerOf(town, uln), 1);
    expect(told?.notice.recipient).toBe('anvil');
    expect(await codeOf('anvil', answer(uln, 'another'))).toBe('no-such-learner');
    expect(await codeOf('anvil', answer(uln, told?.notice.noticeId ?? ''))).toBe('accepted');
  });

  it('is told once, however often the log is gone through', async () => {
    const { uln, consentId } = await consenting();
    await town.passport('forge', 'plan-learning', `uln:${uln}`);
    await town.passport('wulfrun', 'plan-learning', `uln:${uln}`);
    await withdraw(uln, consentId);
    const learner = await learnerOf(town, uln);
    expect((await noticesAbout(town, learner, 2)).map(({ notice }) => notice.recipient).sort()).toEqual(['forge', 'wulfrun']);

    const { store } = town.node;
    const before = await store.head();
    await store.append([], [{ name: PLACE, value: undefined }]);
    await followFromTheStart();
    expect(await store.head()).toBe(before);
    expect(Number((await store.bookmarks(PLACE)).get(PLACE))).toBe(before);
  });
});

describe('what tells of withdrawals', () => {
  it('goes on after a failure of the store', async () => {
    const { store } = town.node;
    let broken = true;
    const failingOnce: EventStore = {
      append: (writes, bookmarks) => store.append(writes, bookmarks),
      readStream: (stream, options) => store.readStream(stream, options),
      readAll: (options) => store.readAll(options),
      findByIds: (ids) => store.findByIds(ids),
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      readLeaves: (after, limit) => store.readLeaves(after, limit),
      integrity: () => store.integrity(),
      probe: () => store.probe(),
      close: () => Promise.resolve(),
      bookmarks: async (prefix) => {
        if (!broken) return store.bookmarks(prefix);
        broken = false;
        throw new EventStoreError('unavailable', 'The disk is gone.');
      },
    };
    const failures: string[] = [];
    await followFromTheStart(failingOnce, failures);
    expect(failures).toEqual(['EventStoreError']);
  });
});

describe('GET /v1/notices', () => {
  const ask = async (
    agency: string | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly notices: readonly Readonly<Record<string, unknown>>[]; readonly headers: Headers }> => {
    const authorization: Readonly<Record<string, string>> =
      agency === undefined ? {} : { authorization: `Bearer ${await town.tokenOf(agency)}` };
    const response = await fetch(`${town.server.url}/v1/notices`, { headers: { ...authorization, ...headers } });
    const { notices = [] } = (await response.json()) as { readonly notices?: readonly Readonly<Record<string, unknown>>[] };
    return { status: response.status, notices, headers: response.headers };
  };

  it('tells an agency what it has to answer, and nobody else', async () => {
    const { uln, consentId } = await consenting();
    const { body } = await town.passport('wulfrun', 'plan-learning', `uln:${uln}`);
    await withdraw(uln, consentId);
    const [{ stored, notice }] = (await noticesAbout(town, await learnerOf(town, uln), 1)) as readonly [Told];
    const position = { 'concordat-min-position': String(stored.position) };
    await shownTo('wulfrun');
    const { status, notices, headers } = await ask('wulfrun', position);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(Number(headers.get('concordat-position'))).toBeGreaterThanOrEqual(stored.position);
    const { noticeId, due, duty } = notice;
    const items = notice.items.map((item) => `${body.learner}/${itemIdOf(town, 'wulfrun', { position: String(item) })}`);
    expect(body.items?.map(({ id }) => `${body.learner}/${id}`)).toEqual(expect.arrayContaining(items));
    expect(notices.filter((one) => one['noticeId'] === noticeId)).toEqual([
      { learner: body.learner, noticeId, reason: 'withdrawal', consentId, items, issuedAt: new Date(MORNING).toISOString(), due, duty },
    ]);
    for (const other of ['forge', 'careers', 'council'])
      expect((await ask(other)).notices.map((one) => one['noticeId'])).not.toContain(noticeId);

    await town.tell('wulfrun', answer(uln, noticeId));
    expect((await ask('wulfrun')).notices.map((one) => one['noticeId'])).not.toContain(noticeId);
  });

  it('asks for a token, and for a position that the log has', async () => {
    expect((await ask(undefined)).status).toBe(401);
    expect((await ask('forge', { 'concordat-min-position': '999999' })).status).toBe(503);
    expect((await ask('forge', { 'concordat-min-position': 'soon' })).status).toBe(400);
  });
});

const followFromTheStart = async (store = town.node.store, failures: string[] = []): Promise<void> => {
  const { vault, streams, registers } = town.node;
  const observer = { issued: () => undefined, failed: (error: string) => void failures.push(error) };
  const again = new NotifyRecipientsWhenRightsTakeEffect({
    store,
    tail: new Tail({ store, ...followedWith(vault) }),
    vault,
    streams,
    writer: new LogWriter(store, vault),
    registers,
    clock,
    observer,
  });
  const stop = new AbortController();
  const running = again.run(stop.signal);
  const head = await store.head();
  while (again.position < head) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await running;
};

const sendOnFeed = async (learner: LearnerId, recipient: string, consentId: string): Promise<void> => {
  const { store, vault } = town.node;
  const group = {
    clause: 'e2e-passport@1#EP3',
    level: 'full',
    basis: '6(1)(e)',
    purpose: 'plan-learning',
    consent: { id: `careers/${consentId}`, revision: 5 },
    items: [4],
  } as const;
  const stood = { learner: 5, agencies: 0, protocols: 0, linkAdvisers: -1, at: MORNING, page: { after: 0, limit: 1000 } };
  const decided: DisclosureDecided = {
    recipient,
    purposes: 'any',
    route: 'feed',
    asked: 'feed',
    ...stood,
    outcome: 'answered',
    permitted: [group],
    refused: [],
  };
  const origin = { id: '00000000-0000-4000-8000-0000000000f1', correlation: 'c', actor: recipient, learner };
  const plain = disclosureEvent(origin, decided);
  const keys = await vault.load([{ owner: `learner-${learner}`, category: 'disclosure' }]);
  const event = sealedEvent(keys, plain, { stream: disclosureStream(learner), revision: 0 });
  await vault.durable();
  await store.append([{ stream: disclosureStream(learner), expected: 'no-stream', events: [event] }]);
};
