// Pairwise ids: keyed fingerprints that two recipients cannot join what they hold on (sharing-matrix.md, What the wire must not join).
import type { AgencySlug, LearnerId, Position } from '#kernel';
import type { Vault } from './vault.ts';

type Blinds = Pick<Vault, 'blind'>;

/** Of an item, by the place of its event in the log: 22 base64url characters, always the same for this recipient. */
export const pairwiseItemId = (names: Blinds, recipient: AgencySlug, position: Position): string =>
  names.blind('item', `${recipient}\n${position}`);

/** What an id stands for that some agency made. */
export interface AgencyMadeId {
  readonly learner: LearnerId;
  readonly id: string;
}

/** In place of an agency's own id for a thing of a learner: equal for equal ids, so that what belongs together still shows. */
export const pairwiseThingId = (names: Blinds, recipient: AgencySlug, { learner, id }: AgencyMadeId): string =>
  names.blind('thing', `${recipient}\n${learner}\n${id}`);
