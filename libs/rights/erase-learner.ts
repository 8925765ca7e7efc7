// Erases a learner (UK GDPR Art 17): keys first, then the event in the learner's own stream by which everybody forgets (ADR 20).
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { correlation } from '#bus';
import { EventStoreError, type EventStore } from '#event-store';
import type { LearnerId, Revision } from '#kernel';
import { aliasKey, ERASED, erasedPayload, type ErasureGround, learnerStream, type LearnerStreams } from '#learner-file';
import type { Vault } from '#privacy';

export interface ErasureParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly streams: LearnerStreams;
}

export interface ToErase {
  readonly learner: LearnerId;
  readonly ground: ErasureGround;
}

const ATTEMPTS = 20;

/**
 * Resolves once no key that sealed anything of the learner is left, and the log says so. Safe to do again, also after a crash in between.
 * Rejects with `VaultError` or `EventStoreError`: it is to be done again.
 */
export const eraseLearner = async (parts: ErasureParts, { learner, ground }: ToErase): Promise<void> => {
  const stream = learnerStream(learner);
  for (let attempt = 1; ; attempt++) {
    const revision = await destroyKeys(parts, stream);
    try {
      await note(parts, { stream, revision, ground });
      return;
    } catch (cause) {
      // Somebody said more of the learner meanwhile, under a key made anew: that goes too.
      if (!isOvertaken(cause) || attempt === ATTEMPTS) throw cause;
      await nextTurn();
    }
  }
};

/** The alias first: the learner's own keys open the file that tells it. Gives the revision up to which nothing can be opened any more. */
const destroyKeys = async ({ vault, streams }: ErasureParts, stream: string): Promise<Revision> => {
  streams.files.drop(stream);
  const { state, revision } = await streams.files.load(stream);
  if (state.learner.alias !== '') await vault.destroy(aliasKey(state.learner.alias).owner);
  await vault.destroy(stream);
  return revision;
};

interface ToNote {
  readonly stream: string;
  readonly revision: Revision;
  readonly ground: ErasureGround;
}

const note = async ({ store, streams }: ErasureParts, { stream, revision, ground }: ToNote): Promise<void> => {
  const event = {
    id: randomUUID(),
    type: ERASED,
    meta: { actor: 'operator', correlation: correlation(), schema: 1 },
    payload: erasedPayload({ ground }),
  };
  await store.append([{ stream, expected: revision, events: [event] }]);
  streams.forget(stream);
};

const isOvertaken = (cause: unknown): boolean => cause instanceof EventStoreError && cause.code === 'wrong-expected-revision';
