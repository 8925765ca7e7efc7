// One cell of the table: what binds and what could permit for one membership of recipient and source, one route, one kind of item.
// Facts of the item choose what of the cell is applicable, the purpose a group of candidates, the relationships an outcome;
// each is built when first asked for.
import type { Category, Role } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { ClauseName, Question, Refusal, Route } from './decision.ts';
import {
  admits,
  answersTest,
  comesFrom,
  type Membership,
  namedTest,
  names,
  type ProtocolInForce,
  sinceTest,
  type Test,
  whenTest,
} from './decision-table-parties.ts';
import { type Bar, covers, fitsRoute, forbids, isSensitive, type Permission } from './decision-table-permissions.ts';
import type { Flow } from './language.ts';

/** A permission that could hold, the facts of the item taken into account. */
export interface Candidate {
  readonly permission: Permission;
  /** The recipient's roles under which the permission admits it; a consent must name one of them, or the recipient itself. */
  readonly roles: readonly Role[];
  /** Forbidden in aggregates by another protocol. */
  readonly barred: boolean;
  /** False: the item's source does not stand. */
  readonly confirmed: boolean;
  /** The item names the recipient, where the permission asks for that; likewise for what it answers, and since when its programme runs. */
  readonly named: boolean;
  readonly answers: boolean;
  readonly since: boolean;
  /** A consent must count for special-category data. */
  readonly sensitive: boolean;
}

/** What relationships, restriction and objection leave of a group of candidates. */
export interface Outcome {
  /** The fullest permission that needs no consent. */
  readonly free: Candidate | undefined;
  /** Permissions that need consent and are fuller than `free`, by protocol, the fullest first. */
  readonly needing: ReadonlyMap<string, readonly Candidate[]>;
  /** The answer where no consent holds either; absent where `free` is there. */
  readonly refusal?: Refusal;
}

/** The candidates for one purpose, the fullest first. */
export interface CandidateGroup {
  readonly purpose: string;
  readonly candidates: readonly Candidate[];
  /** All relationships that a candidate asks for. */
  readonly relationships: number;
  readonly outcomes: Map<number, Outcome>;
}

/** A cell as the facts of one item make it. */
export interface Applicable {
  /** The answer where a prohibition binds. */
  readonly prohibited: Refusal | undefined;
  readonly byPurpose: ReadonlyMap<string, readonly CandidateGroup[]>;
  readonly all: readonly CandidateGroup[];
}

/** Where the results of the tests so far lead. */
interface Branch {
  yes?: Branch;
  no?: Branch;
  applicable?: Applicable;
}

interface Cell {
  readonly tests: readonly Test[];
  /** Grows a branch for each combination of results that turns up; `doubtful`: for items whose source does not stand. */
  readonly root: Branch;
  readonly doubtful: Branch;
  /** `results`: one for each test. */
  readonly build: (results: readonly boolean[], confirmed: boolean) => Applicable;
}

/** The tests of these permissions and bars, each once. */
const testsOf = (permissions: readonly Permission[], bars: readonly Bar[]): readonly Test[] => {
  const whens = [...permissions, ...bars].flatMap(({ share }) => (share.when === undefined ? [] : [whenTest(share.when)]));
  const ofPermissions = permissions.flatMap(({ to }) =>
    [namedTest(to), answersTest(to), sinceTest(to)].filter((test) => test !== undefined),
  );
  return [...new Map([...whens, ...ofPermissions].map((test) => [test.key, test])).values()];
};

/** What a cell is about. */
interface CellKey {
  readonly recipient: Membership;
  readonly source: Membership;
  readonly route: Route;
  readonly type: string;
  readonly category: Category;
}

/** Both ends must be parties of the permission's protocol, in roles that it names. */
const concernsPermission = (permission: Permission, key: CellKey): boolean =>
  covers(permission.share, key.type, key.category) &&
  fitsRoute(permission, key.route) &&
  comesFrom(permission, key.source) &&
  admits(permission.to, key.recipient, permission.protocol);

const binds = (bar: Bar, { recipient }: CellKey): boolean => names(bar.prohibition.to, recipient.roles);

const closesAggregates = (bar: Bar, { route }: CellKey): boolean => route === 'aggregate' && bar.prohibition.aggregates === true;

const concernsBar = (bar: Bar, key: CellKey): boolean =>
  forbids(bar.share, key.type, key.category) && names(bar.from, key.source.roles) && (binds(bar, key) || closesAggregates(bar, key));

const prohibitedBy = (bars: readonly Bar[]): Refusal | undefined => {
  const clauses = [...new Set(bars.map((bar) => bar.clause))];
  return clauses.length === 0
    ? undefined
    : Object.freeze({ permit: false, reasons: Object.freeze(clauses.map((clause) => ({ clause, lacks: 'prohibited' as const }))) });
};

