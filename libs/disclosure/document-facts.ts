// What it takes to make a document of items that were permitted, and no item says: who of several advisers counts, on which clauses more
// could be shown, and whether what is not there would be shown. It follows from what the asker sees, and from clauses. Pure.
import type { Category, Role } from '#catalogue';
import type { DutyTerm, LinkAdviserOn } from '#duties';
import type { AgencySlug, Revision } from '#kernel';
import { linkAdviserOf } from '#learners';
import type { RecordItem } from '#learner-record';
import { clausesThatWouldShowMore, type Opening } from '#sharing-protocols';
import { type AccessContext, type Asked, type DecidedAnswer, decisionsFor, knownIn, type PermittedItem } from './decide-answer.ts';
import { recipientIn } from './in-force.ts';

/** A kind of item; whether one would be shown says nothing of whether there is one. */
export interface KindOfItem {
  /** Short type. */
  readonly type: string;
  readonly category: Category;
  readonly facts?: Readonly<Record<string, string>>;
  /** It comes from the agency that runs the programme, or from any other than the asker; there it may name that agency. */
  readonly from: 'programme' | 'others';
  readonly names?: 'to';
}

export interface DocumentFacts {
  /** Of the assignments of advisers that are shown, those that count. */
  readonly counting: ReadonlySet<Revision>;
  /** On which clauses more of an assessment could be shown. */
  readonly opens: ReadonlyMap<Revision, readonly Opening[]>;
  /** By provider of a programme that is shown: whose link adviser it has, where the asker would be told of an adviser of theirs. */
  readonly linkAdvisers: ReadonlyMap<AgencySlug, AgencySlug>;
  /** The same on a day, of whichever provider. */
  readonly linkAdviserOf: LinkAdviserOn;
  /** As agencies are registered. */
  /** What agreements ask for, and by when. */
  readonly duties: readonly DutyTerm[];
  readonly rolesOf: (agency: AgencySlug) => readonly Role[];
  /** Agencies of whose programmes each kind asked about would be shown. */
  readonly whole: ReadonlySet<AgencySlug>;
}

type Permitted = readonly PermittedItem[];
type Shows = (item: Pick<RecordItem, 'type' | 'category' | 'source' | 'facts'>) => boolean;

/** No event stands there. */
const NOWHERE: Revision = -2;

/** Whether an item such as this would be shown. */
const showsIn = (context: AccessContext, asked: Asked): Shows => {
  const decide = decisionsFor(context, asked);
  return (item) => decide({ ...item, revision: NOWHERE, at: 0, apart: false }).permit;
};

export const factsFor = (
  context: AccessContext,
  asked: Asked,
  { permitted }: DecidedAnswer,
  kinds: readonly KindOfItem[],
): DocumentFacts => {
  const shows = showsIn(context, asked);
  const isTold = (agency: AgencySlug): boolean =>
    shows({ type: 'learner.adviser-assigned', category: 'adviser', source: agency, facts: LINKS });
  const linkAdviserOn: LinkAdviserOn = (provider, on) => {
    const agency = linkAdviserOf(knownIn(context).circumstances, provider, on);
    return agency !== undefined && isTold(agency) ? agency : undefined;
  };
  const running = [...new Set(permitted.flatMap(({ item }) => (item.type === 'programme.started' ? [item.source] : [])))];
  return {
    counting: countingIn(context, permitted),
    opens: opensFor(context, asked, permitted),
    linkAdvisers: linkAdvisersOf(running, (provider) => linkAdviserOn(provider, context.inForce.today)),
    linkAdviserOf: linkAdviserOn,
    duties: context.inForce.duties,
    rolesOf: (agency) => context.inForce.agency(agency)?.roles ?? [],
    whole: new Set(kinds.length === 0 ? [] : running.filter((source) => kinds.every((kind) => isShown(context, shows, kind, source)))),
  };
};

const countingIn = (context: AccessContext, permitted: Permitted): DocumentFacts['counting'] => {
  if (!permitted.some(({ item }) => item.type === 'learner.adviser-assigned')) return new Set();
  const { standing } = knownIn(context);
  return new Set(standing.state.ties.assignments.flatMap((one) => (standing.isGrounded(one) ? [one.revision] : [])));
};

const opensFor = ({ reader, inForce }: AccessContext, { purposes, route }: Asked, permitted: Permitted): DocumentFacts['opens'] => {
  const assessed = permitted.filter(({ item, permit }) => item.type === 'assessment.recorded' && permit.level !== 'full');
  const question = { recipient: recipientIn(reader), purposes, route };
  return new Map(
    assessed.map(({ item, permit }) => [item.revision, clausesThatWouldShowMore(inForce.decisions, { ...question, item }, permit.level)]),
  );
};

const LINKS = { role: 'link-adviser' };

const linkAdvisersOf = (
  running: readonly AgencySlug[],
  linkAdviser: (provider: AgencySlug) => AgencySlug | undefined,
): DocumentFacts['linkAdvisers'] =>
  new Map(
    running.flatMap((provider) => {
      const agency = linkAdviser(provider);
      return agency === undefined ? [] : [[provider, agency] as const];
    }),
  );

/** One's own is shown to oneself: what others say is asked of others. */
const isShown = ({ reader, inForce }: AccessContext, shows: Shows, { from, names, ...kind }: KindOfItem, running: AgencySlug): boolean => {
  const facts = { ...kind.facts, ...(names && { [names]: running }) };
  const sources = from === 'programme' ? [running] : inForce.agencies.flatMap(({ slug }) => (slug === reader.slug ? [] : [slug]));
  return sources.some((source) => shows({ ...kind, facts, source }));
};
