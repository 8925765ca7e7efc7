// Who the learner is, and which adviser is responsible (views.md, part 4).
import type { AdviserRole } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import type { DocumentTerms } from './document.ts';
import { currentOfRole } from '#duties';
import { coded, day, type FieldsOf, flag, group, orNull, type SeenItems, text } from '../lists/index.ts';
import type { ProgrammeRow } from './programmes.ts';
import { type Assigned, endOf, isAdviser } from '../states/index.ts';

export interface AdviserRow {
  readonly name: string | null;
  readonly role: string;
  readonly agency: AgencySlug | null;
  readonly contact: string | null;
  /** Nobody has the learner: the link adviser of the provider has to. */
  readonly byFallback: boolean;
}

export interface KeyWorkerRow {
  readonly name: string | null;
  readonly agency: AgencySlug | null;
  readonly contact: string | null;
}

export interface CoverRow {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly dateOfBirth: IsoDate | null;
  readonly uln: string | null;
  readonly adviser: AdviserRow | null;
  readonly keyWorker: KeyWorkerRow | null;
  readonly provider: AgencySlug | null;
}

export const coverFields: FieldsOf<CoverRow> = {
  givenName: text('Given name.'),
  familyName: text('Family name.'),
  dateOfBirth: day('Date of birth.'),
  uln: text('Unique learner number, to whoever supplied it.'),
  adviser: group<AdviserRow>('The responsible adviser, as far as may be seen.', {
    name: text('Name.'),
    role: coded(text('Role, such as personal-adviser.'), 'adviser-roles'),
    agency: text("Slug of the adviser's agency."),
    contact: text('How to reach the adviser.'),
    byFallback: flag('Nobody has the learner: the link adviser of the provider has to.'),
  }),
  keyWorker: group<KeyWorkerRow>('The key worker.', {
    name: text('Name.'),
    agency: text("Slug of the key worker's agency."),
    contact: text('How to reach the key worker.'),
  }),
  provider: text('Slug of the agency that runs the current programme.'),
};

export const currentIn = (seen: SeenItems, assigned: readonly Assigned[], role: AdviserRole, on: IsoDate): Assigned | undefined => {
  const inRole = assigned.filter((one) => one.data.role === role);
  return currentOfRole(role, inRole, (one) => endOf(one, seen, on) !== undefined);
};

/** Those that count. Where none is seen that does, one's own: to say that it does not count would tell of others. */
const countingIn = (seen: SeenItems, { facts }: DocumentTerms): readonly Assigned[] => {
  const all = seen.of('learner.adviser-assigned').filter(isAdviser);
  const counting = all.filter(({ place }) => facts.counting.has(place));
  return counting.length > 0 ? counting : all.filter(({ own }) => own);
};

const IN_ORDER = ['personal-adviser', 'dedicated-adviser', 'link-adviser'] as const;

/** As part 4 of views.md has it: the provider's link adviser where there is no other. */
const adviserIn = (seen: SeenItems, provider: AgencySlug | null, terms: DocumentTerms): AdviserRow | null => {
  const assigned = countingIn(seen, terms);
  for (const role of IN_ORDER) {
    const current = currentIn(seen, assigned, role, terms.on);
    if (current) return { ...orNull(current.data, 'name', 'contact'), role, agency: current.source ?? null, byFallback: false };
  }
  const agency = provider === null ? undefined : terms.facts.linkAdvisers.get(provider);
  return agency === undefined ? null : { name: null, role: 'link-adviser', agency, contact: null, byFallback: true };
};

const keyWorkerIn = (seen: SeenItems, provider: AgencySlug | null, on: IsoDate): KeyWorkerRow | null => {
  const ofProvider = seen.of('learner.adviser-assigned').filter(({ source }) => provider === null || source === provider);
  const worker = currentIn(seen, ofProvider, 'key-worker', on);
  return worker ? { ...orNull(worker.data, 'name', 'contact'), agency: worker.source ?? null } : null;
};

/** Null where nothing of it is seen. */
export const coverIn = (seen: SeenItems, programmes: readonly ProgrammeRow[], terms: DocumentTerms): CoverRow | null => {
  const provider = programmes.find(({ primary }) => primary)?.of ?? null;
  const cover = {
    ...orNull(seen.identity, 'givenName', 'familyName', 'dateOfBirth', 'uln'),
    adviser: adviserIn(seen, provider, terms),
    keyWorker: keyWorkerIn(seen, provider, terms.on),
    provider,
  };
  return Object.values(cover).every((one) => one === null) ? null : cover;
};
