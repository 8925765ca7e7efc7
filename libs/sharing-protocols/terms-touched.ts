// Whom a change of terms can touch: a protocol signed, ended or suspended, an agency that comes, goes or changes. Whoever keeps what each
// partner was sent need look anew at those alone.
import type { AgencySlug } from '#kernel';
import { partyRoles, type ProtocolInForce, type TableAgency } from './decision-table-parties.ts';

export interface TermsAgency extends TableAgency {
  /** Its legal entity: agencies of one count as one where somebody vouches. */
  readonly entity?: AgencySlug;
}

/** What decisions are compiled from. */
export interface Terms {
  readonly inForce: readonly ProtocolInForce[];
  /** Those who take part. */
  readonly agencies: readonly TermsAgency[];
}

/**
 * Recipients to whom a decision may come out otherwise under the one terms than under the other; `every`: that cannot be told apart. Of
 * the others each decision is the same, on whichever learner, but for the clause that it cites being written anew.
 */
export const recipientsTouched = (before: Terms, after: Terms): ReadonlySet<AgencySlug> | 'every' => {
  const agencies = agenciesTouched(before.agencies, after.agencies);
  const changed = protocolsChanged(before, after);
  if (agencies === 'every' || changed.some(bindsBeyondItsFlows)) return 'every';
  const admitted = changed.flatMap(({ versions }) => [before, after].flatMap((terms) => versions.flatMap((one) => admittedBy(one, terms))));
  return new Set([...agencies, ...admitted]);
};

const isLike = (one: TermsAgency, other: TermsAgency): boolean => termsOf(one) === termsOf(other);

const termsOf = ({ roles, districts, entity }: TermsAgency): string =>
  JSON.stringify([[...roles].sort(), districts && [...districts].sort(), entity]);

/** Roles, districts and legal entity say whose word about a learner counts, for everybody; so does one that goes, or comes with them. */
const agenciesTouched = (before: Terms['agencies'], after: Terms['agencies']): readonly AgencySlug[] | 'every' => {
  const [earlier, later] = [bySlug(before), bySlug(after)];
  const slugs = [...new Set([...earlier.keys(), ...later.keys()])];
  const different = slugs.filter((slug) => {
    const [one, other] = [earlier.get(slug), later.get(slug)];
    return !one || !other || !isLike(one, other);
  });
  const comesAlone = (slug: AgencySlug): boolean => {
    const { districts = [], entity } = later.get(slug) ?? {};
    return !earlier.has(slug) && districts.length === 0 && entity === undefined;
  };
  return different.every(comesAlone) ? different : 'every';
};

const bySlug = (agencies: Terms['agencies']): ReadonlyMap<AgencySlug, TermsAgency> => new Map(agencies.map((one) => [one.slug, one]));

interface ChangedProtocol {
  /** As it was, and as it is; one of them where it came or went. */
  readonly versions: readonly ProtocolInForce[];
  /** Another text, and not only other parties. */
  readonly written: boolean;
}

const protocolsChanged = (before: Terms, after: Terms): readonly ChangedProtocol[] => {
  const ids = new Set([...before.inForce, ...after.inForce].map(({ document }) => document.id));
  return [...ids].flatMap((id) => {
    const [earlier, later] = [before, after].map(({ inForce }) => inForce.filter(({ document }) => document.id === id));
    const written = textOf(earlier) !== textOf(later);
    if (!written && partiesOf(earlier) === partiesOf(later)) return [];
    return [{ versions: [...(earlier ?? []), ...(later ?? [])], written }];
  });
};

const textOf = (versions: readonly ProtocolInForce[] = []): string => JSON.stringify(versions.map(({ document }) => document));
const partiesOf = (versions: readonly ProtocolInForce[] = []): string => JSON.stringify(versions.map(({ parties }) => [...parties].sort()));

/** A prohibition binds whoever has the role, party or not, and an override lifts what others say. */
const bindsBeyondItsFlows = ({ versions, written }: ChangedProtocol): boolean =>
  written && versions.some(({ document }) => document.prohibitions.length > 0 || document.override !== undefined);

/** Who may receive by one of its flows, whoever contributed the item. */
const admittedBy = (protocol: ProtocolInForce, { agencies }: Terms): readonly AgencySlug[] => {
  const roles = new Set(protocol.document.flows.flatMap(({ to }) => to.flatMap((one) => one.roles ?? [])));
  return agencies.filter((agency) => partyRoles(protocol, agency).some((role) => roles.has(role))).map(({ slug }) => slug);
};
