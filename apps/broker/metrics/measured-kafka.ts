// Figures of what comes in over Kafka.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Inbox, Outbox } from '#ingress';

export interface KafkaInFigures {
  /** A code of why something had to be tried again. */
  faulted(code: string): void;
}

export const measureKafkaIn = (registry: Registry, { inbox, outbox }: { readonly inbox: Pick<Inbox, 'figures'>; readonly outbox: Pick<Outbox, 'outstanding'> }): KafkaInFigures => {
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
  const faults = new Counter({
    name: 'concordat_kafka_in_faults_total',
    help: 'What had to be tried again on the way in from Kafka, by code.',
    labelNames: ['code'],
    registers,
  });
  return { faulted: (code) => faults.inc({ code }) };
};
