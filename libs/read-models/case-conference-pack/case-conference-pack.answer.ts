// What a case conference needs: what youth justice says in one part, the passport's items in another, and nothing of both (views.md, S7).
import type { AgencySlug, IsoDate } from '#kernel';
import {
  type Assessed,
  assessmentsIn,
  coverIn,
  type CoverRow,
  type DocumentTerms,
  latestFirst,
  type PlacementRow,
  placementsIn,
  type ProgrammeRow,
  programmesIn,
  type ReviewRow,
  reviewsIn,
} from '../documents/index.ts';
import { orNull, type SeenItems } from '../lists/index.ts';

export interface OffenceRow {
  readonly incident: string | null;
  readonly outcome: string | null;
  readonly order: string | null;
  readonly until: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly notedOn: IsoDate | null;
}

export interface RiskRow extends Pick<Assessed, 'assessedOn' | 'validUntil' | 'standing' | 'level' | 'summary' | 'by'> {
  readonly domain: string | null;
}

export interface ConferenceRow {
  readonly on: IsoDate | null;
  readonly attendees: readonly string[];
  readonly decisions: readonly string[];
  readonly by: AgencySlug | null;
}

export interface ReleaseRow {
  readonly from: string | null;
  readonly releaseOn: IsoDate | null;
  readonly by: AgencySlug | null;
}

export interface YouthJusticePart {
  readonly offences: readonly OffenceRow[];
  readonly risk: readonly RiskRow[];
  readonly conferences: readonly ConferenceRow[];
  readonly releases: readonly ReleaseRow[];
}

export interface PassportPart {
  readonly cover: CoverRow | null;
  readonly programme: readonly ProgrammeRow[];
  readonly reviews: readonly ReviewRow[];
  readonly placements: readonly PlacementRow[];
}

export interface CaseConferencePack {
  readonly youthJustice: YouthJusticePart | null;
  readonly passport: PassportPart | null;
}

const RISK = 'risk-of-reoffending';

const risksIn = (seen: SeenItems, on: IsoDate): readonly RiskRow[] =>
  assessmentsIn(seen, on)
    .filter(({ framework }) => framework === RISK)
    .toSorted(latestFirst)
    .map(({ domain, assessedOn, validUntil, standing, level, summary, by }) => ({
      domain,
      assessedOn,
      validUntil,
      standing,
      level,
      summary,
      by,
    }));

const youthJusticeIn = (seen: SeenItems, on: IsoDate): YouthJusticePart => ({
  offences: seen.of('offence.noted').map(({ data, source, toldOn: day }) => ({
    ...orNull(data, 'incident', 'outcome', 'order', 'until'),
    by: source ?? null,
    notedOn: day ?? null,
  })),
  risk: risksIn(seen, on),
  conferences: seen
    .of('case-conference.held')
    .map(({ data, source }) => ({
      on: data.on ?? null,
      attendees: data.attendees ?? [],
      decisions: data.decisions ?? [],
      by: source ?? null,
    }))
    .sort((one, other) => (one.on ?? '').localeCompare(other.on ?? '')),
  releases: seen
    .of('release.planned')
    .map(({ data, source }) => ({ from: data.from ?? null, releaseOn: data.on ?? null, by: source ?? null })),
});

const passportIn = (seen: SeenItems, terms: DocumentTerms): PassportPart => {
  const programme = programmesIn(seen, terms.on);
  return {
    cover: coverIn(seen, programme, terms),
    programme,
    reviews: reviewsIn(seen, terms.on),
    placements: placementsIn(seen, terms.on),
  };
};

const isEmpty = (part: object): boolean => Object.values(part).every((one) => one === null || (one as readonly unknown[]).length === 0);
const orNothing = <Part extends object>(part: Part): Part | null => (isEmpty(part) ? null : part);

/** A part of which nothing is seen is null, whether there is none or none is shown. */
export const packIn = (seen: SeenItems, terms: DocumentTerms): CaseConferencePack => ({
  youthJustice: orNothing(youthJusticeIn(seen, terms.on)),
  passport: orNothing(passportIn(seen, terms)),
});
