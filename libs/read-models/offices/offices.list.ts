// Offices of a careers service and the districts that each serves, for its team leaders (views.md, S5 and S14).
import type { IsoDate } from '#kernel';
import { chosenBy, day, isBy, orEmpty, orNull, proposalsFrom, text, texts, thingList } from '../lists/index.ts';
import { offices, officesView } from './offices.view.ts';

interface OfficeRow {
  readonly office: string | null;
  readonly name: string | null;
  readonly districts: readonly string[];
  readonly declaredOn: IsoDate | null;
}

export const officeList = thingList<OfficeRow>({
  name: 'offices',
  says: "The asking agency's own offices with the districts that they serve, as it declared them last.",
  view: officesView,
  purposes: ['deliver-programme'],
  items: { anchor: ['office.declared'], beside: [] },
  filters: { district: { says: 'Postcode district that it serves, as WV1.' } },
  fields: {
    office: text('Short name, as `office` of an assignment names it.'),
    name: text('Name.'),
    districts: texts('Postcode districts that it serves.'),
    declaredOn: day('Day on which it was declared last.'),
  },
  table: ['office', 'name', 'districts', 'declaredOn'],
  propose: proposalsFrom({
    view: officesView,
    table: offices,
    order: ['declared_on', 'office', 'source'],
    newestFirst: true,
    anchor: 'declared',
  }),
  row: (seen, on, anchor) => {
    const declared = seen.at('office.declared', anchor);
    if (!declared || !isBy(declared.toldOn, on)) return undefined;
    const { data, toldOn = null } = declared;
    return { ...orNull(data, 'office', 'name'), ...orEmpty(data, 'districts'), declaredOn: toldOn };
  },
  matches: chosenBy<OfficeRow>({ district: ({ districts }, value) => districts.includes(value.toUpperCase()) }),
  order: (one, other) => (one.name ?? '').localeCompare(other.name ?? ''),
});
