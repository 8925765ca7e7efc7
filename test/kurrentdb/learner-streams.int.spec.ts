// The projection that links the log into a stream a learner: run as KurrentDB runs it, and by KurrentDB itself where there is one.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { binaryEvent } from '@eventstore/db-client';
import { connected, freshStream, REAL_URL } from './server-under-test.ts';

interface Metadata {
  readonly stream?: string;
  readonly part?: readonly [n: number, of: number];
}
interface Handlers {
  $init(): unknown;
  $any(state: unknown, entry: { readonly sequenceNumber: number; readonly metadataRaw: string }): unknown;
}
/** `<stream> <revision in the log>` */
type Links = readonly string[];

const script = readFileSync(new URL('../../docker/kurrentdb/learner-streams.js', import.meta.url), 'utf8');
const logNamed = (name: string): string => script.replace("LOG = 'concordat-local'", `LOG = '${name}'`);

/** What the script asks for, with its state stored and read anew before each entry, as after a restart. */
const linksOf = (entries: readonly Metadata[]): Links => {
  const links: string[] = [];
  const of = (name: string): { when(handlers: Handlers): void } => ({
    when: ({ $init, $any }) => {
      entries.reduce((state, metadata, sequenceNumber) => {
        expect(name).toBe('concordat-local');
        return JSON.stringify($any(JSON.parse(state), { sequenceNumber, metadataRaw: JSON.stringify(metadata) }));
      }, JSON.stringify($init()));
    },
  });
  const linkTo = (stream: string, { sequenceNumber, streamId }: { sequenceNumber: number; streamId: string }): void => {
    expect(streamId).toBe('concordat-local');
    links.push(`${stream} ${sequenceNumber}`);
  };
  runInNewContext(script, { fromStream: of, linkTo });
  return links;
};

const [ada, ben] = [`learner-${randomUUID()}`, `learner-${randomUUID()}`] as const;

it('links what is about a learner, in the order of the log, and nothing else', () => {
  expect(linksOf([{}, { stream: ada }, { stream: 'link-advisers' }, { stream: ben }, { stream: ada }])).toEqual([
    ...[`concordat-${ada} 1`, `concordat-${ben} 3`, `concordat-${ada} 4`],
  ]);
});

it('links entries that go together once the last has come', () => {
  const [first, second, third] = [0, 1, 2].map((n): Metadata => ({ part: [n, 3], ...(n === 1 ? {} : { stream: ada }) })) as [
    Metadata,
    Metadata,
    Metadata,
  ];
  expect(linksOf([first, second])).toEqual([]);
  expect(linksOf([first, second, third])).toEqual([`concordat-${ada} 0`, `concordat-${ada} 2`]);
});

it.each<{ readonly between: string; readonly entries: readonly Metadata[]; readonly links: Links }>([
  {
    between: 'a single entry',
    entries: [{ part: [0, 2], stream: ada }, { stream: ben }, { part: [1, 2], stream: ada }],
    links: [`concordat-${ben} 1`],
  },
  {
    between: 'the begin of others',
    entries: [
      { part: [0, 2], stream: ada },
      { part: [0, 2], stream: ben },
      { part: [1, 2], stream: ben },
    ],
    links: [`concordat-${ben} 1`, `concordat-${ben} 2`],
  },
])('links nothing of entries between which $between came', ({ entries, links }) => {
  expect(linksOf(entries)).toEqual(links);
});

if (REAL_URL !== undefined)
  it('is run by KurrentDB itself', async () => {
    const server = await connected();
    const log = freshStream();
    const entry = (metadata: Metadata): ReturnType<typeof binaryEvent> =>
      binaryEvent({ type: 'entry', data: new Uint8Array([255]), metadata: new Uint8Array(Buffer.from(JSON.stringify(metadata))) });
    await server.client.appendToStream(log, [entry({ stream: ada }), entry({ stream: ben }), entry({ part: [0, 1], stream: ada })]);
    await server.client.createProjection(log, logNamed(log), { emitEnabled: true });
    const found: (bigint | undefined)[] = [];
    for await (const { event } of server.client.subscribeToStream(`concordat-${ada}`, { resolveLinkTos: true })) {
      if (found.push(event?.revision) === 2) break;
    }
    expect(found).toEqual([0n, 2n]);
    await server.client.disableProjection(log);
    await server.close();
  });
