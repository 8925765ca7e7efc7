import type { CloudEvent } from '#catalogue';
import type { RecordedEvent } from '#event-store';
import { KeptItems } from './kept-items.ts';

const event: CloudEvent = {
  specversion: '1.0',
  id: 'm-1',
  source: 'urn:concordat:agency:careers',
  type: 'uk.concordat.referral.made.v1',
  subject: 'local:c-1',
  time: '2026-09-01T23:30:00Z',
  data: {},
};
const stored = (revision: number, bytes = 1000): RecordedEvent => ({
  id: '0badcafe-0000-4000-8000-000000000001',
  type: event.type,
  stream: 'learner-1',
  revision,
  position: 10 + revision,
  recordedAt: 0,
  meta: { actor: 'careers', correlation: '', schema: 1 },
  payload: Buffer.alloc(bytes),
});

describe('items in the plain', () => {
  let mark: number;
  let items: KeptItems;
  beforeEach(() => {
    mark = 0;
    items = new KeptItems({ erasureMark: () => mark }, 10_000);
  });

  it('are kept with their place and their day in London', () => {
    items.keep('L1', [[stored(3), event]]);
    expect(items.of('L1', [3]).get(3)).toMatchObject({
      event: { type: event.type, time: event.time, data: {} },
      position: 13,
      day: '2026-09-02',
    });
    expect(items.of('L2', [3]).size).toBe(0);
  });

  it('need not be opened again where they were opened to be folded; what is not asked for then goes', () => {
    for (const revision of [0, 1, 2]) items.note('L1', stored(revision), event);
    expect([...items.of('L1', [2, 1]).keys()]).toEqual([2, 1]);
    expect([...items.of('L1', [0, 1, 2]).keys()]).toEqual([2, 1]);
  });

  it('need not be opened where they were recorded here, unless a key may have been destroyed since', () => {
    const recorded = { revision: 3, position: 13, event, bytes: 300, mark };
    items.noteRecorded('L1', recorded);
    items.noteRecorded('L1', { ...recorded, revision: 4, position: 14 });
    expect(items.of('L1', [4])).toEqual(items.of('L1', [3, 4]));
    expect(items.of('L1', [3]).get(3)).toMatchObject({ event: { type: event.type, data: {} }, position: 13, day: '2026-09-02' });
    mark = 1;
    items.noteRecorded('L1', recorded);
    expect(items.of('L1', [3, 4]).size).toBe(0);
  });

  it('are found by themselves where they were recorded here, and with all others where more is asked for', () => {
    items.keep('L1', [[stored(0), event]]);
    for (const revision of [1, 2]) items.noteRecorded('L1', { revision, position: 10 + revision, event, bytes: 300, mark });
    expect([...items.of('L1', [2]).keys()]).toEqual([1, 2]);
    expect([...items.of('L1', [0, 2]).keys()]).toEqual([0, 1, 2]);
    items.noteRecorded('L1', { revision: 3, position: 13, event, bytes: 300, mark });
    expect([...items.of('L1', [3]).keys()]).toEqual([3]);
    expect([...items.of('L1', [1, 3]).keys()]).toEqual([0, 1, 2, 3]);
  });

  it('are forgotten once a key may have been destroyed', () => {
    items.keep('L1', [[stored(3), event]]);
    items.note('L2', stored(3), event);
    mark = 1;
    expect([items.of('L1', [3]).size, items.of('L2', [3]).size]).toEqual([0, 0]);
  });

  it('rest packed while others are asked about, and are forgotten there too', () => {
    const many = Array.from({ length: 20 }, (_, n) => `L${n}`);
    for (const learner of many) items.keep(learner, [[stored(3), { ...event, data: { learner } }]]);
    for (const learner of many) expect(items.of(learner, [3]).get(3)).toMatchObject({ event: { data: { learner } }, position: 13 });
    items.keep('L0', [[stored(4), { ...event, data: { told: 'since' } }]]);
    for (const learner of many.slice(1)) items.of(learner, [3]);
    expect([...items.of('L0', [3, 4]).values()].map(({ event: { data } }) => data)).toEqual([{ learner: 'L0' }, { told: 'since' }]);
    mark = 1;
    expect(many.filter((learner) => items.of(learner, [3, 4]).size > 0)).toEqual([]);
  });

  it('are let go of by age, once they take more memory than they may', () => {
    // Hardly any two characters of it are alike, so that it is as long packed.
    const long = (n: number): string =>
      Array.from({ length: 60_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * (n + 7919)) % 20_000))).join('');
    for (let n = 0; n < 40; n++) items.keep(`L${n}`, [[stored(0), { ...event, data: { said: long(n) } }]]);
    expect(items.of('L0', [0]).size).toBe(0);
    expect(items.of('L39', [0]).size).toBe(1);
    items.keep('L40', [[stored(0, 20_000), event]]);
    expect(items.of('L40', [0]).size).toBe(0);
  });
});
