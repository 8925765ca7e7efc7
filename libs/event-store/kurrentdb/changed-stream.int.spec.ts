// A stream that is not what it was: truncated, restored older, rewritten, or written to by somebody else. Nothing is appended to it.
import { DatabaseSync } from 'node:sqlite';
import { KurrentServer } from '../../../test/kurrentdb/kurrent-server.ts';
import { eventOf, eventsOf, everything, outcomeOf, write } from '../contract/log-under-test.ts';
import { KurrentNodes } from '../fixtures/index.ts';
import { SqliteEventStore, SqliteReplica } from '../sqlite/index.ts';
import { KurrentEventStore } from './index.ts';

let server: KurrentServer;
let nodes: KurrentNodes;
beforeEach(async () => {
  server = await KurrentServer.start();
  nodes = new KurrentNodes(server.url);
});
afterEach(async () => {
  await nodes.discard();
  await server.stop();
});

/** Revision 0 begins the log; event n stands at revision n. */
const filled = async (events = 20): Promise<KurrentEventStore> => {
  const store = await nodes.open();
  for (let n = 1; n <= events; n++) await store.append([write(`s${n % 3}`, 'any', eventOf(n))]);
  return store;
};

const alien = { type: 'word-said', json: true, data: Buffer.from('{}'), metadata: Buffer.from('{}') };
const faults: readonly (readonly [string, (stream: string) => void, RegExp])[] = [
  ['restored older', (stream) => server.faults.truncate(stream, 15), /ends at revision 14.*followed it to revision 20.*older copy/],
  ['gone', (stream) => server.faults.truncate(stream, 0), /is not on the server|is gone/],
  ['truncated at its beginning', (stream) => server.faults.remove(stream, 0), /was truncated before revision 1/],
  [
    'changed at its end',
    (stream) => server.faults.change(stream, 20, { metadata: Buffer.from('{}') }),
    /Revision 20 .*event of somebody else/,
  ],
  [
    'changed in the content of its end',
    (stream) => server.faults.change(stream, 20, { data: Buffer.from('{"n":7}') }),
    /not what was recorded/,
  ],
  ['another one, by the id of its end', (stream) => server.faults.change(stream, 20, alien), /somebody else/],
  ['followed by somebody else’s event', (stream) => server.faults.insert(stream, 20, alien), /Revision 20 .*somebody else/],
];

describe('a stream that was', () => {
  it.each(faults)('%s, is not opened, and it is said why', async (_, change, says) => {
    await (await filled()).close();
    change(nodes.stream);
    await expect(nodes.open()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringMatching(says) });
  });

  it.each(faults.filter(([what]) => !what.includes('beginning')))(
    '%s while it is open, is not appended to; reads go on',
    async (_, change) => {
      const store = await filled();
      change(nodes.stream);
      const outcomes = new Set<string>();
      for (let n = 0; n < 3; n++) outcomes.add(await outcomeOf(store.append([write('a', 'any', eventOf(100 + n))])));
      expect(outcomes).toEqual(new Set(['corrupt']));
      await expect(store.probe()).rejects.toMatchObject({ code: 'corrupt' });
      expect(await everything(store)).toEqual(eventsOf(1, 20).map((_event, n) => n + 1));
    },
  );

  it('changed somewhere in between, is found by the whole comparison', async () => {
    const store = await filled(60);
    server.faults.change(nodes.stream, 31, { data: Buffer.from('{"n":7}') });
    await expect(store.integrity()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('Revision 31') });
  });

  it('restored older and written to by a node that did not know, is not followed', async () => {
    const store = await filled();
    server.faults.truncate(nodes.stream, 15);
    const other = await nodes.open('there');
    for (let n = 0; n < 10; n++) await other.append([write('a', 'any', eventOf(100 + n))]);
    expect(await outcomeOf(store.append([write('a', 'any', eventOf(200))]))).toBe('corrupt');
    await expect(store.probe()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('another history') });
    await store.close();
    await expect(nodes.open()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('another history') });
  });
});

describe('a replica', () => {
  it('that is missing, or older, catches up', async () => {
    const store = await filled();
    await (await nodes.open('there')).close();
    await store.append([write('b', 'any', ...eventsOf(30, 35))], [{ name: 'in', value: '7' }]);
    for (const node of ['there', 'anew']) {
      const other = await nodes.open(node);
      expect([await everything(other), await other.bookmarks('')]).toEqual([await everything(store), await store.bookmarks('')]);
      expect(other.mark()).toEqual(store.mark());
      expect((await other.integrity()).root).toEqual((await store.integrity()).root);
    }
  });

  it('that was changed by itself, is not opened', async () => {
    await (await filled()).close();
    const disk = new DatabaseSync(nodes.file());
    disk.exec("UPDATE followed SET id = '00000000-0000-4000-8000-000000000000'");
    disk.close();
    await expect(nodes.open()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('another history') });
  });

  it('of another stream’s log is not opened', async () => {
    await (await filled()).close();
    const others = new KurrentNodes(server.url);
    await (await others.open()).close();
    const opening = KurrentEventStore.open({ file: nodes.file(), url: server.url, stream: others.stream });
    await expect(opening).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`replica of the stream ${nodes.stream}`),
    });
    await others.discard();
  });

  it('is not opened as a log of its own, nor such a log as a replica', async () => {
    await (await filled()).close();
    expect(() => SqliteEventStore.open({ file: nodes.file() })).toThrow(/set CONCORDAT_STORE=kurrentdb/);
    await SqliteEventStore.open({ file: nodes.file('own') }).close();
    await expect(nodes.open('own')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/no replica.*CONCORDAT_STORE=sqlite/),
    });
  });

  it('that cannot take what was stored, tells that it is uncertain, and holds it once it can', async () => {
    const store = await filled(3);
    const saboteur = new DatabaseSync(nodes.file());
    saboteur.exec("CREATE TRIGGER fault AFTER INSERT ON blocks BEGIN SELECT RAISE(ABORT, 'no more'); END");
    const again = [write('a', 'any' as const, eventOf(50))];
    expect(await outcomeOf(store.append(again))).toBe('uncertain');
    await expect(store.probe()).rejects.toMatchObject({ code: 'unavailable' });
    saboteur.exec('DROP TRIGGER fault');
    saboteur.close();
    await store.probe();
    expect(await outcomeOf(store.append(again))).toBe('repeated');
    expect(await everything(store)).toEqual([1, 2, 3, 50]);
  });

  it('looked into is left as it is', () => {
    expect(SqliteReplica.lookInto(nodes.file())).toBe('nothing');
  });
});

describe('a stream of something else', () => {
  it('is not taken for a log', async () => {
    const store = await filled(1);
    server.faults.change(nodes.stream, 0, alien);
    await store.close();
    nodes.loseReplica();
    await expect(nodes.open()).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringMatching(/somebody else|CONCORDAT_LOG_STREAM/),
    });
  });
});
