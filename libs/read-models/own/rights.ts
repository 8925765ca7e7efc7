// What the learner objected to and had restricted, and what became of it (UK GDPR Art 18, 21).
import type { StatementScope } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import { code, day, groups, orNull, type SeenItem, type SeenItems, text, texts } from '../lists/index.ts';
import { ownPage } from './own-page.ts';

interface RequestRow {
  readonly kind: 'objection' | 'restriction';
  readonly categories: readonly string[];
  readonly purposes: readonly string[];
  readonly recipients: readonly string[];
  readonly reason: string | null;
  readonly on: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly state: 'waiting' | 'upheld' | 'overridden' | 'stands' | 'lifted';
  readonly decidedOn: IsoDate | null;
  readonly decidedBy: AgencySlug | null;
  readonly why: string | null;
}

interface Requests {
  readonly rows: readonly RequestRow[];
}

type Begun = SeenItem<'objection.raised'> | SeenItem<'restriction.requested'>;
type Decided = SeenItem<'objection.decided'> | SeenItem<'restriction.lifted'>;

const sorted = (list: readonly string[] = []): readonly string[] => [...new Set(list)].sort();

const scopeOf = ({ categories, purposes, recipients }: StatementScope = {}): Pick<
  RequestRow,
  'categories' | 'purposes' | 'recipients'
> => ({
  categories: sorted(categories),
  purposes: sorted(purposes),
  recipients: sorted(recipients),
});

const sameScope = (one: Begun, other: Decided): boolean =>
  JSON.stringify(scopeOf(one.data.scope)) === JSON.stringify(scopeOf(other.data.scope));

/** What an agency says that does not stand has no effect (W2). */
const counts = ({ confirmed }: Begun | Decided): boolean => confirmed;

/** An objection upheld stays, whatever is said after it. */
const decidedAbout = (begun: Begun, decided: readonly Decided[]): Decided | undefined => {
  const about = decided.filter((one) => one.place > begun.place && sameScope(begun, one));
  return about.find(({ data }) => 'outcome' in data && data.outcome === 'upheld') ?? about.at(-1);
};

type Became = Pick<RequestRow, 'state' | 'decidedOn' | 'decidedBy' | 'why'>;

const becameOf = (decided: Decided | undefined, waits: RequestRow['state'], done: RequestRow['state']): Became => {
  if (decided === undefined) return { state: waits, decidedOn: null, decidedBy: null, why: null };
  const { toldOn = null, source = null, data } = decided;
  return { state: done, decidedOn: toldOn, decidedBy: source, why: data.reason ?? null };
};

const rowOf = (kind: RequestRow['kind'], begun: Begun, became: Became): RequestRow => ({
  kind,
  ...scopeOf(begun.data.scope),
  ...orNull(begun.data, 'reason'),
  on: begun.toldOn ?? null,
  by: begun.source ?? null,
  ...became,
});

const objectionRow = (raised: SeenItem<'objection.raised'>, all: readonly SeenItem<'objection.decided'>[]): RequestRow => {
  const decided = decidedAbout(raised, all) as SeenItem<'objection.decided'> | undefined;
  return rowOf('objection', raised, becameOf(decided, 'waiting', decided?.data.outcome ?? 'waiting'));
};

const requestsIn = (seen: SeenItems): Requests => {
  const decided = seen.of('objection.decided').filter(counts);
  const lifted = seen.of('restriction.lifted').filter(counts);
  const objections = seen.of('objection.raised').filter(counts);
  const restrictions = seen.of('restriction.requested').filter(counts);
  const rows = [
    ...objections.map((one) => [one.place, objectionRow(one, decided)] as const),
    ...restrictions.map((one) => [one.place, rowOf('restriction', one, becameOf(decidedAbout(one, lifted), 'stands', 'lifted'))] as const),
  ];
  return { rows: rows.sort(([one], [other]) => one - other).map(([, row]) => row) };
};

export const ownRequests = ownPage<Requests>({
  name: 'own-requests',
  path: 'requests',
  says: 'Objections and restrictions, what they cover, and what became of them.',
  items: { types: ['objection.raised', 'objection.decided', 'restriction.requested', 'restriction.lifted'] },
  fields: {
    rows: groups<RequestRow>('In the order in which they were made.', {
      kind: code(['objection', 'restriction'], 'Which of the two.'),
      categories: texts('Categories that it covers; none named: all.'),
      purposes: texts('Purposes that it covers; none named: all.'),
      recipients: texts('Roles and slugs that it covers; none named: all.'),
      reason: text('Reason.'),
      on: day('Day.'),
      by: text('Slug of the agency that recorded it.'),
      state: code(['waiting', 'upheld', 'overridden', 'stands', 'lifted'], 'What became of it.'),
      decidedOn: day('Day on which it was decided or lifted.'),
      decidedBy: text('Slug of the agency that decided.'),
      why: text('Why it was decided so.'),
    }),
  },
  content: requestsIn,
});
