// How often anybody looked at what an agency told, and its staff at anything, day by day; and which looks a day had, each learner among
// them recorded before it is told (console.md, picture 6; ADR 66).
import { agencyOfOffice, type OfficeAsker } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import { type AccessHitShown, type LookRow, type Propose, watchedBy } from '#disclosure';
import { type AgencySlug, type IsoDate, londonDate, type Position } from '#kernel';
import { countAgencyLooks, dayOfAgencyLook, findUnusualAccess, proposeAgencyLooks } from '#read-models';
import type { DayOfLooks } from './looks-by-day.handlers.ts';
import type { NotAsked } from './oversight.handlers.ts';
import { type Listing, LISTING, type PageAsked, paged, type Rows } from './oversight-lists.handlers.ts';

export interface AgencyLooksAsked {
  readonly asker: OfficeAsker;
  readonly agency: AgencySlug;
  /** Days in London, both inclusive. */
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface AgencyLooks {
  readonly agency: AgencySlug;
  /** Those with a look, in order. */
  readonly days: readonly DayOfLooks[];
}

export type AgencyLooksShown = { readonly outcome: 'answered'; readonly told: AgencyLooks; readonly position: Position } | NotAsked;

export class AskForAgencyLooks extends Query<AgencyLooksAsked, AgencyLooksShown> {}

export interface DayOfAgency {
  readonly agency: AgencySlug;
  readonly day: IsoDate;
}

/** The latest first. */
export class AskForAgencyLooksOfDay extends Query<PageAsked & DayOfAgency, Rows<LookRow>> {}

const agencyLooks = async (parts: Listing, { asker, ...asked }: AgencyLooksAsked): Promise<AgencyLooksShown> => {
  const { agency, from, to } = asked;
  const parameters = { ...asked, by: 'day' };
  const counted = await parts.gate.look({ asker, asked: 'disclosures', parameters }, async () =>
    countAgencyLooks(parts.views, { agency, from, to }),
  );
  if (counted.outcome !== 'answered') return counted;
  const unusual = await unusualDays(parts, { asker, ...asked });
  const days = counted.told.rows.map(({ day, looks, refused }) => ({ day, looks, refused, unusual: unusual.get(day) ?? [] }));
  return { outcome: 'answered', told: { agency, days }, position: counted.position };
};

/** All looks of one hit are of one day: once that is unusual by the rule, no more need be found. */
const OF_ONE_DAY: readonly string[] = ['outside-hours', 'far-above-usual'];

const meet = async (
  met: Map<IsoDate, ReadonlySet<string>>,
  { rule, at, positions }: AccessHitShown,
  dayOf: (position: Position) => Promise<IsoDate | undefined>,
): Promise<void> => {
  const isMet = (): boolean => OF_ONE_DAY.includes(rule) && met.get(londonDate(at))?.has(rule) === true;
  for (const position of positions) {
    if (isMet()) return;
    const day = await dayOf(position);
    if (day !== undefined) met.set(day, new Set([...(met.get(day) ?? []), rule]));
  }
};

/** Of the looks that whoever asks watches (ADR 53), on which of the agency's days they were. */
const unusualDays = async (
  { gate, views, off }: Listing,
  { asker, agency, from, to }: AgencyLooksAsked,
): Promise<ReadonlyMap<IsoDate, readonly string[]>> => {
  const period = { from, to };
  const found = await gate.unusualAccess(
    { asker, parameters: period },
    async () => (await findUnusualAccess(views, period, { off, ...watchedBy(asker) })).hits,
  );
  const hits: readonly AccessHitShown[] = found.outcome === 'answered' ? found.told : [];
  const met = new Map<IsoDate, ReadonlySet<string>>();
  for (const hit of hits) await meet(met, hit, (position) => dayOfAgencyLook(views, { agency, position }));
  return new Map([...met].map(([day, rules]) => [day, [...rules].sort()]));
};

const agencyLooksOfDay = (parts: Listing, { asker, page, agency, day }: PageAsked & DayOfAgency): Promise<Rows<LookRow>> => {
  const own = agencyOfOffice(asker.office);
  // What is another agency's affair is not even looked up: how long that takes would tell of it.
  const propose: Propose = async (before, limit) =>
    own !== undefined && own !== agency
      ? []
      : proposeAgencyLooks(parts.views, { agency, day, limit, ...(before !== Infinity && { before }) });
  const parameters = { agency, day, limit: page.limit };
  return paged(parts, {
    ...{ asker, page, question: `audit looks ${agency} ${day}` },
    read: (from) => parts.oversight.looks({ ...from, asker, parameters, propose }),
  });
};

export const agencyLooksHandlers = [
  handling(AskForAgencyLooks, LISTING, agencyLooks),
  handling(AskForAgencyLooksOfDay, LISTING, agencyLooksOfDay),
];
