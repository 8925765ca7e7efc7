// Codes with which a learner signs in on the own page for the first time: handed over in person, good once, for three days and five tries
// (console.md, 1; ADR 54). All that is kept of one stands in a stream of the log, so that two redeem it never, in however many processes.
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { AgencyAsker } from '#access';
import { correlation } from '#bus';
import type { RecordedEvent } from '#event-store';
import type { Instant, LearnerId, Revision } from '#kernel';
import { type Keys, keysOf } from '#privacy';
import { openSealed } from '#privacy/opening';
import { Draft, type PlainEvent } from '#unit-of-work';
import { DISCLOSURE_CATEGORY } from '../disclosure-log.ts';
import type { Gate } from '../gate.ts';
import type { GateParts } from '../gate-parts.ts';
import type { NamedLearners } from '../named-learners.ts';
import { drawnCode, type SignInCode, typedCode, writtenCode } from './sign-in-code.ts';

export const CODE_ISSUED = 'uk.concordat.sign-in.code-issued.v1';
export const CODE_TRIED = 'uk.concordat.sign-in.code-tried.v1';
export const CODE_REDEEMED = 'uk.concordat.sign-in.code-redeemed.v1';

const LIVES_MS = 72 * 3_600_000;
const MOST_TRIES = 5;

export interface CodeIssued {
  readonly learner: LearnerId;
  /** A blind name of the secret part. */
  readonly secret: string;
  readonly until: Instant;
}

export interface HandedOver {
  readonly code: string;
  readonly until: Instant;
}

export interface SignInParts extends GateParts {
  readonly gate: Gate;
  readonly named: NamedLearners;
}

/** A code as its stream has it. */
interface Held {
  readonly revision: Revision;
  /** Undefined: none, or none that may be used any more. */
  readonly live?: CodeIssued;
}

export class SignInCodes {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Undefined where there is no such learner, or none whom the agency meets: which of these is not told. */
  async issue(asker: AgencyAsker, ref: string): Promise<HandedOver | undefined> {
    const { gate, named, clock } = this.#parts;
    const found = await named.find({ agency: asker.agency, ref });
    const about = found.ok ? { about: found.value } : {};
    const until = clock.now() + LIVES_MS;
    const answer = await gate.look({ asker, asked: 'sign-in-code', parameters: { until }, ...about }, () =>
      found.ok ? this.#issued(asker, { learner: found.value, until }) : undefined,
    );
    return answer.outcome === 'answered' ? answer.told : undefined;
  }

  /** Whose code it was: it is used up then. Undefined where it is none, or none any more, or was tried too often. */
  async redeem(page: AgencyAsker, text: string): Promise<LearnerId | undefined> {
    const code = typedCode(text);
    if (code === undefined) return undefined;
    for (;;) {
      const held = await this.#held(code);
      if (held.live === undefined) return undefined;
      const isRight = held.live.secret === this.#blind(code);
      const event = this.#event(isRight ? CODE_REDEEMED : CODE_TRIED, page);
      if (!(await this.#append(code, held, event))) continue;
      if (!isRight) return undefined;
      const { learner } = held.live;
      const signedIn = { asker: { learner }, asked: 'signed-in', parameters: { page: page.agency }, about: learner } as const;
      const { outcome } = await this.#parts.gate.look(signedIn, () => undefined);
      return outcome === 'answered' ? learner : undefined;
    }
  }

  async #issued(asker: AgencyAsker, { learner, until }: Pick<CodeIssued, 'learner' | 'until'>): Promise<HandedOver> {
    for (;;) {
      const code = drawnCode();
      const held = await this.#held(code);
      const content = { json: { learner, secret: this.#blind(code), until } satisfies CodeIssued };
      const event = { ...this.#event(CODE_ISSUED, asker), content };
      const sealed = { ...event, meta: { ...event.meta, owner: `learner-${learner}`, category: DISCLOSURE_CATEGORY } };
      if (held.live === undefined && (await this.#append(code, held, sealed))) return { code: writtenCode(code), until };
    }
  }

  #event(type: string, { agency }: AgencyAsker): PlainEvent {
    return { id: randomUUID(), type, meta: { actor: agency, correlation: correlation(), schema: 1 }, content: { json: {} } };
  }

  /** Bound to the name, so that equal secrets do not meet. */
  #blind({ name, secret }: SignInCode): string {
    return this.#parts.vault.blind('sign-in-secret', `${name}\n${secret}`);
  }

  #streamOf({ name }: SignInCode): string {
    return `sign-in-code-${this.#parts.vault.blind('sign-in-code', name)}`;
  }

  async #held(code: SignInCode): Promise<Held> {
    const { store, vault, clock } = this.#parts;
    const events = await store.readStream(this.#streamOf(code));
    const keys = await keysOf(vault, events);
    const last = events.findLastIndex(({ type }) => type === CODE_ISSUED);
    const since = events.slice(last + 1);
    const revision = events.length - 1;
    const issued = events[last] && openIssued(events[last], keys);
    const isOver = since.some(({ type }) => type === CODE_REDEEMED) || since.length >= MOST_TRIES;
    return issued === undefined || isOver || issued.until <= clock.now() ? { revision } : { revision, live: issued };
  }

  /** False: somebody else tries it, or uses it, meanwhile. Theirs is on its way to the store, and gets its turn before it is read again. */
  async #append(code: SignInCode, { revision }: Held, event: PlainEvent): Promise<boolean> {
    const { writer, streams } = this.#parts;
    const stream = this.#streamOf(code);
    const { judged } = await writer.write({
      look: () => streams.heads.missing(stream),
      judge: () => {
        const draft = new Draft();
        const isAsRead = draft.get(streams.heads, stream).revision === revision;
        if (isAsRead) draft.add(streams.heads, stream, event, () => null);
        return { draft, isAsRead };
      },
    });
    if (!judged.isAsRead) await turn();
    return judged.isAsRead;
  }
}

/** Undefined where the learner was erased. */
const openIssued = (event: RecordedEvent, keys: Keys): CodeIssued | undefined => {
  const { owner = '', category = '' } = event.meta;
  const plain = openSealed(keys, { owner, category }, event, event.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as CodeIssued);
};
