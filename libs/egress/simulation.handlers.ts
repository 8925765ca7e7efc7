// What a draft would change, asked by a data protection officer: a look that is recorded first, then work that may take longer than an
// answer may, and is asked for again by the name that it got (console.md, 4.1).
import { randomUUID } from 'node:crypto';
import type { FactoryProvider } from '@nestjs/common';
import { type OfficeAsker, recordedAs } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import { Gate, Registers, SIMULATION, type Simulated } from '#disclosure';
import { type Clock, type Instant, londonDate, type Position } from '#kernel';
import { digestOf, type ProtocolDocument, type ProtocolVersion } from '#sharing-protocols';
import { CLOCK } from './egress.tokens.ts';

export interface SimulationAsked {
  readonly asker: OfficeAsker;
  /** Id of the agreement. */
  readonly protocol: string;
  /** A version that was drafted, or a text that nobody drafted yet. */
  readonly draft: number | ProtocolDocument;
  /** So long an answer may take; what takes longer is asked for again. Milliseconds. */
  readonly wait: number;
}

export interface SimulationRuns {
  readonly outcome: 'running';
  readonly simulation: string;
  /** Learners looked at, and how many there are. */
  readonly done: number;
  readonly of: number;
}

export interface SimulationDone {
  readonly outcome: 'simulated';
  readonly simulation: string;
  readonly simulated: Simulated;
  /** Of the look in the log. */
  readonly position: Position;
}

export type SimulationAnswer = SimulationRuns | SimulationDone | { readonly outcome: 'not-permitted' | 'unknown' | 'too-many' };

export class Simulate extends Query<SimulationAsked, SimulationAnswer> {}

export interface SimulationNamed {
  readonly asker: OfficeAsker;
  readonly protocol: string;
  readonly simulation: string;
  readonly wait: number;
}

/** Whoever began it is told of it, and nobody else. */
export class AskForSimulation extends Query<SimulationNamed, SimulationAnswer> {}

export interface SimulationBegun {
  readonly simulation: string;
  /** Of the text. */
  readonly version: number;
  readonly began: Instant;
  readonly state: 'running' | 'done' | 'failed';
  readonly done: number;
  readonly of: number;
}

/** The asker's own of an agreement, the latest first: of those that one left while they ran, too. */
export class ListSimulations extends Query<Pick<SimulationNamed, 'asker' | 'protocol'>, readonly SimulationBegun[]> {}

/** Each goes through all learners: more at once would make all of them slow. */
const MOST_RUNNING = 2;
const KEPT = 50;
const KEPT_MS = 3_600_000;

interface Job {
  readonly simulation: string;
  readonly owner: string;
  readonly protocol: string;
  readonly version: number;
  /** Of the text. */
  readonly digest: string;
  readonly began: Instant;
  readonly position: Position;
  done: number;
  of: number;
  simulated?: Simulated;
  readonly ended: Promise<void>;
  failure?: unknown;
}

/** Those that run, and those that ended within the hour: they end with the process. */
class Simulations {
  readonly #jobs = new Map<string, Job>();
  readonly #gate: Gate;
  readonly #registers: Registers;
  readonly #clock: Clock;

  constructor(gate: Gate, registers: Registers, clock: Clock) {
    this.#gate = gate;
    this.#registers = registers;
    this.#clock = clock;
  }

  async begin({ asker, protocol, draft, wait }: SimulationAsked): Promise<SimulationAnswer> {
    const document = this.#documentOf(protocol, draft);
    const version = document?.version ?? 0;
    const looked = await this.#gate.look({ asker, asked: SIMULATION, parameters: { protocol, version } }, () => undefined);
    if (looked.outcome !== 'answered') return { outcome: 'not-permitted' };
    if (document?.id !== protocol) return { outcome: 'unknown' };
    const job = this.#running(asker, document) ?? this.#started(asker, document, looked.position);
    return job === undefined ? { outcome: 'too-many' } : this.#awaited(job, wait);
  }

  /** Whoever asks the same while it runs is told of that one. */
  #running(asker: OfficeAsker, document: ProtocolDocument): Job | undefined {
    const [owner, digest] = [recordedAs(asker), digestOf(document)];
    return [...this.#jobs.values()].find((one) => isRunning(one) && one.owner === owner && one.digest === digest);
  }

  async find({ asker, protocol, simulation, wait }: SimulationNamed): Promise<SimulationAnswer> {
    const job = this.#jobs.get(simulation);
    if (job === undefined || job.owner !== recordedAs(asker) || job.protocol !== protocol) return { outcome: 'unknown' };
    return this.#awaited(job, wait);
  }