const groupOf = (purpose: string, candidates: readonly Candidate[]): CandidateGroup => ({
  purpose,
  candidates,
  relationships: candidates.reduce((bits, { permission }) => bits | permission.relationships, 0),
  outcomes: new Map(),
});

const applicableOf = (candidates: readonly Candidate[], prohibited: Refusal | undefined): Applicable => {
  const byPurpose = Map.groupBy(candidates, ({ permission }) => permission.purpose);
  const groups = new Map([...byPurpose].map(([purpose, some]) => [purpose, [groupOf(purpose, some)]] as const));
  return { prohibited, byPurpose: groups, all: [...groups.values()].flat() };
};

/** `bars` and `permissions` of the whole table, each in its order. */
const cellFor = (key: CellKey, permissions: readonly Permission[], bars: readonly Bar[]): Cell => {
  const concernedPermissions = permissions.filter((permission) => concernsPermission(permission, key));
  const concernedBars = bars.filter((bar) => concernsBar(bar, key));
  const tests = testsOf(concernedPermissions, concernedBars);
  const build = (results: readonly boolean[], confirmed: boolean): Applicable => {
    const holds = (test: Test | undefined): boolean =>
      test === undefined || results[tests.findIndex(({ key: name }) => name === test.key)] === true;
    const applies = ({ share }: Permission | Bar): boolean => holds(share.when && whenTest(share.when));
    const inForce = concernedBars.filter(applies);
    const closing = inForce.filter((bar) => closesAggregates(bar, key));
    const candidates = concernedPermissions.filter(applies).map((permission) => ({
      permission,
      roles: (key.recipient.partyRoles[permission.protocol] ?? []).filter((role) => permission.to.roles.includes(role)),
      barred: closing.some((bar) => bar.protocolId !== permission.protocolId),
      confirmed,
      named: holds(namedTest(permission.to)),
      answers: holds(answersTest(permission.to)),
      since: holds(sinceTest(permission.to)),
      sensitive: isSensitive(permission, key.category),
    }));
    return applicableOf(candidates, prohibitedBy(inForce.filter((bar) => binds(bar, key))));
  };
  return { tests, root: {}, doubtful: {}, build };
};

/** The cell as the item's facts make it, built the first time that items of such facts turn up. */
const applicableFor = (cell: Cell, question: Question): Applicable => {
  const confirmed = question.item.confirmed !== false;
  let branch = confirmed ? cell.root : cell.doubtful;
  for (const { holds } of cell.tests) branch = holds(question) ? (branch.yes ??= {}) : (branch.no ??= {});
  return (branch.applicable ??= cell.build(
    cell.tests.map(({ holds }) => holds(question)),
    confirmed,
  ));
};

// The compiled table and how a question finds its place in it.

type Cells = Record<Route, Map<string, Map<string, Cell>>>;

/** Opaque: made by `compileDecisionTable`, read by the functions of this folder. What it keeps for speed never changes an answer. */
export interface DecisionTable {
  readonly inForce: readonly ProtocolInForce[];
  readonly memberships: ReadonlyMap<AgencySlug, Membership>;
  readonly nobody: Membership;
  /** Every purpose of every protocol in force. */
  readonly purposes: ReadonlySet<string>;
  readonly flows: ReadonlyMap<ClauseName, Flow>;
  readonly permissions: readonly Permission[];
  readonly bars: readonly Bar[];
  /** By the memberships' indices (recipient, source), built when first asked for. */
  readonly cells: Cells[][];
}

export const membershipOf = (table: DecisionTable, agency: AgencySlug): Membership => table.memberships.get(agency) ?? table.nobody;

const noCells = (): Cells => ({ learner: new Map(), feed: new Map(), list: new Map(), aggregate: new Map() });

const cellsBetween = (table: DecisionTable, recipient: Membership, source: Membership): Cells => {
  const row = (table.cells[recipient.index] ??= []);
  return (row[source.index] ??= noCells());
};

const newCell = (table: DecisionTable, key: CellKey, byType: Map<string, Map<string, Cell>>): Cell => {
  const cell = cellFor(key, table.permissions, table.bars);
  const byCategory = byType.get(key.type) ?? new Map<string, Cell>();
  byType.set(key.type, byCategory.set(key.category, cell));
  return cell;
};

/** The table's entry for a question by a recipient of this membership: what binds, and what could permit. */
export const lookUp = (table: DecisionTable, question: Question, membership: Membership): Applicable => {
  const { route, item } = question;
  const source = membershipOf(table, item.source);
  const byType = cellsBetween(table, membership, source)[route];
  const cell =
    byType.get(item.type)?.get(item.category) ??
    newCell(table, { recipient: membership, source, route, type: item.type, category: item.category }, byType);
  return applicableFor(cell, question);
};
