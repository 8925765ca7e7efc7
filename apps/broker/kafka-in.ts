// What comes in over Kafka: consumer, inbox, outbox and the sender of receipts, put together (ADR 0012).
import { Inbox, MessageReader, Outbox, ReceiptsSender, within } from '#ingress';
import { KafkaReceipts, KafkaSource, RECEIPTS_RETRY, ServedTopics } from '#ingress/kafka';
import { connectKafka, kafkaCodeOf, type KafkaSettings } from '#kafka';
import type { BrokerConfig } from './config.ts';
import type { Reason } from './health/readiness.ts';
import { topicTermsOf } from './kafka-settings.ts';
import { measureKafkaIn } from './metrics/measured-kafka.ts';
import type { BrokerNode } from './node.ts';

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
}

type Names = Pick<BrokerNode, 'store' | 'vault' | 'admission' | 'verifier' | 'agencies' | 'signer' | 'clock' | 'metrics' | 'readiness'> & { readonly config: BrokerConfig };

/** Begins at once, whether Kafka is there or not. */
export const startKafkaIn = (node: Names, settings: KafkaSettings): KafkaIn => {
  const [consuming, sending, preparing] = [new AbortController(), new AbortController(), new AbortController()];
  const parts = partsOf(node, settings, preparing.signal);
  const { inbox, outbox, source, sender } = parts;
  const consumed = source.run(consuming.signal);
  const sent = sender.run(sending.signal);
  node.readiness.add(() => reasonsOf(parts));
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
    },
  };
};

const partsOf = (node: Names, settings: KafkaSettings, preparing: AbortSignal): Parts => {
  const { store, vault, admission, verifier, agencies, signer, clock, metrics } = node;
  const { topicPrefix } = settings;
  const faulted = (cause: unknown): void => figures.faulted(kafkaCodeOf(cause));
  const kafka = connectKafka(settings, { retry: CONSUMING_RETRY });
  const sending = connectKafka(settings, { retry: RECEIPTS_RETRY });
  const outbox = new Outbox({ store, vault, admission, signer, observer: metrics, channel: CHANNEL }, preparing);
  const reader = new MessageReader({ verifier, agencies, clock, channel: CHANNEL });
  const inbox = new Inbox({ store, admission, outbox, reader, observer: metrics, channel: CHANNEL, stalled: faulted });
  const make = topicTermsOf(node.config);
  const topics = new ServedTopics({ kafka, agencies, topicPrefix, ...(make === undefined ? {} : { make }) });
  const source = new KafkaSource({ kafka, topicPrefix, topics, taker: inbox, sessionTimeout: node.config.kafkaSessionTimeout, failed: faulted });
  inbox.from(source);
  const sender = new ReceiptsSender(outbox, new KafkaReceipts({ kafka: sending, topicPrefix }), { sendingFailed: faulted });
  const figures = measureKafkaIn(metrics.registry, { inbox, outbox });
  return { inbox, outbox, source, sender };
};

const reasonsOf = ({ source, sender }: Parts): readonly Reason[] => [
  ...(source.isConsuming ? [] : [{ check: 'kafka' as const, says: 'Kafka cannot be read: messages wait there.' }]),
  ...(sender.failing ? [{ check: 'kafka' as const, says: 'Receipts cannot be sent to Kafka: they wait here.' }] : []),
];