  async list({ asker, protocol }: Pick<SimulationNamed, 'asker' | 'protocol'>): Promise<readonly SimulationBegun[]> {
    const own = [...this.#jobs.values()].filter((job) => job.owner === recordedAs(asker) && job.protocol === protocol);
    return own.toReversed().map((job) => {
      const { simulation, version, began, done, of } = job;
      return { simulation, version, began, state: stateOf(job), done, of };
    });
  }

  #documentOf(protocol: string, draft: SimulationAsked['draft']): ProtocolDocument | undefined {
    if (typeof draft !== 'number') return draft;
    return this.#versions().find((one) => one.protocol === protocol && one.version === draft)?.document;
  }

  #versions(): readonly ProtocolVersion[] {
    return this.#registers.agreements(londonDate(this.#clock.now()));
  }

  /** Undefined where as many run as may at once. */
  #started(asker: OfficeAsker, document: ProtocolDocument, position: Position): Job | undefined {
    this.#forgetOld();
    if ([...this.#jobs.values()].filter(isRunning).length >= MOST_RUNNING) return undefined;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const named = { simulation: randomUUID(), owner: recordedAs(asker), protocol: document.id, version: document.version };
    const job: Job = { ...named, digest: digestOf(document), position, began: this.#clock.now(), done: 0, of: 0, ended };
    this.#jobs.set(job.simulation, job);
    void this.#work(job, asker, document).finally(resolve);
    return job;
  }

  async #work(job: Job, asker: OfficeAsker, document: ProtocolDocument): Promise<void> {
    const { agencies } = this.#registers.inForce(londonDate(job.began));
    const parties = partiesOf(document, this.#versions(), agencies);
    const progress = (done: number, of: number): void => void Object.assign(job, { done, of });
    try {
      const simulated = await this.#gate.simulate({ asker, document, parties, progress });
      Object.assign(job, { simulated, done: simulated.learners, of: simulated.learners });
    } catch (failure) {
      Object.assign(job, { failure });
    }
  }

  async #awaited(job: Job, wait: number): Promise<SimulationAnswer> {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, wait);
    await Promise.race([job.ended, over]).finally(() => clearTimeout(timer));
    if ('failure' in job) throw job.failure;
    const { simulation, simulated, done, of, position } = job;
    return simulated ? { outcome: 'simulated', simulation, simulated, position } : { outcome: 'running', simulation, done, of };
  }

  #forgetOld(): void {
    const ended = [...this.#jobs.values()].filter((job) => !isRunning(job));
    const tooMany = ended.slice(0, Math.max(0, ended.length - KEPT));
    const old = ended.filter(({ began }) => began < this.#clock.now() - KEPT_MS);
    for (const { simulation } of [...tooMany, ...old]) this.#jobs.delete(simulation);
  }
}

const isRunning = (job: Job): boolean => stateOf(job) === 'running';

const stateOf = (job: Job): SimulationBegun['state'] => {
  if (job.simulated !== undefined) return 'done';
  return 'failure' in job ? 'failed' : 'running';
};

/** Who signed the text, and whoever is bound by another version and could sign it; of an agreement that is new, whoever could. */
const partiesOf = (
  document: ProtocolDocument,
  versions: readonly ProtocolVersion[],
  agencies: readonly { readonly slug: string; readonly roles: readonly string[] }[],
): readonly string[] => {
  const others = versions.filter(({ protocol, status }) => protocol === document.id && status !== 'ended' && status !== 'superseded');
  const signed = new Set(others.flatMap(({ signatures }) => signatures.map(({ agency }) => agency)));
  const roles = new Set<string>(document.parties.map(({ role }) => role));
  const could = agencies.filter((agency) => agency.roles.some((role) => roles.has(role))).map(({ slug }) => slug);
  return signed.size === 0 ? could : could.filter((slug) => signed.has(slug));
};

const SIMULATIONS = Symbol('Simulations');

const simulations: FactoryProvider<Simulations> = {
  provide: SIMULATIONS,
  inject: [Gate, Registers, CLOCK],
  useFactory: (...[gate, registers, clock]: readonly [Gate, Registers, Clock]) => new Simulations(gate, registers, clock),
};

export const simulationHandlers = [
  simulations,
  handling(Simulate, SIMULATIONS, (all: Simulations, asked: SimulationAsked) => all.begin(asked)),
  handling(AskForSimulation, SIMULATIONS, (all: Simulations, named: SimulationNamed) => all.find(named)),
  handling(ListSimulations, SIMULATIONS, (all: Simulations, asked: Pick<SimulationNamed, 'asker' | 'protocol'>) => all.list(asked)),
];
