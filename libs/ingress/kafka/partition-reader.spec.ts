// What the reader does about partitions that cannot be read, or have no room: nodes that fail on cue stand in for Kafka.
import type { Asked, Fetched, KafkaNodes } from '#kafka-wire';
import { batch } from '#kafka-wire/fixtures';
import type { InboxBatch, OpenPartition } from '../inbox/index.ts';
import { PartitionReader, type PartitionReaderParts } from './partition-reader.ts';

const A = { topic: 'concordat.in.a', partition: 0 };
const B = { topic: 'concordat.in.b', partition: 0 };
const NODE = 1;
const AUTHORIZATION_FAILED = 29;
const corrupt = (first: number): Buffer => {
  const bytes = batch({ first });
  bytes.writeUInt8(0xff, bytes.length - 1);
  return bytes;
};
const answer = ({ topicId, partition }: Asked, records: Buffer, more: Partial<Fetched> = {}): Fetched => ({
  topicId,
  partition,
  fault: 0,
  end: 3,
  aborted: [],
  records,
  ...more,
});

type Nodes = PartitionReaderParts['nodes'];

class FakeNodes implements Nodes {
  ids = new Map([
    [A.topic, 'id-a'],
    [B.topic, 'id-b'],
  ]);
  readonly asked: Asked[] = [];
  readonly #answer: (asked: Asked) => Fetched;

  constructor(answering: (asked: Asked) => Fetched) {
    this.#answer = answering;
  }

  topics: KafkaNodes['topics'] = async () =>
    new Map([...this.ids].map(([name, id]) => [name, { name, id, partitions: [{ partition: 0, leader: NODE }] }]));

  fetch: KafkaNodes['fetch'] = async (_node, asked) => {
    this.asked.push(...asked);
    await new Promise((resolve) => setImmediate(resolve));
    return asked.map(this.#answer);
  };

  earliest = async (): Promise<number> => 2;

  close = async (): Promise<void> => undefined;
}

interface Reading {
  readonly reader: PartitionReader;
  readonly nodes: FakeNodes;
  readonly taken: InboxBatch[];
  readonly begun: OpenPartition[];
  /** Resolves when so many batches were taken of a topic. */
  came(topic: string, count: number): Promise<void>;
  end(): Promise<void>;
}

const read = (answering: (asked: Asked) => Fetched, take: (batch: InboxBatch) => Promise<undefined> = async () => undefined): Reading => {
  const [taken, begun]: [InboxBatch[], OpenPartition[]] = [[], []];
  const [nodes, over] = [new FakeNodes(answering), new AbortController()];
  let wake = (): void => undefined;
  const taker = {
    assigned: () => undefined,
    recorded: () => [],
    begin: async (partition: OpenPartition) => (begun.push(partition), 0),
    take: async (one: InboxBatch) => {
      taken.push(one);
      wake();
      return take(one);
    },
  };
  const reader = new PartitionReader({ nodes, topicPrefix: 'concordat', taker, failed: () => undefined });
  const running = reader.run(over.signal);
  reader.assign([A, B]);
  const came = async (topic: string, count: number): Promise<void> => {
    while (taken.filter((one) => one.topic === topic).length < count) await new Promise<void>((resolve) => void (wake = resolve));
  };
  return { reader, nodes, taken, begun, came, end: async () => (over.abort(), running) };
};

const next = (asked: Asked): Fetched => answer(asked, batch({ first: asked.offset }), { end: asked.offset + 1 });

describe('a partition that cannot be read', () => {
  it('is tried three times, then what it holds is put aside with its offset, and it goes on; others do not wait', async () => {
    const reading = read((asked) => (asked.topicId === 'id-a' && asked.offset === 0 ? answer(asked, corrupt(0)) : next(asked)));
    await reading.came(A.topic, 2);
    await reading.end();
    const [aside, after] = reading.taken.filter(({ topic }) => topic === A.topic);
    expect(aside).toMatchObject({
      first: 0,
      last: 0,
      messages: [{ offset: 0, aside: { code: 'corrupt', says: expect.stringContaining('Offsets 0 to 0') as string } }],
    });
    expect(after).toMatchObject({ first: 1, messages: [{ offset: 1 }] });
    expect(reading.nodes.asked.filter(({ topicId, offset }) => topicId === 'id-a' && offset === 0)).toHaveLength(3);
    expect(reading.taken.indexOf(aside as InboxBatch)).toBeGreaterThan(3);
  });

  it('is told as being in trouble after three faults, by agency and code, until it is read', async () => {
    let faults = 3;
    const told: string[] = [];
    const reading = read((asked) => {
      if (asked.topicId === 'id-b') return next(asked);
      told.push(reading.reader.troubles.map(({ agency, code }) => `${agency} ${code}`).join());
      return faults-- > 0 ? answer(asked, Buffer.alloc(0), { fault: AUTHORIZATION_FAILED }) : next(asked);
    });
    await reading.came(A.topic, 2);
    await reading.end();
    expect(told.slice(0, 4)).toEqual(['', '', '', 'a TOPIC_AUTHORIZATION_FAILED']);
    expect(reading.reader.troubles).toEqual([]);
  });

  it('goes on with what is there where records were deleted unread, which is noted', async () => {
    const reading = read((asked) =>
      asked.topicId === 'id-a' && asked.offset === 0 ? answer(asked, Buffer.alloc(0), { fault: 1 }) : next(asked),
    );
    await reading.came(A.topic, 2);
    await reading.end();
    const [noted, after] = reading.taken.filter(({ topic }) => topic === A.topic);
    expect(noted).toMatchObject({ first: 0, last: 1, messages: [{ offset: 1, value: null, aside: { code: 'deleted-unread' } }] });
    expect(after).toMatchObject({ first: 2 });
  });
});

it('a partition without room holds up no other', async () => {
  const never = new Promise<undefined>(() => undefined);
  const over = Promise.withResolvers<undefined>();
  const reading = read(next, async ({ topic }) => (topic === A.topic ? Promise.race([never, over.promise]) : undefined));
  await reading.came(B.topic, 20);
  expect(reading.taken.filter(({ topic }) => topic === A.topic)).toHaveLength(1);
  over.resolve(undefined);
  await reading.end();
});

it('a topic with another id is begun anew', async () => {
  const reading = read(next);
  await reading.came(A.topic, 1);
  reading.nodes.ids = new Map([
    [A.topic, 'id-a-2'],
    [B.topic, 'id-b'],
  ]);
  reading.reader.assign([A, B]);
  while (reading.begun.length < 3) await new Promise((resolve) => setImmediate(resolve));
  await reading.end();
  expect(reading.begun.map(({ topic, topicId }) => `${topic} ${topicId}`).sort()).toEqual([
    `${A.topic} id-a`,
    `${A.topic} id-a-2`,
    `${B.topic} id-b`,
  ]);
});
