// What comes in over Kafka: consumer, inbox, outbox and the sender of receipts, put together (ADR 0012).
import { UseCasesModule } from '#bus/nest';
import {
  type Chunk,
  Inbox,
  inboxHandlers,
  MessageReader,
  type OpenPartition,
  Outbox,
  ReceiptsSender,
  RECORDING_CHUNKS,
  type RecordParts,
  TakeInChunk,
  within,
} from '#ingress';
import { KafkaReceipts, KafkaSource, RECEIPTS_RETRY, ServedTopics, type Trouble } from '#ingress/kafka';
import { connectKafka, kafkaCodeOf, type KafkaSettings } from '#kafka';
import { KafkaNodes } from '#kafka-wire';
import { aroundUseCases } from './around-use-cases.ts';
import type { BrokerConfig } from './config.ts';
import type { Reason } from './health/readiness.ts';
import { topicTermsOf } from './kafka-settings.ts';
import { measureKafkaIn } from './metrics/measured-kafka.ts';
import type { BrokerNode } from './node.ts';
import { type OpenUseCases, openUseCases } from './open-use-cases.ts';

export interface KafkaIn {
  /** Messages are taken, and receipts can be sent. */
  readonly isReady: boolean;
  /** Takes no more messages, finishes those under way and sends their receipts, as far as that takes a few seconds. */
  close(): Promise<void>;
}

/** As in receipts, figures and the quarantine. */
const CHANNEL = 'kafka';
/** The longest that is waited for when the broker stops, less than ten seconds together. Whoever starts next does what is left. */
const CHUNKS_MS = 4000;
const LAST_RECEIPTS_MS = 4000;
const LEAVING_MS = 1500;

/** A cluster that has just started does not know its coordinators yet. */
const CONSUMING_RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 8 };

interface Parts {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly source: KafkaSource;
  readonly sender: ReceiptsSender;
  readonly opened: Promise<OpenUseCases>;
}

type Names = Pick<
  BrokerNode,
  'store' | 'vault' | 'admission' | 'verifier' | 'agencies' | 'signer' | 'clock' | 'metrics' | 'readiness' | 'feedBacklog'
> & {
  readonly config: BrokerConfig;
};

/** Begins at once, whether Kafka is there or not. `say`: where the operator is told what nobody asked for. */
export const startKafkaIn = (node: Names, settings: KafkaSettings, say: (line: string) => void = () => undefined): KafkaIn => {
  const [consuming, sending, preparing] = [new AbortController(), new AbortController(), new AbortController()];
  const parts = partsOf({ ...node, say }, settings, preparing.signal);
  const { inbox, outbox, source, sender, opened } = parts;
  const consumed = source.run(consuming.signal);
  const sent = sender.run(sending.signal);
  node.readiness.add(() => reasonsOf(parts));
  node.readiness.warn(() => warningsOf(source));
  return {
    get isReady() {
      return reasonsOf(parts).length === 0;
    },
    close: async () => {
      consuming.abort();
      await within(CHUNKS_MS, Promise.all([inbox.stop(), consumed]));
      await outbox.empty(AbortSignal.timeout(LAST_RECEIPTS_MS));
      sending.abort();
      preparing.abort();
      await within(LEAVING_MS, sent);
      await outbox.sweep().catch(() => undefined);
      await opened.then(({ close }) => close()).catch(() => undefined);
    },
  };
};

const partsOf = (node: Names & { readonly say: (line: string) => void }, settings: KafkaSettings, preparing: AbortSignal): Parts => {
  const { store, vault, admission, verifier, agencies, signer, clock, metrics } = node;
  const { topicPrefix } = settings;
  const faulted = (cause: unknown): void => figures.faulted(kafkaCodeOf(cause));
  const kafka = connectKafka(settings, { retry: CONSUMING_RETRY });
  const sending = connectKafka(settings, { retry: RECEIPTS_RETRY });
  const madeAnew = ({ agency, topic, partition }: OpenPartition): void => {
    figures.madeAnew(agency);
    node.say(`Topic ${topic} was deleted and made anew since it was last read: partition ${partition} is read from its start.`);
  };
  const outbox = new Outbox({ store, vault, admission, signer, observer: metrics, channel: CHANNEL, stalled: faulted }, preparing);
  const reader = new MessageReader({ verifier, agencies, clock, channel: CHANNEL });
  const opened = openHandlers({ admission, outbox, observer: metrics, channel: CHANNEL }, metrics);
  const record = async (chunk: Chunk): Promise<string> => (await opened).useCases.run(new TakeInChunk(chunk), CHANNEL);
  const givesWay = (signal: AbortSignal): Promise<void> => node.feedBacklog.giveWay(signal);
  const inbox = new Inbox({ store, outbox, reader, record, stalled: faulted, madeAnew, givesWay });
  const make = topicTermsOf(node.config);
  const nodes = new KafkaNodes(kafka);
  const topics = new ServedTopics({ kafka, nodes, agencies, topicPrefix, failed: faulted, ...(make === undefined ? {} : { make }) });
  const source = new KafkaSource({
    kafka,
    nodes,
    topicPrefix,
    topics,
    taker: inbox,
    sessionTimeout: node.config.kafkaSessionTimeout,
    failed: faulted,
  });
  inbox.from(source);
  const sender = new ReceiptsSender(outbox, new KafkaReceipts({ kafka: sending, topicPrefix }), { sendingFailed: faulted });
  const figures = measureKafkaIn(metrics.registry, { inbox, outbox, source });
  return { inbox, outbox, source, sender, opened };
};

/** A chunk that comes before they are open waits for them; where they cannot be opened, none is taken in, and that is told. */
const openHandlers = (parts: RecordParts, metrics: BrokerNode['metrics']): Promise<OpenUseCases> => {
  const opened = openUseCases(
    UseCasesModule.with(aroundUseCases(metrics), [...inboxHandlers, { provide: RECORDING_CHUNKS, useValue: parts }]),
  );
  opened.catch(() => undefined); // whoever records a chunk is told
  return opened;
};

const reasonsOf = ({ source, sender }: Parts): readonly Reason[] => [
  ...(source.isConsuming ? [] : [{ check: 'kafka' as const, says: 'Kafka cannot be read: messages wait there.' }]),
  ...(sender.failing ? [{ check: 'kafka' as const, says: 'Receipts cannot be sent to Kafka: they wait here.' }] : []),
];

const warningsOf = ({ troubles, missing }: Pick<KafkaSource, 'troubles' | 'missing'>): readonly Reason[] => [
  ...missing.map((agency) => ({
    check: 'kafka' as const,
    says: `The in or receipts topic of ${agency} is missing or has no leader: nothing is taken from it, all others go on.`,
  })),
  ...troubles.map(warningOf),
];

const warningOf = ({ agency, partition, code }: Trouble): Reason => ({
  check: 'kafka',
  says: `Partition ${partition} of the in topic of ${agency} cannot be read (${code}): its messages wait there, all others go on.`,
});
