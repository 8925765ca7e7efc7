// Enrolments with the asker and with the providers for which it has a link adviser: the latest starts first.
import type { AgencySlug } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { type ListAsker, mergedPages, type Proposed, type Proposing } from '../lists/index.ts';
import { enrolments, links, onProgrammeView } from './on-programme.view.ts';

/** More providers than one agency links. */
const ALL = 1000;

/** Providers for which an agency has a link adviser. Whether that counts, the gate decides. */
export const linkedProviders = async (views: ViewReader, agency: AgencySlug): Promise<readonly AgencySlug[]> => {
  const { rows } = await views.rows(onProgrammeView, links, { where: { agency }, order: 'provider', limit: ALL });
  return rows.map(({ provider }) => provider);
};

export const proposeOnProgramme = async (views: ViewReader, { asker: { slug }, after, limit }: Proposing): Promise<Proposed> => {
  const providers = [...new Set([slug, ...(await linkedProviders(views, slug))])];
  const found = await Promise.all(
    providers.map((provider) => enrolledWith(views, provider, { ...(after && { after }), limit: limit + 1 })),
  );
  return mergedPages(found, { newestFirst: true, limit });
};

/** Whether anybody was ever enrolled with the asker itself. */
export const hasEnrolled = async (views: ViewReader, { slug: provider }: ListAsker): Promise<boolean> =>
  (await views.rows(onProgrammeView, enrolments, { where: { provider }, order: 'started_on', limit: 1 })).rows.length > 0;

const enrolledWith = async (views: ViewReader, provider: string, page: Pick<Proposing, 'after' | 'limit'>): Promise<Proposed> => {
  const order = ['started_on', 'learner', 'revision'] as const;
  const { position, rows } = await views.rows(onProgrammeView, enrolments, { where: { provider }, order, newestFirst: true, ...page });
  const candidates = rows.map(({ started_on, learner, revision }) => ({
    learner,
    anchor: revision,
    place: [started_on, learner, revision],
  }));
  return { position, candidates };
};
