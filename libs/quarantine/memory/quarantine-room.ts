// What the quarantine in memory holds: it outlives the quarantines opened on it, as a file does. Every method takes effect at once.
import type { Instant } from '#kernel';
import type { Amount, LetGo, LetGoReason, Quarantined, QuarantineEntry, QuarantineSelection, QuarantineState } from '../quarantine.ts';
import type { Shares } from '../shares.ts';

/** An entry with what is kept of its content, sealed. */
export interface Held {
  readonly entry: QuarantineEntry;
  readonly sealed: Uint8Array;
  /** What it counts for in its share, in bytes. */
  readonly kept: number;
}

const UNATTRIBUTED = '';

type Test = (entry: QuarantineEntry, selection: QuarantineSelection) => boolean;

const TESTS: readonly Test[] = [
  ({ state }, { state: wanted = state }) => state === wanted,
  ({ agency }, { agency: wanted = agency }) => agency === wanted,
  ({ agency }, { unattributed }) => !unattributed || agency === undefined,
  ({ id }, { ids }) => ids?.includes(id) ?? true,
  ({ receivedAt }, { before = Infinity }) => receivedAt < before,
  ({ id }, { upTo = Infinity }) => id <= upTo,
];

export class QuarantineRoom {
  readonly #held = new Map<number, Held>();
  readonly #letGo = new Map<string, LetGo>();
  newest = 0;

  /** Undefined where what came from its origin is here. */
  nextId({ origin }: Quarantined): number | undefined {
    const isHere = origin !== undefined && [...this.#held.values()].some(({ entry }) => entry.origin === origin);
    return isHere ? undefined : (this.newest += 1);
  }

  enter(held: Held): void {
    this.#held.set(held.entry.id, held);
  }

  find(id: number): Held | undefined {
    return this.#held.get(id);
  }

  /** In the order of their ids. */
  selected(selection: QuarantineSelection): readonly Held[] {
    return [...this.#held.values()].filter(({ entry }) => TESTS.every((test) => test(entry, selection)));
  }

  settle(id: number, state: QuarantineState, outcome: string): void {
    const held = this.#held.get(id);
    if (held) this.#held.set(id, { ...held, entry: { ...held.entry, state, outcome } });
  }

  /** The oldest of a share that is too large make room, what is settled first; of all together, what nobody can be held to first. */
  makeRoom(whose: string, { each, whole }: Shares, at: Instant): void {
    while (this.#kept(whose) > each && this.#shed(whose, at));
    while (this.#kept() > whole && this.#shed(this.#largest(), at));
  }

  remove({ entry }: Held, why: LetGoReason, at: Instant): void {
    this.#held.delete(entry.id);
    this.note(entry.agency, why, { entries: 1, bytes: entry.bytes }, at);
  }

  note(agency: string | undefined, why: LetGoReason, { entries, bytes }: Amount, at: Instant): void {
    const name = `${agency ?? UNATTRIBUTED}\n${why}`;
    const noted = this.#letGo.get(name) ?? { entries: 0, bytes: 0, since: at, latest: at };
    this.#letGo.set(name, {
      ...(agency === undefined ? {} : { agency }),
      why,
      entries: noted.entries + entries,
      bytes: noted.bytes + bytes,
      since: Math.min(noted.since, at),
      latest: Math.max(noted.latest, at),
    });
  }

  letGo(): readonly LetGo[] {
    return [...this.#letGo].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, noted]) => noted);
  }

  size(): number {
    return [...this.#held.values()].reduce((total, { sealed }) => total + sealed.byteLength, 0);
  }

  #kept(whose?: string): number {
    const counted = [...this.#held.values()].filter(({ entry }) => whose === undefined || (entry.agency ?? UNATTRIBUTED) === whose);
    return counted.reduce((total, { kept }) => total + kept, 0);
  }

  #largest(): string {
    if (this.#kept(UNATTRIBUTED) > 0) return UNATTRIBUTED;
    const all = [...new Set([...this.#held.values()].map(({ entry }) => entry.agency ?? UNATTRIBUTED))];
    return all.sort((one, other) => this.#kept(other) - this.#kept(one))[0] ?? UNATTRIBUTED;
  }

  /** False where nothing was there to shed. */
  #shed(whose: string, at: Instant): boolean {
    const all = [...this.#held.values()].filter(({ entry }) => (entry.agency ?? UNATTRIBUTED) === whose);
    const oldest = all.find(({ entry }) => entry.state === 'resolved') ?? all[0];
    if (oldest) this.remove(oldest, 'share', at);
    return oldest !== undefined;
  }
}
