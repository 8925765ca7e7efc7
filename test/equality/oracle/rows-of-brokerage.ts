// Where a broker could place whoever has no place yet (views.md, S8): who applied first is proposed for first.
import { itemsOf, type Row } from './facts.ts';
import { applications } from './rows-of-places.ts';
import { provision } from './rows-of-things.ts';
import type { Question, Seen } from './sight.ts';
import type { Told } from './told.ts';

/** Somebody as the broker sees them. */
export interface Applicant {
  readonly seen: Seen;
  readonly localId: string | undefined;
}

interface Application {
  readonly row: Row;
  readonly order: number;
  readonly applicant: Applicant;
}

type Choice = Readonly<Record<'agency' | 'provision' | 'answer', string | null>> & { readonly rank: number | null };

const plain = (words: unknown): string => (typeof words === 'string' ? words : '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

const isFor =
  ({ agency, provision: named }: Pick<Choice, 'agency' | 'provision'>) =>
  ({ listed }: Places): boolean =>
    listed['of'] === agency && [listed['title'], listed['provisionId']].some((name) => plain(name) === plain(named));

interface Places {
  readonly listed: Row;
  readonly taken: Set<Applicant>;
  spokenFor: number;
}

const choicesOf = ({ row }: Application): readonly Choice[] => row['choices'] as readonly Choice[];
const isAccepted = ({ answer }: Choice): boolean => answer === 'accepted';

const takenIn = (one: Application): readonly Pick<Choice, 'agency' | 'provision'>[] => {
  const placed = one.row['placed'] as Choice | null;
  return placed === null ? choicesOf(one).filter(isAccepted) : [placed];
};

export const proposals =
  (cohort?: string) =>
  (applicants: readonly Applicant[], things: readonly Told[], question: Question): readonly Row[] => {
    const { asker, on } = question;
    if (!asker.roles.includes('local-authority')) return [];
    const all = applicants.flatMap((applicant) => applicationsOf(applicant, question));
    const places = provision(things, asker, on, []).map((listed): Places => ({ listed, taken: new Set(), spokenFor: 0 }));
    for (const one of all) for (const named of takenIn(one)) places.find(isFor(named))?.taken.add(one.applicant);
    return all
      .filter((one) => takenIn(one).length === 0 && (cohort === undefined || one.row['cohort'] === cohort))
      .toSorted((one, other) => one.order - other.order)
      .map((one) => proposed(one, places));
  };

const applicationsOf = (applicant: Applicant, question: Question): readonly Application[] => {
  const sent = itemsOf(applicant.seen, 'application.submitted');
  return applications(applicant.seen, question).map((row, n) => ({ row, order: sent[n]?.order ?? 0, applicant }));
};

const left = ({ listed, taken, spokenFor }: Places): number => Number(listed['places']) - taken.size - spokenFor;

const proposed = (one: Application, places: readonly Places[]): Row => {
  const { givenName, familyName, applicationId, submittedOn } = one.row;
  const { localId } = one.applicant;
  const open = choicesOf(one)
    .filter(({ answer }) => answer !== 'declined')
    .map((choice) => ({ choice, at: places.find(isFor(choice)) }));
  const overbooked = open.some(({ at }) => at !== undefined && Number(at.listed['places']) < at.taken.size);
  const person = { ...(localId !== undefined && { localId }), givenName, familyName, applicationId, submittedOn, overbooked };
  const fits = open.find(({ at }) => at !== undefined && left(at) > 0);
  if (!fits?.at) return { ...person, ...nothing(open) };
  const placesLeft = left(fits.at);
  fits.at.spokenFor++;
  const { rank, agency, provision: named } = fits.choice;
  return { ...person, rank, agency, provision: named, placesLeft, why: 'place-left', gap: null };
};

/** With what a gap in provision would be raised about. */
const nothing = (open: readonly { readonly choice: Choice; readonly at: Places | undefined }[]): Row => {
  const [first] = open;
  const isListed = open.some(({ at }) => at !== undefined);
  return {
    ...{ rank: null, agency: null, provision: null, placesLeft: isListed ? 0 : null },
    why: first === undefined ? 'all-declined' : isListed ? 'none-left' : 'not-listed',
    gap: first === undefined ? null : { occupation: first.choice.provision, area: first.at?.listed['area'] ?? null },
  };
};
