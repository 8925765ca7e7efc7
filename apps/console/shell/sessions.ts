// Sessions in this console's memory: none is kept beyond its time, and no crowd of strangers takes the place of whoever is signed in.
import type { SessionStore } from '@fastify/session';
import { IDLE_MS } from './session.ts';

type Session = Parameters<SessionStore['set']>[1];
type Done = Parameters<SessionStore['set']>[2];
type Got = Parameters<SessionStore['get']>[1];

interface Kept {
  readonly session: Session;
  /** Milliseconds since 1970: when something was last asked for. */
  readonly at: number;
}

/** Browsers forget the cookie by then. */
export const SESSION_MS = IDLE_MS.staff;
/** Of those who are not signed in: of more, those who asked last. */
const MOST_STRANGERS = 10_000;

export class Sessions implements SessionStore {
  readonly #clock: () => number;
  /** Each in the order in which something was last asked for. */
  readonly #strangers = new Map<string, Kept>();
  readonly #signedIn = new Map<string, Kept>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#strangers.size + this.#signedIn.size;
  }

  set(id: string, session: Session, done: Done): void {
    this.#forget(id);
    this.#dropOver();
    const isSignedIn = (session as { readonly signIn?: string }).signIn !== undefined;
    const all = isSignedIn ? this.#signedIn : this.#strangers;
    all.set(id, { session, at: this.#clock() });
    const [first] = this.#strangers.keys();
    if (this.#strangers.size > MOST_STRANGERS && first !== undefined) this.#strangers.delete(first);
    done();
  }

  get(id: string, done: Got): void {
    const kept = this.#signedIn.get(id) ?? this.#strangers.get(id);
    done(null, kept !== undefined && !this.#isOver(kept) ? kept.session : null);
  }

  destroy(id: string, done: Done): void {
    this.#forget(id);
    done();
  }

  #forget(id: string): void {
    this.#strangers.delete(id);
    this.#signedIn.delete(id);
  }

  #isOver({ at }: Kept): boolean {
    return this.#clock() - at >= SESSION_MS;
  }

  #dropOver(): void {
    for (const all of [this.#strangers, this.#signedIn])
      for (const [id, kept] of all) {
        if (!this.#isOver(kept)) break;
        all.delete(id);
      }
  }
}
