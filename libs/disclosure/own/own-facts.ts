// What no item of a learner's own record says: why it may be held, who may be shown such a thing and on which ground, and whether it was
// kept from the learner before. It follows from the agreements in force and from what the learner is shown. Pure.
import { londonDate, type Revision } from '#kernel';
import { wasWithheld } from '#learner-record';
import { type ClauseName, clausesThatShare, type Flow, flowOf, mayContribute } from '#sharing-protocols';
import { basisText } from '../disclosure-log.ts';
import type { AccessContext, DecidedAnswer } from '../decide-answer.ts';

/** Why an item is with the partnership, and where it may go. */
export interface Grounds {
  /** The agreement that lets its source record it, as `e2e-passport@1`; absent where none in force does any more. */
  readonly held?: string;
  /** By name. */
  readonly shared: readonly ClauseName[];
}

/** A clause in the words of the agreement. */
export interface ClauseTerms {
  readonly says: string;
  readonly purposes: readonly string[];
  /** As `6(1)(e)`. */
  readonly basis: string;
  /** Absent: none is asked for. */
  readonly consent?: NonNullable<Flow['consent']>;
  readonly to: readonly string[];
  /** How long whoever is shown it may keep it: an ISO 8601 duration. */
  readonly keptFor: string;
  /** Whether one may object to it (UK GDPR Art 21). */
  readonly objectable: boolean;
}

export interface OwnFacts {
  readonly grounds: ReadonlyMap<Revision, Grounds>;
  readonly clauses: ReadonlyMap<ClauseName, ClauseTerms>;
  readonly wasWithheld: ReadonlySet<Revision>;
}

/** To the public task and to legitimate interests one may object; not to a duty by law, nor to what one agreed to. */
export const isObjectable = ({ basis: { article6 } }: Pick<Flow, 'basis'>): boolean => article6 === 'e' || article6 === 'f';

export const termsOf = (flow: Flow): ClauseTerms => ({
  says: flow.says,
  purposes: flow.for,
  basis: basisText(flow.basis),
  ...(flow.consent === undefined ? {} : { consent: flow.consent }),
  to: [...new Set(flow.to.flatMap(({ roles }) => roles))].sort(),
  keptFor: flow.retention,
  objectable: isObjectable(flow),
});

export const ownFactsFor = (context: AccessContext, { permitted }: DecidedAnswer): OwnFacts => {
  const { inForce, file, at } = context;
  const { decisions, contributions } = inForce;
  const grounds = new Map(
    permitted.map(({ item }): readonly [Revision, Grounds] => {
      const { type, source, facts, revision } = item;
      const admitted = mayContribute(contributions, { agency: source, type, facts });
      return [revision, { ...(admitted.allowed && { held: admitted.citation }), shared: clausesThatShare(decisions, item) }];
    }),
  );
  const cited = [...new Set([...grounds.values()].flatMap(({ shared }) => shared))];
  const clauses = cited.flatMap((clause): (readonly [ClauseName, ClauseTerms])[] => {
    const flow = flowOf(decisions, clause);
    return flow ? [[clause, termsOf(flow)]] : [];
  });
  return { grounds, clauses: new Map(clauses), wasWithheld: wasWithheld(file.record, londonDate(at)) };
};
