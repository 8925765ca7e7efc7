// Whose programme is meant: ids are each agency's own (views.md, D4; ADR 81).
import { ownerAmong } from '#duties';
import type { AgencySlug } from '#kernel';
import type { SeenItem, SeenItems } from '../lists/index.ts';

/** A programme, by whose it is and what that agency calls it. */
export interface ProgrammeName {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
}

/** Something said of a programme, by its own agency or by another. */
export interface SaidOfProgramme {
  readonly source?: AgencySlug | undefined;
  readonly place?: number;
  readonly data: { readonly programmeId?: string; readonly of?: AgencySlug };
}

const startsOf = (seen: SeenItems, id: string | undefined): readonly SeenItem<'programme.started'>[] =>
  id === undefined ? [] : seen.of('programme.started').filter(({ data }) => data.programmeId === id);

/** The agency named, else the speaker's own, else the only one that it could mean (contracts.md, `of`); undefined where it is not seen. */
export const ownerOf = (seen: SeenItems, { source, place, data: { programmeId, of } }: SaidOfProgramme): AgencySlug | undefined =>
  ownerAmong(startsOf(seen, programmeId), { source, place, of });

export const isAboutProgramme =
  (seen: SeenItems, { of, programmeId }: ProgrammeName) =>
  (said: SaidOfProgramme): boolean =>
    programmeId !== null && of !== null && said.data.programmeId === programmeId && ownerOf(seen, said) === of;

/** Agreements and endings come from nobody but the agency that runs the programme. */
export const isByItsAgency =
  ({ of, programmeId }: ProgrammeName) =>
  ({ source, data }: SaidOfProgramme): boolean =>
    programmeId !== null && data.programmeId === programmeId && (source ?? null) === of;

/**
 * Whether two events name one programme. Where none of that id is seen, the id alone tells; where several are and none is meant for sure,
 * only whoever spoke of it may mean the same again.
 */
export const areAboutOne = (seen: SeenItems, one: SaidOfProgramme, other: SaidOfProgramme): boolean => {
  if (one.data.programmeId !== other.data.programmeId) return false;
  const [owner, otherOwner] = [ownerOf(seen, one), ownerOf(seen, other)];
  if (owner !== undefined && otherOwner !== undefined) return owner === otherOwner;
  const areSeveral = new Set(startsOf(seen, one.data.programmeId).map(({ source }) => source)).size > 1;
  return !areSeveral || (owner === otherOwner && one.source === other.source);
};

/** The same, of what an agency says of no programme but its own. */
export const isOfThat = (seen: SeenItems, { source, data: { programmeId } }: SaidOfProgramme): ((said: SaidOfProgramme) => boolean) => {
  const own = { data: { ...(programmeId !== undefined && { programmeId }), ...(source !== undefined && { of: source }) } };
  return (said) => areAboutOne(seen, own, said);
};

/**
 * Whether what says that a programme ended may say so of the one that an event names. Where no start of that id is seen, the id alone
 * tells, unless whoever says so does not stand; where several are, none is meant.
 */
export const mayEnd = (seen: SeenItems, ending: SaidOfProgramme & { readonly confirmed: boolean }, named: SaidOfProgramme): boolean => {
  const { programmeId } = named.data;
  if (programmeId === undefined || ending.data.programmeId !== programmeId) return false;
  const owner = ownerOf(seen, named);
  if (owner !== undefined) return ending.source === owner;
  return ending.confirmed && startsOf(seen, programmeId).length === 0;
};
