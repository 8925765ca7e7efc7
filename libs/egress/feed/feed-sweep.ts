// Who is to be decided anew when the terms have changed: whoever was decided before, and can be touched by what changed (ADR 44).
import type { AgencyRegister } from '#agencies';
import { everybody, type FeedReadSet, type FeedTerms, type Gate, isSameGround, type IsTouched, touchedBetween } from '#disclosure';
import type { AgencySlug, LearnerId } from '#kernel';
import type { FeedCheckpoint } from './feed-checkpoint.ts';
import type { FeedLedger, LearnerLine } from './feed-ledger.ts';
import type { FeedSealer } from './feed-messages.ts';

export interface SweepParts {
  readonly gate: Pick<Gate, 'feedTerms'>;
  readonly agencies: Pick<AgencyRegister, 'list'>;
  readonly sealer: Pick<FeedSealer, 'keyFor'>;
  readonly ledger: Pick<FeedLedger, 'behind'>;
  readonly checkpoint: FeedCheckpoint;
}

export interface Looked {
  /** To be decided anew. */
  readonly touched: readonly LearnerId[];
  /** Others were passed, and more may follow. */
  readonly hasPassed: boolean;
}

/** Learners who are looked at in one go: whoever was just told of waits no longer than that. */
const AT_ONCE = 500;
/** Of no generation: to be decided anew in any case. */
const UNDECIDED = 0;

export class FeedSweep {
  readonly #parts: SweepParts;
  /** Undefined until they are first asked for. */
  #terms: FeedTerms | undefined;
  /** By the generation that it began. Of those that another process began nothing is known. */
  readonly #changes = new Map<number, IsTouched>();

  constructor(parts: SweepParts) {
    this.#parts = parts;
  }

  /** Agencies to which something can be encrypted now. */
  reachable(): ReadonlySet<AgencySlug> {
    const { agencies, sealer } = this.#parts;
    return new Set(agencies.list().flatMap(({ slug }) => (sealer.keyFor(slug) ? [slug] : [])));
  }

  /** Begins a generation where something has changed that learners' feeds may rest on; true where it has. */
  async renewTerms(): Promise<boolean> {
    const { gate, checkpoint } = this.#parts;
    const before = this.#terms;
    const terms = await gate.feedTerms(this.reachable());
    const hasChanged = terms.digest !== checkpoint.terms.digest;
    if (hasChanged) await this.#begin(terms.digest, before ? touchedBetween(before, terms) : everybody);
    this.#terms = terms;
    return hasChanged;
  }

  /** One recipient's feed was left as it was for a while. */
  async lookAgain(recipient: AgencySlug): Promise<void> {
    await this.#begin(this.#parts.checkpoint.terms.digest, ({ recipients }) => recipients.includes(recipient));
  }

  /** Of what was decided on that read set: while the terms were changing it may be of neither those before nor those after. */
  generationOf(readSet: FeedReadSet | undefined): number {
    const isCurrent = readSet === undefined || (this.#terms !== undefined && isSameGround(this.#terms.ground, readSet));
    return isCurrent ? this.#parts.checkpoint.terms.generation : UNDECIDED;
  }

  /** Notes of those whom the changes since cannot touch that they are as they are to be. */
  async look(limit: number): Promise<Looked> {
    const { ledger, checkpoint } = this.#parts;
    const { generation } = checkpoint.terms;
    const lines = await ledger.behind(generation, AT_ONCE);
    if (lines.length === 0) this.#changes.clear();
    const { touched = [], passed = [] } = Object.groupBy(lines, (line) => (this.#isTouched(line, generation) ? 'touched' : 'passed'));
    if (passed.length > 0) await checkpoint.note({ learners: passed.map((line) => ({ ...line, generation })) });
    return { touched: touched.slice(0, limit).map(({ learner }) => learner), hasPassed: passed.length > 0 };
  }

  #isTouched({ generation: last, sketch }: LearnerLine, generation: number): boolean {
    if (sketch === undefined) return true;
    for (let began = last + 1; began <= generation; began++) if (this.#changes.get(began)?.(sketch) ?? true) return true;
    return false;
  }

  async #begin(digest: string, touches: IsTouched): Promise<void> {
    const { checkpoint } = this.#parts;
    const generation = checkpoint.terms.generation + 1;
    this.#changes.set(generation, touches);
    await checkpoint.write({ terms: { generation, digest } });
  }
}
