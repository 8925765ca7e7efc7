// All that feeds rest on beside the learners, and whom a change of it can touch (ADR 44).
import { createHash } from 'node:crypto';
import { type Category, FRAMEWORKS, type Role, shippedCatalogue } from '#catalogue';
import { type DutyTerm, isReckoned } from '#duties';
import { type AgencySlug, londonDate } from '#kernel';
import { LINK_ADVISERS } from '#learner-file';
import { changedDecisions, type DecisionTable } from '#sharing-protocols';
import type { FeedGround, FeedSketch } from './feed-snapshot.ts';
import type { GateParts } from './gate-parts.ts';

export interface FeedTerms {
  /** Another text whenever anything of the terms is another. */
  readonly digest: string;
  /** Where everything stood that they were read from. */
  readonly ground: FeedGround;
  readonly decisions: DecisionTable;
  /** Roles, districts and legal entities of all agencies, and link advisers: whose word counts, and who has to do with whom. */
  readonly standing: string;
  readonly reachable: ReadonlySet<AgencySlug>;
  /** What has to be done by when, and who holds which role. */
  readonly duties: readonly DutyTerm[];
  readonly roles: ReadonlyMap<AgencySlug, readonly Role[]>;
}

/** Protocols in force with their parties, agencies with roles, districts and entities, who can be reached, and link advisers. */
export const feedTerms = async (
  { streams, registers, clock }: Pick<GateParts, 'streams' | 'registers' | 'clock'>,
  reachable: ReadonlySet<AgencySlug>,
): Promise<FeedTerms> => {
  const { state: linkAdvisers, revision } = await streams.linkAdvisers.load(LINK_ADVISERS);
  const { decisions, agencies, versions, today, duties: terms } = registers.inForce(londonDate(clock.now()));
  const duties = terms.filter(isReckoned);
  const protocols = decisions.inForce.map(({ document, parties }) => [document.id, document.version, [...parties].sort()]);
  const standing = JSON.stringify([
    agencies.map(({ slug, roles, districts, entity }) => [slug, roles, districts, entity]),
    [...linkAdvisers],
  ]);
  const digest = createHash('sha256').update(JSON.stringify([protocols, standing, [...reachable].sort(), duties]));
  const ground = { versions, today, linkAdvisers: revision };
  const roles = new Map(agencies.map((agency) => [agency.slug, agency.roles]));
  return { digest: digest.digest('base64url'), ground, decisions, standing, reachable, duties, roles };
};

/** Whether feeds that were decided under the terms before may be others now. */
export type IsTouched = (sketch: FeedSketch) => boolean;

export const everybody: IsTouched = () => true;

/** Never fewer than those whose feeds change. Who stands, and what consents count for, is worked out from a learner's file alone. */
export const touchedBetween = (before: FeedTerms, after: FeedTerms): IsTouched => {
  if (before.standing !== after.standing) return everybody;
  const changed = changedDecisions(before.decisions, after.decisions);
  const hasTurned = (recipient: AgencySlug): boolean => before.reachable.has(recipient) !== after.reachable.has(recipient);
  const isBound = boundOtherwise(before, after);
  return ({ recipients, sources, categories }) => {
    const items = { sources: new Set(sources), categories: new Set(categories) };
    return recipients.some((recipient) => hasTurned(recipient) || isBound(recipient, categories) || changed.touches(recipient, items));
  };
};

/** Whether something else is asked now of a role that an agency holds, after what there is of such categories. */
const boundOtherwise = (before: FeedTerms, after: FeedTerms): ((agency: AgencySlug, categories: readonly Category[]) => boolean) => {
  const [then, now] = [before, after].map(({ duties }) => new Map(duties.map((term) => [JSON.stringify(term), term] as const)));
  const changed = [...(then ?? [])].filter(([text]) => !now?.has(text)).concat([...(now ?? [])].filter(([text]) => !then?.has(text)));
  const bound = changed.map(([, { duty }]) => ({ who: duty.who, triggers: categoriesOf(duty) }));
  return (agency, categories) => {
    const roles = after.roles.get(agency) ?? [];
    return bound.some(({ who, triggers }) => roles.some((role) => who.includes(role)) && categories.some((one) => triggers.has(one)));
  };
};

/** Of which category what triggers it may be: of an assessment that follows from its framework. */
const categoriesOf = ({ after, by = '' }: DutyTerm['duty']): ReadonlySet<Category> => {
  const [noun, verb] = (after ?? by).split('.');
  const type = shippedCatalogue().types.find(({ short }) => short === `${noun}.${verb}`);
  return new Set(type === undefined ? [] : [undefined, ...FRAMEWORKS].map((framework) => type.categoryOf({ framework })));
};
