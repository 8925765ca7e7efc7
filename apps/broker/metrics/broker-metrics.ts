// Figures of a broker for Prometheus. Labels are codes, templates and slugs of registered agencies: never a path, an id or a name.
import { Counter, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { Receipt } from '#admission';
import type { UseCaseEnd } from '#bus/nest';
import type { Disclosure } from '#disclosure';
import type { IntakeObserver } from '#ingress';
import type { AgencySlug } from '#kernel';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface Answered {
  readonly method: string;
  /** The template of the route, such as `/v1/learners/:ref/passport`; absent where none fits. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

export class BrokerMetrics implements IntakeObserver {
  readonly registry = new Registry();

  readonly #events = new Counter({
    name: 'concordat_events_total',
    help: 'Events judged, by the agency that signed them, channel, outcome of the receipt and problem code.',
    labelNames: ['agency', 'channel', 'outcome', 'code'],
    registers: [this.registry],
  });

  readonly #refused = new Counter({
    name: 'concordat_messages_refused_total',
    help: 'Messages that could not be read or attributed, or came at a busy time, by channel and problem code.',
    labelNames: ['channel', 'code'],
    registers: [this.registry],
  });

  readonly #avoided = new Counter({
    name: 'concordat_duplicates_avoided_total',
    help: 'Assessments that were met with one that exists already, so that nobody has to rely on the second.',
    registers: [this.registry],
  });

  readonly #disclosures = new Counter({
    name: 'concordat_disclosures_total',
    help: 'Decisions of the gate, by what was asked for and outcome.',
    labelNames: ['asked', 'outcome'],
    registers: [this.registry],
  });

  readonly #logins = new Counter({
    name: 'concordat_logins_refused_total',
    help: 'Assertions and tokens that were not believed, by what is wrong with them.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  readonly #notices = new Counter({
    name: 'concordat_notices_issued_total',
    help: 'Recipients told of a withdrawal, restriction, objection, rectification, retraction or erasure of data that they had.',
    registers: [this.registry],
  });

  readonly #noticeFailures = new Counter({
    name: 'concordat_notice_failures_total',
    help: 'Failures to tell recipients of data what took effect about them, by class of the error; each is tried again.',
    labelNames: ['error'],
    registers: [this.registry],
  });

  readonly #http = new Histogram({
    name: 'concordat_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer, by template of the route.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  readonly #useCases = new Histogram({
    name: 'concordat_use_case_duration_seconds',
    help: 'Time that a use case took, by its name, the door it came through and its outcome.',
    labelNames: ['use_case', 'door', 'outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  readonly ended = ({ useCase, door, outcome, seconds }: UseCaseEnd): void => {
    this.#useCases.observe({ use_case: useCase, door, outcome }, seconds);
  };

  judged(agency: AgencySlug, channel: string, receipts: readonly Receipt[]): void {
    for (const { outcome, problem } of receipts) {
      this.#events.inc({ agency, channel, outcome, code: problem?.code ?? '' });
      if (outcome === 'already-captured') this.#avoided.inc();
    }
  }

  refused(code: string, channel: string): void {
    this.#refused.inc({ channel, code });
  }

  readonly loginRefused = (code: string): void => this.#logins.inc({ code });

  readonly notices = {
    issued: (notices: number): void => this.#notices.inc(notices),
    failed: (error: string): void => this.#noticeFailures.inc({ error }),
  };

  decided(outcome: Disclosure['outcome'], asked: string): void {
    this.#disclosures.inc({ asked, outcome });
  }

  answered({ method, route, status, seconds }: Answered): void {
    this.#http.observe({ method, route: route ?? 'none', status }, seconds);
  }
}

// Durations of HTTP requests, by the template of the route: a path may name a learner.

export const observeHttp = (server: FastifyInstance, metrics: Pick<BrokerMetrics, 'answered'>): void => {
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const route = routeOptions.url;
    // Of what is no route the method is anybody's choice too.
    metrics.answered({ method: route === undefined ? 'any' : method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    done();
  });
};
