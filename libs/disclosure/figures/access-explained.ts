// What was said of unusual access by whoever watches it: who, when and why, in a stream of its own (console.md, 10; ADR 58).
import { randomUUID } from 'node:crypto';
import { type OfficeAsker, recordedAs } from '#access';
import { correlation } from '#bus';
import type { RecordedEvent } from '#event-store';
import { type KeyName, keysOf } from '#privacy';
import { openSealed, type Opens } from '#privacy/opening';
import { Draft } from '#unit-of-work';
import { DISCLOSURE_CATEGORY } from '../disclosure-log.ts';
import type { GateParts } from '../gate-parts.ts';
import { staffOf } from '../moment.ts';
import type { AccessExplained, AccessHit } from './access-sight.ts';

export const ACCESS_EXPLAINED = 'uk.concordat.access.explained.v1';
const STREAM = 'access-explained';

export interface ExplanationAsked extends Pick<AccessHit, 'rule' | 'position'> {
  readonly asker: OfficeAsker;
  readonly reason: string;
  /** How many looks were shown to whoever explains them; all there are where nothing is said. */
  readonly looks?: number;
}

/** Of what is about one learner it goes with that learner. */
const keyOf = ({ learner }: Pick<AccessHit, 'learner'>): KeyName => ({
  owner: learner === undefined ? 'broker' : `learner-${learner}`,
  category: DISCLOSURE_CATEGORY,
});

/** Rejects with `EventStoreError` where it cannot be recorded. */
export const recordExplanation = async (
  { writer, streams, clock }: Pick<GateParts, 'writer' | 'streams' | 'clock'>,
  asker: OfficeAsker,
  { hit, reason, looks: shown = hit.looks }: Pick<ExplanationAsked, 'reason' | 'looks'> & { readonly hit: AccessHit },
): Promise<AccessExplained> => {
  const { rule, position } = hit;
  const looks = Math.min(shown, hit.looks);
  const explained: AccessExplained = { rule, position, looks, by: recordedAs(asker), ...staffOf(asker), reason, at: clock.now() };
  const meta = { actor: explained.by, correlation: correlation(), schema: 1, ...keyOf(hit) };
  const event = { id: randomUUID(), type: ACCESS_EXPLAINED, meta, content: { json: explained } };
  await writer.write({
    look: () => streams.heads.missing(STREAM),
    judge: () => {
      const draft = new Draft();
      draft.add(streams.heads, STREAM, event, () => null);
      return { draft };
    },
  });
  return explained;
};

/** All there are, the first first; what was erased is left out. */
export const explanationsGiven = async ({ store, vault }: Pick<GateParts, 'store' | 'vault'>): Promise<readonly AccessExplained[]> => {
  const events = await store.readStream(STREAM);
  const keys = await keysOf(vault, events);
  return events.flatMap((event) => opened(event, keys) ?? []);
};

const opened = (event: RecordedEvent, keys: Opens): AccessExplained | undefined => {
  const { owner = '', category = '' } = event.meta;
  const plain = openSealed(keys, { owner, category }, event, event.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as AccessExplained);
};
