// Findings about what agencies told, as the data manager's pages show them: counted, and by their rules. Pure.

export interface Issue {
  readonly rule: string;
  readonly severity: 'blocks' | 'warns';
  readonly position: string | null;
  readonly source: string | null;
  readonly since: string;
  readonly says: string;
  readonly advice: string;
  readonly state: 'open' | 'waived';
  readonly overdue: boolean;
  /** The agency was asked about it. */
  readonly askedOn: string | null;
}

export interface IssuesCounted {
  readonly count: number;
  readonly overdue: number;
  readonly oldest: string | undefined;
}

export const issuesCounted = (issues: readonly Issue[]): IssuesCounted => ({
  count: issues.length,
  overdue: issues.filter(({ overdue }) => overdue).length,
  oldest: issues.map(({ since }) => since).sort()[0],
});

export interface IssuesOfRule {
  readonly rule: string;
  readonly severity: Issue['severity'];
  readonly says: string;
  readonly advice: string;
  readonly issues: readonly Issue[];
}

/** What blocks figures stands first, then by how many there are. */
export const byRule = (issues: readonly Issue[]): readonly IssuesOfRule[] =>
  [...Map.groupBy(issues, ({ rule }) => rule)]
    .flatMap(([rule, some]) =>
      some[0] ? [{ rule, severity: some[0].severity, says: some[0].says, advice: some[0].advice, issues: some }] : [],
    )
    .sort(
      (one, other) => Number(other.severity === 'blocks') - Number(one.severity === 'blocks') || other.issues.length - one.issues.length,
    );
