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
  const given = new Map<string, Given>();
  for (const one of permitted) {
    if (one.permit.clause === 'own' || left?.has(one.item.revision) === false) continue;
    for (const source of sourcesOf(moment, one)) {
      const ground = [source, one.item.category, basisOf(one.permit)] as const;
      const each: Given = one.permit.consent === undefined ? ground : [...ground, 'consent'];
      given.set(each.join('\n'), each);
    }
  }
  return given.size === 0 ? {} : { given: [...given.values()] };
};

/** The merged identity is of everybody who stated some of it. */
const sourcesOf = (moment: LearnerAtMoment, { item }: PermittedItem): readonly AgencySlug[] => {
  if (item.revision !== MERGED_IDENTITY_REVISION) return [item.source];
  const stated = knownIn(moment).items.filter(({ category }) => category === 'identity');
  return [...new Set(stated.map(({ source }) => source))];
};
