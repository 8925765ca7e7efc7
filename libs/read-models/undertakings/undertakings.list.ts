// Which undertakings were met, by whom and when (views.md, S1 and S23).
import type { AgencySlug, IsoDate } from '#kernel';
import { day, isBy, orNull, proposalsFrom, text, thingList } from '../lists/index.ts';
import { undertakings, undertakingsView } from './undertakings.view.ts';

export interface UndertakingRow {
  readonly undertakingId: string | null;
  readonly protocol: string | null;
  readonly duty: string | null;
  readonly doneOn: IsoDate | null;
  readonly note: string | null;
  readonly by: AgencySlug | null;
}

export const undertakingList = thingList<UndertakingRow>({
  name: 'undertakings',
  says: 'What parties have done of what protocols ask of them where no learner is concerned, as they say so.',
  view: undertakingsView,
  purposes: ['plan-provision'],
  items: { anchor: ['undertaking.discharged'], beside: [] },
  filters: {
    protocol: { says: 'Id of the protocol.' },
    duty: { says: 'Id of the duty within it.' },
    by: { says: 'Slug of the agency that says so.' },
  },
  fields: {
    undertakingId: text('Names it, towards the asking agency alone.'),
    protocol: text('Id of the protocol.'),
    duty: text('Id of the duty within it.'),
    doneOn: day('Day on which it was done.'),
    note: text('What was done.'),
    by: text('Slug of the agency that says so.'),
  },
  table: ['protocol', 'duty', 'doneOn', 'by'],
  propose: proposalsFrom({
    view: undertakingsView,
    table: undertakings,
    order: ['done_on', 'undertaking', 'source'],
    newestFirst: true,
    anchor: 'discharged',
  }),
  row: (seen, on, anchor) => {
    const said = seen.at('undertaking.discharged', anchor);
    if (!said || !isBy(said.toldOn, on)) return undefined;
    const { id = null, source = null, data } = said;
    return { undertakingId: id, ...orNull(data, 'protocol', 'duty', 'note'), doneOn: data.on ?? null, by: source };
  },
  matches: ({ protocol, duty, by }, chosen) =>
    (chosen['protocol'] ?? protocol) === protocol && (chosen['duty'] ?? duty) === duty && (chosen['by'] ?? by) === by,
  order: (one, other) =>
    (other.doneOn ?? '').localeCompare(one.doneOn ?? '') || (one.undertakingId ?? '').localeCompare(other.undertakingId ?? ''),
});
