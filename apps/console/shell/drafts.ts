// What somebody wrote and could not send because the sign-in was over: kept in memory for whoever wrote it, for a day, and for nobody else
// (console.md, 3; ADR 60).
import { createHmac, randomBytes } from 'node:crypto';
import type { Entered } from './form.ts';
import { ownerOf, type Person } from './person.ts';

export interface Unsent {
  /** Where the form was sent, with what stands behind it. */
  readonly path: string;
  readonly entered: Entered;
  /** Milliseconds since 1970. */
  readonly at: number;
}

type Forms = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Kept {
  /** When its owner was last seen. */
  readonly at: number;
  readonly unsent: readonly Unsent[];
  readonly forms: Forms;
  /** When they were entered. */
  readonly formsAt: number;
}

const KEPT_MS = 24 * 3_600_000;
/** Of one person: of more, the latest. */
const MOST = 5;
const LONGEST = 64 * 1024;
const NOTHING = { unsent: [], forms: {}, formsAt: 0 } as const;

export class KeptDrafts {
  readonly #clock: () => number;
  /** Of this start alone: what was kept before it is gone. */
  readonly #key = randomBytes(32);
  readonly #byMark = new Map<string, Kept>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Stands in every form that is shown to the person, says nothing of them, and cannot be made by anybody who was not shown it. */
  markOf(person: Person): string {
    const mark = this.#markOf(person);
    this.#keep(mark, {});
    return mark;
  }

  /** For whoever the form was shown to; of a mark that nobody has, nothing is kept. */
  keepUnsent(mark: string, path: string, entered: Entered): void {
    const kept = this.#live(mark);
    if (kept === undefined || JSON.stringify(entered).length > LONGEST) return;
    const others = kept.unsent.filter((one) => one.path !== path);
    this.#keep(mark, { unsent: [...others, { path, entered, at: this.#clock() }].slice(-MOST) });
  }

  unsentOf(person: Person): readonly Unsent[] {
    const now = this.#clock();
    return (this.#live(this.#markOf(person))?.unsent ?? []).filter(({ at }) => now - at < KEPT_MS);
  }

  /** It was sent, or thrown away. */
  drop(person: Person, path: string): void {
    const mark = this.#markOf(person);
    this.#keep(mark, { unsent: this.unsentOf(person).filter((one) => one.path !== path) });
  }

  /** What was entered on the way to a page that sends it. */
  keepForms(person: Person, forms: Forms): void {
    this.#keep(this.#markOf(person), { forms, formsAt: this.#clock() });
  }

  formsOf(person: Person): Forms {
    const { forms, formsAt } = this.#live(this.#markOf(person)) ?? NOTHING;
    return this.#clock() - formsAt < KEPT_MS ? forms : {};
  }

  /** Whoever signs out leaves nothing behind. */
  forget(person: Person): void {
    this.#byMark.delete(this.#markOf(person));
  }

  #markOf(person: Person): string {
    return createHmac('sha256', this.#key).update(ownerOf(person)).digest('base64url');
  }

  #live(mark: string): Kept | undefined {
    const kept = this.#byMark.get(mark);
    return kept !== undefined && this.#clock() - kept.at < KEPT_MS ? kept : undefined;
  }

  #keep(mark: string, changed: Partial<Kept>): void {
    const now = this.#clock();
    for (const [other, { at }] of this.#byMark) if (now - at >= KEPT_MS) this.#byMark.delete(other);
    this.#byMark.set(mark, { ...NOTHING, ...this.#byMark.get(mark), ...changed, at: now });
  }
}
