// Which agencies make up a partnership, where, and by when it plans (views.md, S19).
import type { AgencySlug, IsoDate } from '#kernel';
import { chosenBy, day, isBy, orEmpty, orNull, proposalsFrom, text, texts, thingList } from '../lists/index.ts';
import { partnerships, partnershipsView } from './partnerships.view.ts';

export interface PartnershipRow {
  readonly name: string | null;
  readonly members: readonly AgencySlug[];
  readonly districts: readonly string[];
  readonly planningCloses: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly declaredOn: IsoDate | null;
}

export const partnershipList = thingList<PartnershipRow>({
  name: 'partnerships',
  says: 'Partnerships with their members, as they were declared last.',
  view: partnershipsView,
  purposes: ['plan-provision'],
  items: { anchor: ['partnership.declared'], beside: [] },
  filters: {
    member: { says: 'Slug of an agency that is a member.' },
    district: { says: 'Postcode district that it serves, as WV1.' },
  },
  fields: {
    name: text('Name.'),
    members: texts('Slugs of its members.'),
    districts: texts('Postcode districts that it serves.'),
    planningCloses: day('Last day for what is to enter its plan.'),
    by: text('Slug of the agency that declared it.'),
    declaredOn: day('Day on which it was declared last.'),
  },
  table: ['name', 'members', 'districts', 'planningCloses', 'by'],
  propose: proposalsFrom({
    view: partnershipsView,
    table: partnerships,
    order: ['declared_on', 'partnership', 'source'],
    newestFirst: true,
    anchor: 'declared',
  }),
  row: (seen, on, anchor) => {
    const declared = seen.at('partnership.declared', anchor);
    if (!declared || !isBy(declared.toldOn, on)) return undefined;
    const { data, source = null, toldOn = null } = declared;
    return {
      ...orNull(data, 'name'),
      ...orEmpty(data, 'members', 'districts'),
      ...orNull(data, 'planningCloses'),
      by: source,
      declaredOn: toldOn,
    };
  },
  matches: chosenBy<PartnershipRow>({
    member: ({ members }, value) => members.includes(value),
    district: ({ districts }, value) => districts.includes(value.toUpperCase()),
  }),
  order: (one, other) => (one.name ?? '').localeCompare(other.name ?? ''),
});
