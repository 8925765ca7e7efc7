// Which flows whoever oversees sharing is told of: the partnership's officer of all, an agency's of those that touch its data or its staff,
// of the latter without whose data it was (ADR 50).
import { agencyOfOffice, type OfficeAsker } from '#access';

export interface CountedFlow {
  /** Empty: of all sources together. */
  readonly source: string;
  readonly category: string;
  /** An agency, or an office as `operator:data-manager`. */
  readonly recipient: string;
  /** As `6(1)(e)`, with the Art 9 or Art 10 condition behind it. */
  readonly basis: string;
  readonly reliesOnConsent: boolean;
  readonly decisions: number;
  /** In the month with the most of them: the same learner counts in each, so of several months it is at least so many. */
  readonly learners: number;
}

export interface CountedClause {
  readonly clause: string;
  readonly recipient: string;
  readonly decisions: number;
}

export interface FlowShown extends Omit<CountedFlow, 'source'> {
  /** Absent where whoever asks may not know. */
  readonly source?: string;
}

export const flowsSeen = ({ office }: OfficeAsker, flows: readonly CountedFlow[]): readonly FlowShown[] => {
  const own = agencyOfOffice(office);
  if (own === undefined) return flows.filter(({ source }) => source !== '');
  return flows.flatMap(({ source, ...flow }): FlowShown[] => {
    if (source === own) return [{ source, ...flow }];
    return source === '' && flow.recipient === own ? [flow] : [];
  });
};

/** Below it a number may point to somebody. */
const LEAST = 6;

/** To whom is no data protection officer fewer than six learners are `c`. */
export const learnersShown = ({ office }: OfficeAsker, learners: number): number | 'c' =>
  office === 'dpo-partnership' || agencyOfOffice(office) !== undefined || learners >= LEAST ? learners : 'c';
