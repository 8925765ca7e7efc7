// Places that funder and youth offending team agreed (views.md, S7; E2E p. 19). How many are used counts persons, few of them, so that it
// is told by a released table and by nothing else.
import type { AgencySlug, IsoDate } from '#kernel';
import { chosenBy, coded, count, day, isBy, orNull, proposalsFrom, text, thingList } from '../lists/index.ts';
import { quotas, quotaView } from './youth-justice-quota.view.ts';

interface QuotaRow {
  readonly provider: AgencySlug | null;
  readonly programmeKind: string | null;
  readonly year: string | null;
  readonly agreed: number | null;
  readonly used: number | null;
  readonly remaining: number | null;
  readonly by: AgencySlug | null;
  readonly agreedOn: IsoDate | null;
}

export const quotaList = thingList<QuotaRow>({
  name: 'youth-justice/quota',
  says: 'Places agreed for young people under supervision, as each agency told them last.',
  view: quotaView,
  purposes: ['account-for-funding'],
  items: { anchor: ['quota.agreed'], beside: [] },
  filters: { year: { says: 'The year, as 2026/27.' }, provider: { says: 'Slug of the provider.' } },
  fields: {
    provider: text('Slug of the provider where the places are.'),
    programmeKind: coded(text('Kind of programme, such as e2e.'), 'programme-kinds'),
    year: text('Year.'),
    agreed: count('Places agreed.'),
    used: count('Places used; null until a table is released that tells it.'),
    remaining: count('Places left; null until then.'),
    by: text('Slug of the agency that told it.'),
    agreedOn: day('Day on which it was told last.'),
  },
  table: ['year', 'provider', 'programmeKind', 'agreed', 'used', 'remaining', 'by'],
  propose: proposalsFrom({ view: quotaView, table: quotas, order: ['agreed_on', 'quota', 'source'], newestFirst: true, anchor: 'agreed' }),
  row: (seen, on, anchor) => {
    const told = seen.at('quota.agreed', anchor);
    if (!told || !isBy(told.toldOn, on)) return undefined;
    const { places = null } = told.data;
    const { source: by = null, toldOn: agreedOn = null } = told;
    const named = orNull(told.data, 'provider', 'programmeKind', 'year');
    return { ...named, year: named.year === null ? null : String(named.year), agreed: places, used: null, remaining: null, by, agreedOn };
  },
  matches: chosenBy<QuotaRow>({
    year: ({ year }, value) => year === value,
    provider: ({ provider }, value) => provider === value,
  }),
  order: (one, other) => (other.year ?? '').localeCompare(one.year ?? '') || (one.provider ?? '').localeCompare(other.provider ?? ''),
});
