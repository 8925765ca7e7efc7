// Under which key, and as what, the quarantine's content is sealed.
import type { KeyName, Place } from '#privacy';

const CATEGORY = 'quarantine';

export const keyOf = (subject: string | null): KeyName => ({
  owner: `quarantine-${subject ?? 'unattributed'}`,
  category: CATEGORY,
});

/** What is cut cannot be taken for the whole. */
export const placeOf = (id: number, cut: boolean): Place => ({ stream: CATEGORY, revision: id, type: cut ? `${CATEGORY}-head` : CATEGORY });
