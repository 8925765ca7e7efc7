// Figures that are looked up when they are asked for.
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { ConsumerHealth, EventStore, TailHealth } from '#event-store';
import type { Intake } from '#ingress';
import type { ProjectionHealth, ViewHealth } from '#read-models';
import type { Quarantine } from '#quarantine';

export interface MeasuredParts {
  readonly intake: Pick<Intake, 'inFlight'>;
  readonly quarantine: Pick<Quarantine, 'count' | 'letGo' | 'size'>;
  readonly store: Pick<EventStore, 'head'>;
  readonly tail: { health(): Promise<TailHealth> };
  /** Absent where the node keeps no views. */
  readonly views?: { health(): Promise<ProjectionHealth> };
}

let ofProcess: Registry | undefined;

/** Figures of the process, measured from the first call on. They are one for all nodes of a process, as their observers are. */
export const processFigures = (): Registry => {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
};

/** Adds the gauges of a node. What cannot be looked up is left out of the answer. */
export const measureParts = (registry: Registry, { intake, quarantine, store, tail, views }: MeasuredParts): void => {
  const registers = [registry];
  new Gauge({
    name: 'concordat_messages_in_flight',
    help: 'Messages being judged.',
    registers,
    collect() {
      this.set(intake.inFlight);
    },
  });
  measureQuarantine(registry, quarantine);
  new Gauge({
    name: 'concordat_log_position',
    help: 'Position of the last event of the log.',
    registers,
    async collect() {
      await setOrRemove(this, () => store.head());
    },
  });
  measureTail(registry, tail);
  if (views) measureViews(registry, views);
};

const measureTail = (registry: Registry, tail: MeasuredParts['tail']): void => {
  const figure = (name: string, help: string, value: (consumer: ConsumerHealth) => number): void =>
    gaugeFor(registry, { name, help, label: 'consumer' }, async () =>
      (await tail.health()).consumers.map((consumer) => [consumer.name, value(consumer)]),
    );
  figure('concordat_consumer_lag_events', 'Events of the log that somebody who follows it has not passed yet.', ({ lag }) => lag);
  figure('concordat_consumer_failing', '1 where somebody who follows the log cannot go on, and tries again.', ({ trouble }) =>
    trouble ? 1 : 0,
  );
};

const measureQuarantine = (registry: Registry, quarantine: MeasuredParts['quarantine']): void => {
  const registers = [registry];
  new Gauge({
    name: 'concordat_quarantine_waiting',
    help: 'Entries of the quarantine that nobody has settled.',
    registers,
    async collect() {
      await setOrRemove(this, () => quarantine.count('waiting'));
    },
  });
  new Gauge({
    name: 'concordat_quarantine_bytes',
    help: 'Bytes that the quarantine takes on disk.',
    registers,
    async collect() {
      await setOrRemove(this, () => quarantine.size());
    },
  });
  new Counter({
    name: 'concordat_quarantine_let_go_total',
    help: 'What was refused and is not kept any more, or was not taken in, by reason and the agency that signed it; without agency: nobody can be held to it.',
    labelNames: ['agency', 'why'],
    registers,
    async collect() {
      const letGo = await quarantine.letGo().catch(() => []);
      this.reset(); // after the wait: whoever asks beside it counts none twice
      for (const { agency = '', why, entries } of letGo) this.inc({ agency, why }, entries);
    },
  });
};

const measureViews = (registry: Registry, views: NonNullable<MeasuredParts['views']>): void => {
  const figure = (name: string, help: string, value: (view: ViewHealth) => number): void =>
    gaugeFor(registry, { name, help, label: 'view' }, async () => (await views.health()).views.map((view) => [view.view, value(view)]));
  figure('concordat_view_lag_events', 'Events of the log that a view has not taken in yet.', ({ lag }) => lag);
  figure('concordat_view_stopped', '1 where a view has stopped at an event that it cannot take in.', ({ failure }) => (failure ? 1 : 0));
};

interface Labelled {
  readonly name: string;
  readonly help: string;
  readonly label: string;
}

/** Each looks for itself: the registry asks them side by side. */
const gaugeFor = (
  registry: Registry,
  { name, help, label }: Labelled,
  look: () => Promise<readonly (readonly [string, number])[]>,
): void => {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [about, value] of await look().catch(() => [])) this.set({ [label]: about }, value);
    },
  });
};

const setOrRemove = async (gauge: Gauge, look: () => Promise<number>): Promise<void> => {
  try {
    gauge.set(await look());
  } catch {
    gauge.remove();
  }
};
