// What cannot be true, or is not known and should be: an agency's own to it, all that it may see to the data manager (views.md, S16).
import { shippedCodes } from '#catalogue';
import { type AgencySlug, type IsoDate, londonDate } from '#kernel';
import {
  chosenBy,
  code,
  coded,
  compareDays,
  day,
  flag,
  isPast,
  known,
  list,
  type RowAt,
  type SeenItem,
  type SeenItems,
  text,
  workingDaysAfter,
} from '../lists/index.ts';
import { type Fact, FACT_TYPES, factOf } from './facts.ts';
import { circumstancesOf, proposeIssues } from './issues.query.ts';
import { issuesView } from './issues.view.ts';
import { findingsIn, LACKING, RULE_CODES, type RuleCode, SEVERITIES, type Severity, severityOf } from './rules.ts';

const STATES = ['open', 'waived'] as const;

interface IssueRow {
  readonly rule: RuleCode;
  readonly severity: Severity;
  readonly position: string | null;
  readonly source: AgencySlug | null;
  readonly type: string;
  readonly since: IsoDate;
  readonly says: string;
  readonly advice: string;
  readonly state: (typeof STATES)[number];
  readonly overdue: boolean;
  readonly askedOn: IsoDate | null;
}

const WORKING_DAYS = 10;

const factsIn = (seen: SeenItems): readonly Fact[] =>
  FACT_TYPES.flatMap((type) =>
    seen
      .of(type)
      .flatMap(({ place, source = '', data, toldOn = '' }: SeenItem<typeof type>) => factOf({ place, type, source }, data, toldOn) ?? []),
  );

type Worded = Pick<IssueRow, 'rule' | 'severity' | 'says' | 'advice'>;

const worded = (rule: RuleCode): Worded => {
  const { label: says = '', advice = '' } = shippedCodes()['data-quality-rules'].codes.find((one) => one.code === rule) ?? {};
  return { rule, severity: severityOf(rule), says, advice };
};

const isOverdue = ({ severity, state, since }: Pick<IssueRow, 'severity' | 'state' | 'since'>, on: IsoDate): boolean =>
  severity === 'blocks' && state === 'open' && isPast(workingDaysAfter(since, WORKING_DAYS), on);

/**
 * The rule is asked again of what the asker may see: where that does not bear it out, there is no row; but for what the data manager asked
 * the agency about, which is told of its own event alone. What is missing its own words alone bear out.
 */
const ruleAt = (facts: readonly Fact[], at: RowAt, askedOn: IsoDate | null): RuleCode | undefined => {
  const { anchor, about } = at;
  const found = findingsIn(facts, circumstancesOf(at)).find(({ rule, at: place }) => rule === about && place === anchor);
  const isAsked = askedOn !== null && at.asker.office === undefined && LACKING[about ?? ''] === undefined;
  return found?.rule ?? (isAsked ? RULE_CODES.find((rule) => rule === about) : undefined);
};

const askedOnIn = ({ about, position = 0, partnership }: RowAt): IsoDate | null => {
  const askedAt = about === undefined ? undefined : partnership.askedAbout({ rule: about, position });
  return askedAt === undefined ? null : londonDate(askedAt);
};

const rowOf = (seen: SeenItems, at: RowAt): IssueRow | undefined => {
  const { anchor, knownAt = 0, position = 0, on, partnership } = at;
  const [facts, askedOn] = [factsIn(seen), askedOnIn(at)];
  const [rule, fact] = [ruleAt(facts, at, askedOn), facts.find(({ place }) => place === anchor)];
  if (rule === undefined || !fact) return undefined;
  const since = londonDate(knownAt);
  const state = partnership.isWaived({ rule, position }) ? 'waived' : 'open';
  const row = { ...worded(rule), position: String(position), source: known(fact.source), type: fact.type, since, state } as const;
  return { ...row, overdue: isOverdue(row, on), askedOn };
};

export const issues = list<IssueRow>({
  name: 'data-quality/issues',
  says: 'What cannot be true, or is not known and should be: to an agency of what it told, also beside others’ words that it may see; to the data manager of all.',
  view: issuesView,
  purposes: ['assure-data-quality', 'support-learner', 'deliver-programme'],
  items: { anchor: FACT_TYPES, beside: [] },
  office: 'data-manager',
  isOwn: true,
  filters: {
    agency: { says: 'Slug of the agency that told it.' },
    rule: { says: 'Which rule found it.', codes: RULE_CODES },
    severity: { says: 'Whether it has to be settled before figures that it touches are published.', codes: SEVERITIES },
    state: { says: 'Whether it was waived.', codes: STATES },
  },
  fields: {
    rule: coded(code(RULE_CODES, 'Which rule found it.'), 'data-quality-rules'),
    severity: code(SEVERITIES, 'Whether it has to be settled before figures that it touches are published.'),
    position: text('Of the event that it is about.'),
    source: text('Slug of the agency that told it.'),
    type: text('Short type of the event.'),
    since: day('On which the event was recorded.'),
    says: text('What was found.'),
    advice: text('What its source can do.'),
    state: code(STATES, 'Whether it was waived.'),
    overdue: flag('Whether it blocks, and is open for more than ten working days.'),
    askedOn: day('On which the data manager last asked the agency about it.'),
  },
  table: ['severity', 'rule', 'source', 'type', 'position', 'since', 'state', 'askedOn', 'advice'],
  propose: proposeIssues,
  row: rowOf,
  matches: chosenBy<IssueRow>({
    agency: ({ source }, value) => source === value,
    rule: ({ rule }, value) => rule === value,
    severity: ({ severity }, value) => severity === value,
    state: ({ state }, value) => state === value,
  }),
  order: (one, other) =>
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compareDays(one.since, other.since) ||
    Number(one.position) - Number(other.position),
});
