import type { EventToSend } from '#client';
import { NOTICE_ISSUED } from '#consent';
import { DISCLOSURE_DECIDED } from '#disclosure';
import type { NoticeShown } from '#egress';
import type { RecordedEvent } from '#event-store';
import { IDENTIFIER_LINKED, learnerOfStream, MATCH_KEY_SEEN, openAliased } from '#learner-file';
import { keysOf } from '#privacy';
import { noticesView } from '#read-models';
import { eraseLearner, type ErasureParts } from '#rights';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { about } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ following: true });
});
afterAll(() => town.close());

interface Known {
  readonly uln: string;
  readonly localId: string;
  readonly id: string;
}

let known = 0;
const newUln = (): string => ulnOf(++known);
const made = async (): Promise<Known> => {
  const [uln, localId] = [newUln(), `er-${known}`];
  await town.tell('careers', registration(uln, localId), {
    type: 'referral.made',
    subject: `uln:${uln}`,
    data: { referralId: 'r-1', to: 'forge', route: 'connexions' },
  });
  return { uln, localId, id: await idOf(`local:${localId}`) };
};

const idOf = async (ref: string): Promise<string> => {
  const { body } = await town.passport('careers', 'plan-learning', ref);
  return town.node.pseudonyms.resolve('careers', body.learner ?? '') ?? '';
};

const erase = async ({ id }: Known, parts: ErasureParts = town.node): Promise<readonly string[]> =>
  (await eraseLearner(parts, { learner: id, ground: 'b' })).notified;

const LEADING = [IDENTIFIER_LINKED, MATCH_KEY_SEEN];
/** What is stored under identifiers, or under name and date of birth, and leads to the learner. */
const leadingTo = async (learner: string): Promise<readonly RecordedEvent[]> => {
  const events = (await town.node.store.readAll({ limit: 100_000 })).filter(({ type }) => LEADING.includes(type));
  const keys = await keysOf(town.node.vault, events);
  return events.filter((event) => openAliased(event, keys)?.learner === learner);
};

describe('a learner who is erased', () => {
  it('is nobody to those who knew them, by whatever name', async () => {
    const learner = await made();
    const { body } = await town.passport('careers', 'plan-learning', `uln:${learner.uln}`);
    expect(body.items?.length).toBeGreaterThan(0);
    await erase(learner);
    const unknown = await town.passport('careers', 'plan-learning', `uln:${newUln()}`);
    for (const ref of [`uln:${learner.uln}`, `local:${learner.localId}`, body.learner ?? '']) {
      const seen = await town.passport('careers', 'plan-learning', ref);
      expect([seen.status, seen.text]).toEqual([404, unknown.text]);
    }
  });

  it('is not led to by a ULN or a name any more, by who holds the root key and all files', async () => {
    const learner = await made();
    const pointed = await leadingTo(learner.id);
    expect(pointed.map(({ type }) => type).sort()).toEqual([IDENTIFIER_LINKED, IDENTIFIER_LINKED, MATCH_KEY_SEEN]);
    await erase(learner);
    expect(await leadingTo(learner.id)).toEqual([]);
    const clear = pointed.map(({ stream, meta }) => JSON.stringify([stream, meta])).join();
    const ofLearner = (await town.node.store.readStream(`learner-${learner.id}`)).map(({ meta }) => meta.correlation);
    for (const told of [learner.id, ...ofLearner]) expect(clear).not.toContain(told);
  });

  it('is another learner when registered again, under the same ULN and local id', async () => {
    const learner = await made();
    await erase(learner);
    await town.tell('careers', registration(learner.uln, learner.localId));
    const now = await idOf(`local:${learner.localId}`);
    expect([now === '', now === learner.id]).toEqual([false, false]);
    expect(await idOf(`uln:${learner.uln}`)).toBe(now);
  });

  it('may be erased again, and takes what was said meanwhile along', async () => {
    const learner = await made();
    await erase(learner);
    const { revision } = await town.node.streams.files.load(`learner-${learner.id}`);
    await erase(learner);
    expect((await town.node.streams.files.load(`learner-${learner.id}`)).revision).toBe(revision + 2);
  });

  it('leaves the other of two with one number alone', async () => {
    const learner = await made();
    const other = { givenName: 'Other', familyName: 'Person', dateOfBirth: '2008-08-08' };
    await town.tell('wulfrun', registration(learner.uln, 'w-1', other));
    const seen = await town.passport('wulfrun', 'plan-learning', 'local:w-1');
    await erase(learner);
    expect((await town.passport('wulfrun', 'plan-learning', `uln:${learner.uln}`)).text).toBe(
      seen.text.replace('local:w-1', `uln:${learner.uln}`),
    );
  });
});

