// Everybody who may live in the asker's districts, whatever is known of them; and whoever has an offer or an application that the asker
// made, or that it pays for. In the order of ids, which tells nothing.
import { districtOf } from '#agencies';
import type { Found, ViewReader } from '../engine/index.ts';
import { AREA_ROLES, type ListAsker, mergedPages, type Proposed, type Proposing, whomConcerns } from '../lists/index.ts';
import { places, tiesView } from '../ties/index.ts';
import { applied, guaranteeView, offered, sources } from './guarantee.view.ts';

export const proposeGuarantee = async (views: ViewReader, { asker, after, limit, of }: Proposing): Promise<Proposed> => {
  const page = { order: 'learner', limit: limit + 1, ...(after && { after }) } as const;
  const where = of === undefined ? {} : { learner: of };
  const isForAll = asker.roles.includes('funder');
  const among = isForAll ? {} : { among: whomConcerns({ ...asker, districts: [] }) };
  const isArea = asker.roles.some((role) => AREA_ROLES.includes(role));
  const outwards = new Set(isArea ? asker.districts.flatMap((one) => districtOf(one)?.outward ?? []) : []);
  const found = await Promise.all([
    views.rows(guaranteeView, offered, { ...page, ...among, where }),
    views.rows(guaranteeView, applied, { ...page, ...among, where }),
    ...[...outwards].map((outward) => views.rows(tiesView, places, { ...page, where: { outward, ...where } })),
  ]);
  return mergedPages(found.map(proposedIn), { limit });
};

/** Whether the asker itself told of an offer or an application. */
export const hasOfferedOrApplied = async (views: ViewReader, { slug: source }: ListAsker): Promise<boolean> =>
  (await views.rows(guaranteeView, sources, { where: { source }, order: 'learner', limit: 1 })).rows.length > 0;

const proposedIn = ({ position, rows }: Found<{ readonly learner: string }>): Proposed => ({
  position,
  candidates: rows.map(({ learner }) => ({ learner, place: [learner] })),
});
