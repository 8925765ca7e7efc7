// Who gave what by a decision: noted as it is recorded, so that flows can be counted without looking at each learner's record again.
import type { AgencySlug, Revision } from '#kernel';
import { MERGED_IDENTITY_REVISION } from './answer.ts';
import { knownIn, type LearnerAtMoment, type PermittedItem } from './decide-answer.ts';
import type { Given } from './decision-record.ts';
import { basisOf } from './disclosure-log.ts';

/** Each once. What the recipient contributed itself is left out. `sent`: on a feed, what left of all that is permitted. */
export const givenIn = (
  moment: LearnerAtMoment,
  permitted: readonly PermittedItem[],
  sent?: readonly Revision[],
): { readonly given?: readonly Given[] } => {
  const left = sent && new Set(sent);
  const others = permitted.filter(({ permit, item }) => permit.clause !== 'own' && left?.has(item.revision) !== false);
  const given = others.flatMap((one) => sourcesOf(moment, one).map((source) => givenBy(source, one)));
  const once = new Map(given.map((each) => [each.join('\n'), each]));
  return once.size === 0 ? {} : { given: [...once.values()] };
};

const givenBy = (source: AgencySlug, { item, permit }: PermittedItem): Given => {
  const ground = [source, item.category, basisOf(permit)] as const;
  return permit.consent === undefined ? ground : [...ground, 'consent'];
};

/** The merged identity is of everybody who stated some of it. */
const sourcesOf = (moment: LearnerAtMoment, { item }: PermittedItem): readonly AgencySlug[] => {
  if (item.revision !== MERGED_IDENTITY_REVISION) return [item.source];
  const stated = knownIn(moment).items.filter(({ category }) => category === 'identity');
  return [...new Set(stated.map(({ source }) => source))];
};
