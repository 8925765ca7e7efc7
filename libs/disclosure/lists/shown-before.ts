// Who was shown on an earlier page of a walk through a list that has one row a person, under whichever of their records (views.md, V14;
// ADR 75). A record that the view proposes before another has its place where the walk was: whether it was shown then, the log says.
import type { AgencySlug, LearnerId } from '#kernel';
import { disclosureStream, type LearnerFile, membersOf } from '#learner-file';
import { keysOf } from '#privacy';
import type { Missing } from '#unit-of-work';
import type { GateParts } from '../gate-parts.ts';
import { openDecision } from '../disclosure-log.ts';
import type { ListCandidate, Walk } from './list-question.ts';

interface Asked {
  /** As the log names whoever asks. */
  readonly recipient: AgencySlug;
  readonly list: string;
  readonly walk: Walk;
}

type Parts = Pick<GateParts, 'store' | 'vault'>;

/** Decisions about one learner that are read at once, the latest first. */
const AT_ONCE = 50;

export class ShownBefore {
  readonly #parts: Parts;
  readonly #asked: Asked;
  readonly #shown = new Map<LearnerId, boolean>();

  constructor(parts: Parts, asked: Asked) {
    this.#parts = parts;
    this.#asked = asked;
  }

  /** What has to be known first is `lack`ed, and nobody was shown then. */
  has(candidate: ListCandidate, file: LearnerFile, lack: (missing: readonly Missing[]) => void): boolean {
    if (file.united === undefined || candidate.anchor !== undefined) return false;
    const records = [file.id, ...membersOf(file)];
    const { order } = this.#asked.walk;
    const isReached = (record: LearnerId): boolean | undefined => order.isBefore(record, candidate.learner);
    const others = records.filter((record) => record !== candidate.learner);
    if (others.some((record) => isReached(record) === undefined)) {
      lack(records.map((name) => ({ from: { load: () => order.lookUp(name) }, name: `place of ${name}` })));
      return false;
    }
    return others.some(isReached) && this.#wasShown(records, lack);
  }

  #wasShown(records: readonly LearnerId[], lack: (missing: readonly Missing[]) => void): boolean {
    const unknown = records.filter((record) => !this.#shown.has(record));
    lack(unknown.map((name) => ({ from: { load: () => this.#look(name) }, name: `shown of ${name}` })));
    return records.some((record) => this.#shown.get(record) === true);
  }

  async #look(record: LearnerId): Promise<void> {
    this.#shown.set(record, await this.#isShown(disclosureStream(record)));
  }

  async #isShown(stream: string): Promise<boolean> {
    const { recipient, list, walk } = this.#asked;
    for (let from: number | undefined; from === undefined || from >= 0;) {
      const before = { direction: 'backwards', limit: AT_ONCE, ...(from !== undefined && { from }) } as const;
      const events = await this.#parts.store.readStream(stream, before);
      const since = events.filter(({ position }) => position > walk.since);
      const keys = await keysOf(this.#parts.vault, since);
      const decided = since.flatMap((event) => openDecision(event, keys) ?? []);
      if (decided.some((one) => one.recipient === recipient && one.asked === list && one.route === 'list')) return true;
      if (since.length < AT_ONCE) return false;
      from = (since.at(-1)?.revision ?? 0) - 1;
    }
    return false;
  }
}
