// The latest listed first; and by what names provision is known.
import type { ViewReader } from '../engine/index.ts';
import { proposalsFrom } from '../lists/index.ts';
import { provision, provisionView } from './provision.view.ts';

export const proposeProvision = proposalsFrom({
  view: provisionView,
  table: provision,
  order: ['listed_on', 'provision', 'source'],
  newestFirst: true,
  anchor: 'listed',
});

/** Read at once; others get their turn in between. */
const AT_ONCE = 2000;

/** Words for titles and ids of all that any agency lists. */
export const listedProvision = async (views: ViewReader): Promise<ReadonlySet<string>> => {
  const [words, order] = [new Set<string>(), ['source', 'provision'] as const];
  for (let after: readonly string[] | undefined; ;) {
    const { rows } = await views.rows(provisionView, provision, { order, limit: AT_ONCE, ...(after && { after }) });
    for (const { by_id, by_title } of rows) words.add(by_id).add(by_title);
    const last = rows.length < AT_ONCE ? undefined : rows.at(-1);
    if (!last) return words;
    after = [last.source, last.provision];
  }
};
