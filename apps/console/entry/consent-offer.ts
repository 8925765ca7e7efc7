// What somebody can agree to under an agreement: the kinds of data, recipients and purposes of its clauses that need consent. Pure.
import type { Purpose } from '../broker/agreements.ts';

interface Shared {
  readonly category: string;
  readonly consent?: string;
}
interface To {
  readonly roles?: readonly string[];
}
interface Flow {
  readonly says: string;
  readonly share: readonly Shared[];
  readonly to: readonly To[];
  readonly for: readonly string[];
  readonly consent?: string;
}

export interface ConsentDocument {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly why: string;
  readonly purposes: readonly Purpose[];
  readonly flows: readonly Flow[];
}

export interface ConsentOffer {
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
  readonly purposes: readonly Purpose[];
  /** The clauses in sentences. */
  readonly says: readonly string[];
}

/** Undefined where nothing of the agreement rests on consent. */
export const offerOf = ({ flows, purposes }: ConsentDocument): ConsentOffer | undefined => {
  const asked = flows.filter((flow) => flow.consent !== undefined || flow.share.some(({ consent }) => consent !== undefined));
  if (asked.length === 0) return undefined;
  const ids = new Set(asked.flatMap((flow) => flow.for));
  return {
    categories: sorted(
      asked.flatMap((flow) => flow.share.filter((one) => (one.consent ?? flow.consent) !== undefined).map(({ category }) => category)),
    ),
    recipients: sorted(asked.flatMap(({ to }) => to.flatMap(({ roles = [] }) => roles))),
    purposes: purposes.filter(({ id }) => ids.has(id)),
    says: asked.map(({ says }) => says),
  };
};

const sorted = (words: readonly string[]): readonly string[] => [...new Set(words)].sort();
