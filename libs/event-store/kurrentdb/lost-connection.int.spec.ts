// Connections that are lost without a word, as where a firewall forgets them or a machine on the way is replaced: they stay open, nothing
// passes on them, and only new ones are of use.
import { HeldWay } from '../../../test/kurrentdb/held-way.ts';
import { KurrentServer } from '../../../test/kurrentdb/kurrent-server.ts';
import { eventOf, everything, idOf, outcomeOf, write } from '../contract/log-under-test.ts';
import { KurrentNodes } from '../fixtures/index.ts';
import type { KurrentEventStore } from './index.ts';

/** Far less than the client takes by itself to find a connection dead: twenty seconds. */
const PATIENCE = { answer: 300, away: 3000, settling: 3000 };

let server: KurrentServer;
let way: HeldWay;
let nodes: KurrentNodes;
let store: KurrentEventStore;
beforeEach(async () => {
  server = await KurrentServer.start();
  way = await HeldWay.to(server.url);
  nodes = new KurrentNodes(way.url);
  store = await nodes.open('here', { patience: PATIENCE });
  await store.append([write('a', 'any', eventOf(1))]);
});
afterEach(async () => {
  await nodes.discard();
  await way.close();
  await server.stop();
});

describe('once the connections are lost', () => {
  it.each<readonly [how: string, lose: (way: HeldWay) => void]>([
    ['nothing passes on them', (lossy) => lossy.loseConnections()],
    ['nothing that the server says arrives', (lossy) => lossy.loseAnswers()],
    ['the server ends its half of them', (lossy) => lossy.endAnswers()],
  ])('since %s, an append is stored over a new one, once', async (_, lose) => {
    way.delayConnecting(50);
    for (const n of [2, 3, 4]) {
      lose(way);
      expect(await outcomeOf(store.append([write('a', 'any', eventOf(n))]))).toBe('stored');
    }
    expect(await everything(store)).toEqual([1, 2, 3, 4]);
    expect((await store.integrity()).size).toBe(4);
  });

  it('appends that are asked for while the server is looked for are stored as soon as it is found', async () => {
    way.loseConnections();
    await expect(store.probe()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await outcomeOf(store.append([write('a', 'any', eventOf(2))]))).toBe('stored');
  });

  it('the first look finds no server, and the next one does', async () => {
    way.loseConnections();
    await expect(store.probe()).rejects.toMatchObject({ code: 'unavailable' });
    await store.probe();
  });

  it('what others append is followed again from the next look on', async () => {
    const elsewhere = new KurrentNodes(server.url, nodes.stream);
    const other = await elsewhere.open('there');
    const reading = store.subscribe({ after: 2, signal: AbortSignal.timeout(15_000) })[Symbol.asyncIterator]();
    way.loseConnections();
    await store.probe().catch(() => undefined);
    await other.append([write('b', 'any', eventOf(2))]);
    await store.probe();
    await other.append([write('b', 'any', eventOf(3))]);
    expect((await reading.next()).value).toMatchObject([{ id: idOf(3), position: 3 }]);
    await elsewhere.discard();
  });
});
