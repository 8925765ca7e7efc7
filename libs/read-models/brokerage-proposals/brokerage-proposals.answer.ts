// Where a broker could place whoever has no place yet, in the order in which they applied (views.md, S8; Collaborating for success).
// It proposes and writes nothing. Places are those listed less those taken by applicants whom the broker sees.
import type { AgencySlug, IsoDate } from '#kernel';
import type { ApplicationRow, ChoiceRow } from '../applications/index.ts';
import type { PersonRow, SourceRow, WorkedOutRow, WorkingOut } from '../lists/index.ts';
import { isCalled, type ProvisionRow, provisionList } from '../provision/index.ts';

export const WHY = ['place-left', 'none-left', 'not-listed', 'all-declined'] as const;

/** What raising a gap would say. */
export interface GapToRaise {
  readonly occupation: string | null;
  readonly area: string | null;
}

export interface ProposalRow extends PersonRow {
  readonly applicationId: string | null;
  readonly submittedOn: IsoDate | null;
  readonly rank: number | null;
  readonly agency: AgencySlug | null;
  readonly provision: string | null;
  readonly placesLeft: number | null;
  readonly overbooked: boolean;
  readonly why: (typeof WHY)[number];
  readonly gap: GapToRaise | null;
}

interface Applied {
  readonly source: SourceRow;
  readonly application: ApplicationRow;
}

/** Places of one provision, and who has taken one. */
interface Places {
  readonly listed: ProvisionRow;
  readonly takers: Set<string>;
  proposed: number;
}

type Named = Pick<ChoiceRow, 'agency' | 'provision'>;

const isOf =
  ({ agency, provision }: Named) =>
  ({ listed }: Places): boolean =>
    listed.of === agency && isCalled(listed, provision);

const takenBy = ({ placed, choices }: ApplicationRow): readonly Named[] =>
  placed ? [placed] : choices.filter(({ answer }) => answer === 'accepted');

const leftOf = ({ listed, takers, proposed }: Places): number => (listed.places ?? 0) - takers.size - proposed;

/** As they were recorded: the day that its sender gives puts nobody before others. */
const inOrder = ({ source: one }: Applied, { source: other }: Applied): number => (one.position ?? 0) - (other.position ?? 0);

/** Of a year there are proposals to its applicants alone; places are taken by whoever has one. */
export const proposalRows = ({ asker, chosen: { cohort }, rows, things }: WorkingOut): readonly WorkedOutRow<ProposalRow>[] => {
  if (!asker.roles.includes('local-authority')) return [];
  const applied = rows.map((source): Applied => ({ source, application: source.row as unknown as ApplicationRow }));
  const listed = (things.get(provisionList.name) ?? []) as unknown as readonly ProvisionRow[];
  const places = listed.map((one): Places => ({ listed: one, takers: new Set(), proposed: 0 }));
  for (const { source, application } of applied)
    for (const named of takenBy(application)) places.find(isOf(named))?.takers.add(source.learner ?? '');
  return applied
    .filter(({ application }) => takenBy(application).length === 0 && (cohort === undefined || application.cohort === cohort))
    .toSorted(inOrder)
    .map((one) => ({ row: proposalOf(one.application, places), of: [one.source] }));
};

/** The first choice with a place left, which is then spoken for. */
const proposalOf = (
  { applicationId, submittedOn, givenName, familyName, choices }: ApplicationRow,
  places: readonly Places[],
): ProposalRow => {
  const open = choices.filter(({ answer }) => answer !== 'declined');
  const found = open.map((choice) => ({ choice, at: places.find(isOf(choice)) }));
  const fits = found.find(({ at }) => at && leftOf(at) > 0);
  const overbooked = found.some(({ at }) => at !== undefined && (at.listed.places ?? 0) < at.takers.size);
  const person = { givenName, familyName, applicationId, submittedOn };
  if (!fits?.at) return { ...person, ...noneIn(found), overbooked };
  const placesLeft = leftOf(fits.at);
  fits.at.proposed++;
  const { rank, agency, provision } = fits.choice;
  return { ...person, rank, agency, provision, placesLeft, overbooked, why: 'place-left', gap: null };
};

const noneIn = (
  found: readonly { readonly choice: ChoiceRow; readonly at: Places | undefined }[],
): Omit<ProposalRow, keyof PersonRow | 'applicationId' | 'submittedOn' | 'overbooked'> => {
  const isListed = found.some(({ at }) => at !== undefined);
  const [first] = found;
  const why = isListed ? 'none-left' : 'not-listed';
  return {
    rank: null,
    agency: null,
    provision: null,
    placesLeft: isListed ? 0 : null,
    why: first ? why : 'all-declined',
    gap: first ? { occupation: first.choice.provision, area: first.at?.listed.area ?? null } : null,
  };
};
