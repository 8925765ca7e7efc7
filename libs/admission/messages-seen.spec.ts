import { shippedCatalogue } from '#catalogue';
import type { RecordedEvent } from '#event-store';
import { rootKeyOf } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import { MessagesSeen, type MessagesInFlight } from './messages-seen.ts';

const recorded = { id: 'a', meta: {} } as RecordedEvent;
let asked: string[][];
let log: Map<string, RecordedEvent>;
let inFlight: MessagesInFlight;
const store = {
  findByIds: async (ids: readonly string[]) => {
    asked.push([...ids]);
    return new Map([...log].filter(([id]) => ids.includes(id)));
  },
};
const vault = new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 7)) });
const seen = (): MessagesSeen => new MessagesSeen({ store, vault, catalogue: shippedCatalogue() }, inFlight);
const namesOf = (of: MessagesSeen, ...ids: readonly string[]): readonly string[] => of.missing(ids).map(({ name }) => name);
beforeEach(() => {
  asked = [];
  log = new Map([['a', recorded]]);
  inFlight = new Map();
});

describe('messages that are judged together', () => {
  it('are looked up together, and found or not', async () => {
    const one = seen();
    expect(namesOf(one, 'a', 'b')).toEqual(['a', 'b']);
    await Promise.all([one.load('a'), one.load('b')]);
    expect([asked, namesOf(one, 'a', 'b'), one.find('a')?.recorded, one.find('b')?.recorded]).toEqual([
      [['a', 'b']],
      [],
      recorded,
      undefined,
    ]);
  });

  it('wait for another that holds one of their ids, and then find it', async () => {
    const [first, second] = [seen(), seen()];
    await second.load('b');
    first.hold(['b']);
    expect(namesOf(second, 'b')).toEqual(['b']);
    const loading = second.load('b');
    log.set('b', recorded);
    first.release();
    await loading;
    expect([namesOf(second, 'b'), second.find('b')?.recorded]).toEqual([[], recorded]);
  });

  it('hold nothing once another writer was first: two that name each other’s ids do not wait for ever', async () => {
    const [first, second] = [seen(), seen()];
    first.hold(['b']);
    second.hold(['c']);
    for (const one of [first, second]) one.forget();
    await Promise.all([first.load('c'), second.load('b')]);
    expect([namesOf(first, 'c'), namesOf(second, 'b')]).toEqual([[], []]);
  });
});
