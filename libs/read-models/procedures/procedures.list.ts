// The procedures by which quality is looked at, for all parties (views.md, S24; E2E p. 29).
import type { AgencySlug, IsoDate } from '#kernel';
import { day, isBy, orNull, proposalsFrom, text, thingList } from '../lists/index.ts';
import { procedures, proceduresView } from './procedures.view.ts';

interface ProcedureRow {
  readonly procedureId: string | null;
  readonly title: string | null;
  readonly text: string | null;
  readonly by: AgencySlug | null;
  readonly publishedOn: IsoDate | null;
}

export const procedureList = thingList<ProcedureRow>({
  name: 'quality/procedures',
  says: 'Procedures by which quality is looked at, as they were published last.',
  view: proceduresView,
  purposes: ['improve-provision'],
  items: { anchor: ['quality.procedure-published'], beside: [] },
  filters: { by: { says: 'Slug of the agency that published it.' } },
  fields: {
    procedureId: text('Id that its agency gave it.'),
    title: text('Title.'),
    text: text('What is done.'),
    by: text('Slug of the agency that published it.'),
    publishedOn: day('Day on which it was published last.'),
  },
  table: ['procedureId', 'title', 'by', 'publishedOn'],
  propose: proposalsFrom({
    view: proceduresView,
    table: procedures,
    order: ['published_on', 'procedure', 'source'],
    newestFirst: true,
    anchor: 'published',
  }),
  row: (seen, on, anchor) => {
    const published = seen.at('quality.procedure-published', anchor);
    if (!published || !isBy(published.toldOn, on)) return undefined;
    const publishedOn = published.toldOn ?? null;
    return { ...orNull(published.data, 'procedureId', 'title', 'text'), by: published.source ?? null, publishedOn };
  },
  matches: ({ by }, chosen) => (chosen['by'] ?? by) === by,
  order: (one, other) => (one.title ?? '').localeCompare(other.title ?? ''),
});