describe('whoever was shown anything of a learner who is erased', () => {
  const answerTo = (noticeId: string): EventToSend => ({
    type: 'notice.acknowledged',
    data: { noticeId, on: '2026-10-01', action: 'deleted' },
  });
  const codeOf = async (agency: string, event: EventToSend): Promise<string> => {
    const [receipt] = await town.send(agency, event);
    return receipt?.problem?.code ?? receipt?.outcome ?? '';
  };
  const openNotices = async (agency: string): Promise<readonly NoticeShown[]> => {
    const authorization = `Bearer ${await town.tokenOf(agency)}`;
    const { projections, store } = town.node;
    await projections.waitFor(noticesView.name, await store.head(), 10_000);
    const response = await fetch(`${town.server.url}/v1/notices`, { headers: { authorization } });
    return ((await response.json()) as { readonly notices: readonly NoticeShown[] }).notices;
  };

  it('is told so, of which items, and answers by the notice alone', async () => {
    const learner = await made();
    const { body } = await town.passport('forge', 'deliver-programme', `uln:${learner.uln}`);
    expect(await erase(learner)).toContain('forge');
    const notice = (await openNotices('forge')).find(({ learner: pseudonym }) => pseudonym === body.learner);
    expect(notice).toMatchObject({
      reason: 'erasure',
      items: expect.arrayContaining((body.items ?? []).map(({ id = 'identity' }) => `${body.learner}/${id}`)),
    });
    const { noticeId = '' } = notice ?? {};
    expect(await codeOf('wulfrun', answerTo(noticeId))).toBe('no-such-learner');
    expect(await codeOf('forge', answerTo('0badcafe-0000-8000-8000-000000000001'))).toBe('no-such-learner');
    expect(await codeOf('forge', answerTo('nothing'))).toBe('no-such-learner');
    const decision = (await town.node.store.readAll({ limit: 100_000 })).find(({ type }) => type === DISCLOSURE_DECIDED);
    expect(await codeOf('forge', answerTo(decision?.id ?? ''))).toBe('no-such-learner');
    expect(await codeOf('forge', answerTo(noticeId))).toBe('accepted');
    expect((await openNotices('forge')).map((one) => one.noticeId)).not.toContain(noticeId);
  });

  it('has answered for good, also when the erasure is done again', async () => {
    const learner = await made();
    const { body } = await town.passport('forge', 'deliver-programme', `uln:${learner.uln}`);
    await erase(learner);
    const { noticeId = '' } = (await openNotices('forge')).find(({ learner: pseudonym }) => pseudonym === body.learner) ?? {};
    await town.tell('forge', answerTo(noticeId));
    expect(await erase(learner)).toContain('forge');
    expect((await openNotices('forge')).map((one) => one.noticeId)).not.toContain(noticeId);
    town.node.streams.files.drop(`learner-${learner.id}`);
    const { state } = await town.node.streams.files.load(`learner-${learner.id}`);
    expect(state.consent.notices.filter(({ recipient }) => recipient === 'forge')).toMatchObject([{ acknowledged: { action: 'deleted' } }]);
  });

  it('is shown nothing more once it has begun, and is told though it broke off', async () => {
    const learner = await made();
    await town.passport('forge', 'deliver-programme', `uln:${learner.uln}`);
    const vault = new Proxy(town.node.vault, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (name === 'destroy') return async () => Promise.reject(new Error('The process was killed.'));
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    await expect(erase(learner, { ...partsOf(town.node), vault })).rejects.toThrow('killed');
    expect((await town.passport('forge', 'deliver-programme', `uln:${learner.uln}`)).status).toBe(404);
    expect(await erase(learner)).toContain('forge');
    const told = (await town.node.store.readStream(`learner-${learner.id}`)).filter(({ type }) => type === NOTICE_ISSUED);
    expect(told.length).toBe(new Set(told.map(({ id }) => id)).size);
    expect(await leadingTo(learner.id)).toEqual([]);
  });
});

const partsOf = ({ store, vault, streams, writer, registers, clock }: BrokerNode): ErasureParts => ({
  store,
  vault,
  streams,
  writer,
  registers,
  clock,
});

describe('concordat erase', () => {
  const place = new Workplace();
  afterAll(() => place.remove());
  const run = (...words: readonly string[]) =>
    place.run(['erase', ...words], { environment: { CONCORDAT_DATA: town.data, CONCORDAT_ISSUER: 'http://town.example' } });

  it('erases beside a running broker, and says who is told', async () => {
    const learner = await made();
    const named = ['careers', `local:${learner.localId}`, '--ground', 'b'];
    await town.passport('forge', 'deliver-programme', `uln:${learner.uln}`);
    const { code, out } = await run(...named);
    expect([code, out]).toEqual([0, expect.stringContaining('Notices went to forge:')]);
    expect((await town.passport('careers', 'plan-learning', `uln:${learner.uln}`)).status).toBe(404);
    expect(await run(...named)).toMatchObject({ code: 1, err: expect.stringContaining('knows no learner by that reference') });
  });

  it('wants to be told that who takes part no more was told by hand', async () => {
    const learner = await made();
    await town.tell('careers', about(learner.uln, 'referral.made', { referralId: 'r-2', to: 'anvil', route: 'connexions' }));
    await town.passport('anvil', 'deliver-programme', `uln:${learner.uln}`);
    await town.node.agencies.suspend('anvil', 'inspection');
    const named = ['careers', `local:${learner.localId}`, '--ground', 'b'];
    expect(await run(...named)).toMatchObject({ code: 1, err: expect.stringContaining('shown to anvil, who take part no more') });
    expect((await town.passport('careers', 'plan-learning', `uln:${learner.uln}`)).status).toBe(200);
    expect((await run(...named, '--recipients-told')).code).toBe(0);
    await town.node.agencies.readmit('anvil', 'opened again');
  });

  it('asks for the ground', async () => {
    expect(await run('careers', 'uln:1', '--ground', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('--ground') });
  });
});

describe('in another process on the same files', () => {
  let second: BrokerNode;
  let server: Server;
  beforeAll(async () => {
    second = await openNode(parseConfig({ CONCORDAT_DATA: town.data, PORT: '0', CONCORDAT_ISSUER: 'http://town.example' }));
    server = await startServer(second);
  });
  afterAll(async () => {
    await server.close();
    await second.close();
  });

  const seenThere = async (ref: string): Promise<number> => {
    const headers = { authorization: `Bearer ${await town.tokenOf('careers')}`, purpose: 'plan-learning' };
    return (await fetch(`${server.url}/v1/learners/${ref}/passport`, { headers })).status;
  };

  it('memory forgets, and a registration there makes another learner', async () => {
    const learner = await made();
    expect(await seenThere(`uln:${learner.uln}`)).toBe(200);
    await erase(learner);
    expect(await seenThere(`uln:${learner.uln}`)).toBe(404);
    const jws = await town.jws('careers', town.event('careers', registration(learner.uln, learner.localId)));
    const response = await fetch(`${server.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/jose' }, body: jws });
    expect(await response.json()).toMatchObject({ receipts: [{ outcome: 'accepted' }] });
    const now = await idOf(`local:${learner.localId}`);
    expect([now === '', now === learner.id]).toEqual([false, false]);
    expect(learnerOfStream(`learner-${now}`)).toBe(now);
  });
});
