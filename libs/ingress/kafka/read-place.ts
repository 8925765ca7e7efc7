// Where reading of one partition stands, and what is amiss with it: its faults are its own, and it waits for them alone.
import { type AgencySlug, backOff, type Pauses } from '#kernel';
import type { OpenPartition } from '../inbox/index.ts';

/** Attempts before a partition is said to be in trouble, and before what cannot be read is put aside. */
export const TRIES = 3;
const PAUSES: Pauses = { first: 100, longest: 5000 };
const BRIEF_MS = 1000;

/** A partition that cannot be read now. */
export interface Trouble {
  readonly agency: AgencySlug;
  readonly partition: number;
  /** Kafka's name for what is amiss, or ours. */
  readonly code: string;
}

export class ReadPlace implements OpenPartition {
  readonly topic: string;
  readonly partition: number;
  readonly agency: AgencySlug;
  /** Node that leads it, where one does. */
  leader: number | undefined;
  /** Offset after the last record, as it was last told. */
  end: number | undefined;
  #busySince: number | undefined;
  #topicId: string | undefined;
  #offset: number | undefined;
  #code: string | undefined;
  #failures = 0;
  #waitsUntil = 0;

  constructor({ topic, partition, agency }: OpenPartition) {
    this.topic = topic;
    this.partition = partition;
    this.agency = agency;
  }

  /** True while something is done with what was read: it is not read further then. */
  get busy(): boolean {
    return this.#busySince !== undefined;
  }

  set busy(busy: boolean) {
    this.#busySince = busy ? performance.now() : undefined;
  }

  /** It will soon be ready again, as far as can be foreseen. */
  get isBrieflyBusy(): boolean {
    return this.#busySince !== undefined && performance.now() - this.#busySince < BRIEF_MS;
  }

  get topicId(): string | undefined {
    return this.#topicId;
  }

  /** To be read next; undefined: it is to be asked where to begin. */
  get offset(): number | undefined {
    return this.#offset;
  }

  get failures(): number {
    return this.#failures;
  }

  get trouble(): Trouble | undefined {
    return this.#code === undefined || this.#failures < TRIES
      ? undefined
      : { agency: this.agency, partition: this.partition, code: this.#code };
  }

  /** As the cluster has it now. Another topic under its name is begun anew. */
  found(topicId: string | undefined, leader: number | undefined): void {
    this.leader = leader;
    if (topicId === undefined || topicId === this.#topicId) return;
    this.#topicId = topicId;
    this.#offset = undefined;
  }

  goTo(offset: number | undefined): void {
    this.#offset = offset;
  }

  /** Ever longer pauses, from 0.1 s to 5 s. */
  failed(code: string): void {
    this.#code = code;
    this.#waitsUntil = performance.now() + backOff(++this.#failures, Math.random(), PAUSES);
  }

  succeeded(): void {
    this.#code = undefined;
    this.#failures = 0;
    this.#waitsUntil = 0;
  }

  isReady(): boolean {
    return !this.busy && this.leader !== undefined && this.#topicId !== undefined && performance.now() >= this.#waitsUntil;
  }
}
