import type { RecordedEvent } from '#event-store';
import { IDENTIFIER_LINKED, learnerOfStream, MATCH_KEY_SEEN, openAliased } from '#learner-file';
import { eraseLearner } from '#rights';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { registration, Town, ulnOf } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open();
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

const erase = async ({ id }: Known, { store, vault, streams }: BrokerNode = town.node): Promise<void> =>
  eraseLearner({ store, vault, streams }, { learner: id, ground: 'b' });

const LEADING = [IDENTIFIER_LINKED, MATCH_KEY_SEEN];
/** What is stored under identifiers, or under name and date of birth. */
const leading = async (): Promise<readonly RecordedEvent[]> =>
  (await town.node.store.readAll({ limit: 100_000 })).filter(({ type }) => LEADING.includes(type));

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
    const before = await leading();
    const pointed = before.filter((event) => openAliased(event, town.node.vault)?.learner === learner.id);
    expect(pointed.map(({ type }) => type).sort()).toEqual([IDENTIFIER_LINKED, IDENTIFIER_LINKED, MATCH_KEY_SEEN]);
    await erase(learner);
    expect((await leading()).filter((event) => openAliased(event, town.node.vault)?.learner === learner.id)).toEqual([]);
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
    expect((await town.node.streams.files.load(`learner-${learner.id}`)).revision).toBe(revision + 1);
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

describe('concordat erase', () => {
  const place = new Workplace();
  afterAll(() => place.remove());
  const run = (...words: readonly string[]) =>
    place.run(['erase', ...words], { environment: { CONCORDAT_DATA: town.data, CONCORDAT_ISSUER: 'http://town.example' } });

  it('erases beside a running broker, once those who were shown anything have been told', async () => {
    const learner = await made();
    await town.tell('forge', registration(learner.uln, 'f-1'), {
      type: 'referral.accepted',
      subject: `uln:${learner.uln}`,
      data: { referralId: 'r-1' },
    });
    await town.passport('forge', 'plan-learning', 'local:f-1');
    const named = ['careers', `local:${learner.localId}`, '--ground', 'b'];
    const first = await run(...named);
    expect([first.code, first.err]).toEqual([1, expect.stringContaining('shown to careers, forge:')]);
    expect((await town.passport('careers', 'plan-learning', `uln:${learner.uln}`)).status).toBe(200);
    expect((await run(...named, '--recipients-told')).code).toBe(0);
    expect((await town.passport('careers', 'plan-learning', `uln:${learner.uln}`)).status).toBe(404);
    expect(await run(...named)).toMatchObject({ code: 1, err: expect.stringContaining('knows no learner by that reference') });
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
