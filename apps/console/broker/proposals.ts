// What parties propose for the next version of an agreement, as the broker tells it.

export interface ProposalSummary {
  readonly proposal: string;
  readonly protocol: string;
  readonly version: number;
  readonly title: string;
  readonly by: string;
  readonly proposedOn: string;
  /** The version in whose place it would come. */
  readonly against: number;
  readonly mustSign: readonly string[];
}

export interface Proposal<Document> extends ProposalSummary {
  readonly digest: string;
  readonly document: Document;
  /** Who would gain or lose what, and what else changes. */
  readonly sentences: readonly string[];
}

export interface Proposals {
  readonly proposals: readonly ProposalSummary[];
}

/** A text that was not proposed yet, as it would be. */
export interface CheckedText extends Pick<ProposalSummary, 'proposal' | 'protocol' | 'version' | 'title' | 'by' | 'against' | 'mustSign'> {
  readonly digest: string;
  /** The agency proposed it before, and nothing else since. */
  readonly waits: boolean;
  readonly sentences: readonly string[];
}
