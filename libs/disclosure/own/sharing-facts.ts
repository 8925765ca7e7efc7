// How a learner's consents stand, and what is shared without any: what the learner's own page says of sharing beside the items. Pure.
import { consentStatusAt, type ConsentStatus, type StandingConsent, standingConsents } from '#consent';
import { type AgencySlug, type IsoDate, londonDate, type Revision } from '#kernel';
import type { FileStanding } from '#learner-file';
import type { RecordItem } from '#learner-record';
import {
  type ClauseName,
  clausesThatWouldHave,
  decideDisclosure,
  flowOf,
  type Permit,
  type Question,
  relationshipBits,
  type Route,
} from '#sharing-protocols';
import { type AccessContext, knownIn, MERGED } from '../decide-answer.ts';
import { type ClauseTerms, termsOf } from './own-facts.ts';

export interface ConsentFacts {
  readonly status: ConsentStatus;
  readonly expires?: IsoDate;
  /** Whether anybody may rely on it now. */
  readonly counts: boolean;
  /** Of the event by which it stands as it does. */
  readonly since: Revision;
}

/** What one agency may be shown now on one ground that asks for no consent. */
export interface GoesOn {
  readonly agency: AgencySlug;
  readonly clause: ClauseName;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly terms: ClauseTerms;
}

export interface SharingFacts {
  /** By the revision at which each was given or refused. */
  readonly consents: ReadonlyMap<Revision, ConsentFacts>;
  /** By agency, then clause. */
  readonly goesOn: readonly GoesOn[];
}

/** `visible`: all that the learner may be shown, whatever was asked for. */
export const sharingFactsFor = (context: AccessContext, visible: readonly RecordItem[]): SharingFacts => ({
  consents: consentsIn(context, new Set(visible.map(({ revision }) => revision))),
  goesOn: withoutConsent(context, visible),
});

const consentsIn = (context: AccessContext, shown: ReadonlySet<Revision>): SharingFacts['consents'] => {
  const known = knownIn(context);
  const today = londonDate(context.at);
  const counting = new Map(known.terms.consents.map(({ id, live, others, own }) => [id, live && (others || own !== 'none')]));
  return new Map(
    standingConsents(known.file.consent, known.grounds)
      .filter(({ consent }) => shown.has(consent.revision))
      .map((one): readonly [Revision, ConsentFacts] => [one.consent.revision, factsOf(one, today, counting)]),
  );
};

const factsOf = (one: StandingConsent, today: IsoDate, counting: ReadonlyMap<string, boolean>): ConsentFacts => {
  const { consent, expires, revision } = one;
  const begun = consent.validFrom <= today && (expires === undefined || today <= expires);
  return {
    status: consentStatusAt(one, today),
    ...(expires === undefined ? {} : { expires }),
    counts: begun && counting.get(`${consent.source}/${consent.id}`) === true,
    since: revision,
  };
};

/** Who has these looks after an area or a provider, and after everybody there. */
const OF_PLACES = relationshipBits(['resident-area', 'link-for-provider', 'link-for-standing-provider']);
const ROUTES: readonly Route[] = ['learner', 'feed', 'list'];

/** Items that are alike to every clause are looked at once. */
const kindOf = ({ type, category, source, facts, confirmed, begun, answers }: RecordItem): string =>
  JSON.stringify([type, category, source, facts, confirmed, begun, answers]);

/**
 * Of agencies that the learner knows of from what is shown, or that look after everybody of a place: else what is withheld would show by
 * whom it lets in.
 */
const relationshipsTold = (known: FileStanding, visible: readonly RecordItem[]): ((agency: AgencySlug, item: RecordItem) => number) => {
  const shown = new Set(visible.map(({ revision }) => revision));
  const chosen = known.standing.state.ties.choices.flatMap(({ agency, revision }) => (shown.has(revision) ? [agency] : []));
  const named = new Set([...visible.flatMap(({ source, facts }) => [source, ...Object.values(facts)]), ...chosen]);
  return (agency, item) => known.bitsFor(agency, item) & (named.has(agency) ? ~0 : OF_PLACES);
};

const withoutConsent = (context: AccessContext, visible: readonly RecordItem[]): readonly GoesOn[] => {
  const { inForce } = context;
  const known = knownIn(context);
  const bitsOf = relationshipsTold(known, visible);
  const merged = known.identity(false).size > 0 ? [MERGED] : [];
  const kinds = [...new Map([...merged, ...visible.filter(({ apart }) => !apart)].map((item) => [kindOf(item), item])).values()];
  const learner = { ...known.terms, consents: [] };
  const today = londonDate(context.at);
  return inForce.agencies.flatMap(({ slug }) => {
    if (inForce.partner(slug) === undefined) return [];
    const others = kinds.filter(({ source }) => source !== slug).map((item) => ({ item, relationships: bitsOf(slug, item) }));
    const of = { recipient: slug, learner, today, referred: known.referredBy(slug) };
    const permits = purposesFor(context, slug).flatMap((purpose) =>
      others.flatMap(({ item, relationships }) => {
        const permit = permitFor(context, { ...of, purposes: [purpose], item, relationships });
        return permit ? [{ permit, item }] : [];
      }),
    );
    return groundsOf(context, slug, permits);
  });
};

/** For which it could be shown anything by any of these routes. */
const purposesFor = ({ inForce: { decisions } }: AccessContext, agency: AgencySlug): readonly string[] => {
  const clauses = ROUTES.flatMap((route) => clausesThatWouldHave(decisions, agency, 'any', route));
  return [...new Set(clauses.flatMap((clause) => flowOf(decisions, clause)?.for ?? []))].sort();
};

/** About one learner alone nobody is told anything who has nothing to do with the learner. */
const routesFor = ({ relationships }: Pick<Question, 'relationships'>): readonly Route[] => (relationships === 0 ? ['list'] : ROUTES);

const permitFor = ({ inForce }: AccessContext, question: Omit<Question, 'route'>): Permit | undefined => {
  for (const route of routesFor(question)) {
    const decision = decideDisclosure(inForce.decisions, { ...question, route });
    if (decision.permit) return decision;
  }
  return undefined;
};

interface Permitted {
  readonly permit: Permit;
  readonly item: RecordItem;
}

const groundsOf = ({ inForce }: AccessContext, agency: AgencySlug, permits: readonly Permitted[]): readonly GoesOn[] => {
  const grounds = [...Map.groupBy(permits, ({ permit }) => `${permit.clause} ${permit.purpose}`)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return grounds.flatMap(([, some]) => {
    const { clause = '', purpose } = some[0]?.permit ?? {};
    const flow = flowOf(inForce.decisions, clause);
    if (flow === undefined || purpose === undefined) return [];
    const categories = [...new Set(some.map(({ item }) => item.category))].sort();
    return [{ agency, clause, purpose, categories, terms: termsOf(flow) }];
  });
};
