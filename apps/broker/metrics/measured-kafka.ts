// Figures of what comes in over Kafka.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Inbox, Outbox } from '#ingress';
import type { KafkaSource } from '#ingress/kafka';

export interface KafkaInFigures {
  /** A code of why something had to be tried again. */
  faulted(code: string): void;
  /** An agency's topic is another one than that which was read before. */
  madeAnew(agency: string): void;
}

export interface KafkaInMeasured {
  readonly inbox: Pick<Inbox, 'figures'>;
  readonly outbox: Pick<Outbox, 'outstanding'>;
  readonly source: Pick<KafkaSource, 'troubles'>;
}

export const measureKafkaIn = (registry: Registry, { inbox, outbox, source }: KafkaInMeasured): KafkaInFigures => {
  const registers = [registry];
  new Gauge({
    name: 'concordat_kafka_in_lag_messages',
    help: 'Messages in the partitions that this broker reads and has not recorded yet, by the agency that sent them.',
    labelNames: ['agency'],
    registers,
    collect() {
      this.reset();
      for (const [agency, lag] of inbox.figures().lag) this.set({ agency }, lag);
    },
  });
  new Gauge({
    name: 'concordat_kafka_in_flight_messages',
    help: 'Messages from Kafka that are in memory and not recorded yet.',
    registers,
    collect() {
      this.set(inbox.figures().inFlight);
    },
  });
  new Gauge({
    name: 'concordat_kafka_receipts_outstanding',
    help: 'Receipts of recorded events that have not been sent over Kafka yet.',
    registers,
    collect() {
      this.set(outbox.outstanding);
    },
  });
  new Gauge({
    name: 'concordat_kafka_in_partitions_unreadable',
    help: 'Partitions of in topics that cannot be read now though they were tried several times, by agency and code.',
    labelNames: ['agency', 'code'],
    registers,
    collect() {
      this.reset();
      for (const { agency, code } of source.troubles) this.inc({ agency, code });
    },
  });
  const anew = new Counter({
    name: 'concordat_kafka_in_topics_made_anew_total',
    help: 'Partitions that were begun at their start since their topic was deleted and made anew, by agency.',
    labelNames: ['agency'],
    registers,
  });
  const faults = new Counter({
    name: 'concordat_kafka_in_faults_total',
    help: 'What had to be tried again on the way in from Kafka, by code.',
    labelNames: ['code'],
    registers,
  });
  return { faulted: (code) => faults.inc({ code }), madeAnew: (agency) => anew.inc({ agency }) };
};
