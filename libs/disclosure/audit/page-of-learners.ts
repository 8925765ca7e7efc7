// A page of what oversight finds across learners: a view proposes where to look, each learner on the page is recorded, and only then is
// anything told (ADR 52).
import type { OfficeAsker } from '#access';
import type { LearnerId, Position } from '#kernel';
import { type FileStanding, learnerStream } from '#learner-file';
import type { GateParts } from '../gate-parts.ts';
import { type LookDecided, type LookName, lookAtSeveral } from '../looks/index.ts';
import { whoIsNow } from './audit-learner.ts';

export interface Proposed {
  /** Of the event that makes the row. */
  readonly position: Position;
  readonly learner: LearnerId;
}

/** In the page's order, the next beyond a position; fewer than asked for: there are no more. */
export type Propose<Candidate extends Proposed = Proposed> = (beyond: Position, limit: number) => Promise<readonly Candidate[]>;

/** What is known of a learner to whoever looks. Nothing of it may leave before the look is recorded. */
export interface KnownLearner {
  readonly known: FileStanding;
}

export interface PageAsked<Row, Known extends KnownLearner, Candidate extends Proposed = Proposed> {
  readonly asker: OfficeAsker;
  readonly asked: LookName;
  readonly parameters: LookDecided['parameters'];
  readonly propose: Propose<Candidate>;
  /** Undefined where there is no such learner. */
  readonly know: (learner: LearnerId) => Promise<Known | undefined>;
  /** What the event proposed makes, for whoever looks; undefined: nothing that was asked for, or no affair of theirs. */
  readonly rowOf: (known: Known, candidate: Candidate) => Row | undefined | Promise<Row | undefined>;
  /** Beyond which the page begins. */
  readonly place: Position;
  readonly limit: number;
}

export type PageShown<Row> =
  | { readonly outcome: 'not-permitted'; readonly position: Position }
  | {
      readonly outcome: 'answered';
      readonly rows: readonly Row[];
      /** Beyond which the next page begins; a page may be short, and still not be the last. */
      readonly next?: Position;
      readonly position: Position;
    };

/** Looked at at most, for one page: each is read from the log, and somebody waits. What is left is asked for by the next page. */
const MOST_LOOKED_AT = 200;
const AT_ONCE = 100;

export const pageOfLearners = async <Row, Known extends KnownLearner, Candidate extends Proposed>(
  parts: GateParts,
  page: PageAsked<Row, Known, Candidate>,
): Promise<PageShown<Row>> => {
  const { asker, asked, parameters, rowOf } = page;
  const known = new LearnersKnown(parts, page.know);
  const { found, next } = await gathered(parts, known, page);
  const looked = await lookAtSeveral(parts, { asker, asked, parameters, learners: found.map(({ learner }) => learner) });
  if (looked.outcome !== 'answered') return looked;
  const { about, position } = looked;
  const rows = await Promise.all(
    found.map(async (one) => {
      const there = about.has(one.learner) ? await known.now(one.learner) : undefined;
      return there && rowOf(there, one.candidate);
    }),
  );
  return { outcome: 'answered', rows: rows.flatMap((row) => row ?? []), ...(next !== undefined && { next }), position };
};

interface FoundRow<Candidate extends Proposed> {
  readonly candidate: Candidate;
  /** Who goes on, of a learner who was merged. */
  readonly learner: LearnerId;
}

interface Gathered<Candidate extends Proposed> {
  readonly found: readonly FoundRow<Candidate>[];
  readonly next?: Position;
}

const gathered = async <Row, Known extends KnownLearner, Candidate extends Proposed>(
  parts: GateParts,
  known: LearnersKnown<Known>,
  { propose, rowOf, place, limit }: Pick<PageAsked<Row, Known, Candidate>, 'propose' | 'rowOf' | 'place' | 'limit'>,
): Promise<Gathered<Candidate>> => {
  const found: FoundRow<Candidate>[] = [];
  let last = place;
  for await (const candidate of proposedBeyond(place, propose)) {
    if (candidate === 'no-more') return { found };
    const learner = await whoIsNow(parts, candidate.learner);
    const there = await known.of(learner);
    const isRow = there !== undefined && (await rowOf(there, candidate)) !== undefined;
    if (isRow && found.length === limit) return { found, next: last };
    if (isRow) found.push({ candidate, learner });
    last = candidate.position;
  }
  return { found, next: last };
};

/** So many at most; says so where there are no more. */
async function* proposedBeyond<Candidate extends Proposed>(
  place: Position,
  propose: Propose<Candidate>,
): AsyncGenerator<Candidate | 'no-more'> {
  let last = place;
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const proposed = await propose(last, AT_ONCE);
    yield* proposed;
    if (proposed.length < AT_ONCE) yield 'no-more';
    last = proposed.at(-1)?.position ?? last;
    looked += proposed.length;
  }
}

/** Of several rows about one learner the learner is read once. */
class LearnersKnown<Known extends KnownLearner> {
  readonly #parts: GateParts;
  readonly #know: (learner: LearnerId) => Promise<Known | undefined>;
  readonly #known = new Map<LearnerId, Promise<Known | undefined>>();

  constructor(parts: GateParts, know: (learner: LearnerId) => Promise<Known | undefined>) {
    this.#parts = parts;
    this.#know = know;
  }

  of(learner: LearnerId): Promise<Known | undefined> {
    const there = this.#known.get(learner) ?? this.#know(learner);
    this.#known.set(learner, there);
    return there;
  }

  /** As it is now that it is recorded that it is looked at: read anew where anything was said, or erased, meanwhile. */
  async now(learner: LearnerId): Promise<Known | undefined> {
    const held = await this.of(learner);
    const { state } = await this.#parts.streams.files.load(learnerStream(learner));
    if (held?.known.file === state) return held;
    this.#known.delete(learner);
    return this.of(learner);
  }
}
