// Erases a learner (UK GDPR Art 17): nothing more is disclosed, whoever was shown anything is told (Art 19), the keys go, and an event in
// the learner's own stream says so, by which everybody forgets (ADR 20).
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { correlation } from '#bus';
import { type Cause, issueErasureNotices, type IssueParts } from '#disclosure';
import { EventStoreError, type ExpectedRevision } from '#event-store';
import type { AgencySlug, LearnerId, Revision } from '#kernel';
import { aliasKey, begunPayload, ERASED, erasedPayload, ERASURE_BEGUN, type ErasureGround, learnerStream, membersOf } from '#learner-file';

export type ErasureParts = IssueParts;

export interface ToErase {
  readonly learner: LearnerId;
  readonly ground: ErasureGround;
}

const ATTEMPTS = 20;

export interface ErasureDone {
  /** Who was shown anything of the learner, and is told to erase it. */
  readonly notified: readonly AgencySlug[];
}

/**
 * Resolves once no key that sealed anything of the learner is left, and the log says so. Safe to do again, also after a crash in between.
 * Rejects with `VaultError` or `EventStoreError`: it is to be done again.
 */
export const eraseLearner = async (parts: ErasureParts, { learner, ground }: ToErase): Promise<ErasureDone> => {
  const records = await recordsOf(parts, learner);
  // No decision that is not on disk by now can still be appended: all who were shown anything are found.
  for (const record of records.beside) await begin(parts, record);
  const notified = await issueErasureNotices(parts, records.goesOn, await begin(parts, records.goesOn));
  for (const record of [...records.beside, records.goesOn]) await eraseRecord(parts, learnerStream(record), ground);
  return { notified };
};

const begin = (parts: ErasureParts, record: LearnerId): Promise<Cause> =>
  note(parts, { stream: learnerStream(record), expected: 'any', type: ERASURE_BEGUN, payload: begunPayload() });

interface Records {
  readonly goesOn: LearnerId;
  /** Who was merged into that one. */
  readonly beside: readonly LearnerId[];
}

/** All that are one person's as things stand: a right is a person's (ADR 45). */
const recordsOf = async ({ streams }: ErasureParts, learner: LearnerId): Promise<Records> => {
  const { state: named } = await streams.files.load(learnerStream(learner));
  const { state } = await streams.files.load(learnerStream(named.into ?? learner));
  return { goesOn: state.id, beside: membersOf(state) };
};

const eraseRecord = async (parts: ErasureParts, stream: string, ground: ErasureGround): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    const expected = await destroyKeys(parts, stream);
    try {
      await note(parts, { stream, expected, type: ERASED, payload: erasedPayload({ ground }) });
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
  readonly expected: ExpectedRevision;
  readonly type: string;
  readonly payload: Uint8Array;
}

const note = async ({ store, streams }: ErasureParts, { stream, expected, type, payload }: ToNote): Promise<Cause> => {
  const event = { id: randomUUID(), type, meta: { actor: 'operator', correlation: correlation(), schema: 1 }, payload };
  await store.append([{ stream, expected, events: [event] }]);
  streams.forget(stream);
  return event;
};

const isOvertaken = (cause: unknown): boolean => cause instanceof EventStoreError && cause.code === 'wrong-expected-revision';
