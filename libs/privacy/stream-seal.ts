// Tags of a sealed stream: each under a key from the root key, over its event, its place and the tag before it (ADR 0019).
import type { NewEvent, StreamSeal } from '#event-store';
import { unambiguous } from './root-key.ts';
import type { Names } from './vault.ts';

/** `kept`: how far streams were seen to go, where the keys are kept. */
export const streamSealOf = (names: Pick<Names, 'blind'>, kept: Pick<StreamSeal, 'reached' | 'reach'>): StreamSeal => ({
  tag: (event, { stream, revision }, previous) =>
    names.blind(
      'stream seal',
      unambiguous(previous, stream, String(revision), ...wordsOf(event), Buffer.from(event.payload).toString('base64')),
    ),
  ...kept,
});

const wordsOf = ({ id, type, meta }: NewEvent): readonly string[] => {
  const { actor, correlation, causation = '', category = '', owner = '', schema } = meta;
  return [id, type, actor, correlation, causation, category, owner, String(schema)];
};
