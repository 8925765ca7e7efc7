// One cell of the table: what binds and what could permit for one standing of recipient and source, one route, one kind of item.
// Facts of the item choose a reading of the cell, the purpose an outlook, the relationships an outcome; each is built when first asked for.
import type { Category, Role } from '#catalogue';
import type { Question, Refusal, Route } from './decision.ts';
import { type Standing, admits, comesFrom, names } from './decision-table-parties.ts';
import { type Test, answersTest, namedTest, sinceTest, whenTest } from './decision-table-tests.ts';
import { type Bar, type Way, covers, fitsRoute, forbids, isSensitive } from './decision-table-ways.ts';

/** A way that could permit, the facts of the item taken into account. */
export interface Candidate {
  readonly way: Way;
  /** The recipient's roles under which the way admits it; a consent must name one of them, or the recipient itself. */
  readonly roles: readonly Role[];
  /** Forbidden in aggregates by another protocol. */
  readonly barred: boolean;
  /** False: the item's source does not stand. */
  readonly confirmed: boolean;
  /** The item names the recipient, where the way asks for that; likewise for what it answers, and since when its programme runs. */
  readonly named: boolean;
  readonly answers: boolean;
  readonly since: boolean;
  /** A consent must count for special-category data. */
  readonly sensitive: boolean;
}

/** What relationships, restriction and objection leave of an outlook. */
export interface Outcome {
  /** The fullest way that needs no consent. */
  readonly free: Candidate | undefined;
  /** Ways that need consent and are fuller than `free`, by protocol, the fullest first. */
  readonly needing: ReadonlyMap<string, readonly Candidate[]>;
  /** The answer where no consent holds either; absent where `free` is there. */
  readonly refusal?: Refusal;
}

/** The candidates for one purpose, the fullest first. */
export interface Outlook {
  readonly purpose: string;
  readonly candidates: readonly Candidate[];
  /** All relationships that a candidate asks for. */
  readonly relationships: number;
  readonly outcomes: Map<number, Outcome>;
}

/** A cell as the facts of one item make it. */
export interface Reading {
  /** The answer where a prohibition binds. */
  readonly prohibited: Refusal | undefined;
  readonly byPurpose: ReadonlyMap<string, readonly Outlook[]>;
  readonly all: readonly Outlook[];
}

/** Where the results of the tests so far lead. */
interface Branch {
  yes?: Branch;
  no?: Branch;
  reading?: Reading;
}

export interface Cell {
  readonly tests: readonly Test[];
  /** Grows a branch for each combination of results that turns up; `doubtful`: for items whose source does not stand. */
  readonly root: Branch;
  readonly doubtful: Branch;
  /** `results`: one for each test. */
  readonly build: (results: readonly boolean[], confirmed: boolean) => Reading;
}

/** The tests of these ways and bars, each once. */
const testsOf = (ways: readonly Way[], bars: readonly Bar[]): readonly Test[] => {
  const whens = [...ways, ...bars].flatMap(({ share }) => (share.when === undefined ? [] : [whenTest(share.when)]));
  const ofWays = ways.flatMap(({ to }) => [namedTest(to), answersTest(to), sinceTest(to)].filter((test) => test !== undefined));
  return [...new Map([...whens, ...ofWays].map((test) => [test.key, test])).values()];
};

/** What a cell is about. */
export interface CellKey {
  readonly recipient: Standing;
  readonly source: Standing;
  readonly route: Route;
  readonly type: string;
  readonly category: Category;
}

/** Both ends must be parties of the way's protocol, in roles that it names. */
const concernsWay = (way: Way, key: CellKey): boolean =>
  covers(way.share, key.type, key.category) &&
  fitsRoute(way, key.route) &&
  comesFrom(way, key.source) &&
  admits(way.to, key.recipient, way.protocol);

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

const outlookOf = (purpose: string, candidates: readonly Candidate[]): Outlook => ({
  purpose,
  candidates,
  relationships: candidates.reduce((bits, { way }) => bits | way.relationships, 0),
  outcomes: new Map(),
});

const readingOf = (candidates: readonly Candidate[], prohibited: Refusal | undefined): Reading => {
  const byPurpose = Map.groupBy(candidates, ({ way }) => way.purpose);
  const outlooks = new Map([...byPurpose].map(([purpose, some]) => [purpose, [outlookOf(purpose, some)]] as const));
  return { prohibited, byPurpose: outlooks, all: [...outlooks.values()].flat() };
};

/** `bars` and `ways` of the whole table, each in its order. */
export const cellFor = (key: CellKey, ways: readonly Way[], bars: readonly Bar[]): Cell => {
  const concernedWays = ways.filter((way) => concernsWay(way, key));
  const concernedBars = bars.filter((bar) => concernsBar(bar, key));
  const tests = testsOf(concernedWays, concernedBars);
  const build = (results: readonly boolean[], confirmed: boolean): Reading => {
    const holds = (test: Test | undefined): boolean =>
      test === undefined || results[tests.findIndex(({ key: name }) => name === test.key)] === true;
    const applies = ({ share }: Way | Bar): boolean => holds(share.when && whenTest(share.when));
    const inForce = concernedBars.filter(applies);
    const closing = inForce.filter((bar) => closesAggregates(bar, key));
    const candidates = concernedWays.filter(applies).map((way) => ({
      way,
      roles: (key.recipient.partyRoles[way.protocol] ?? []).filter((role) => way.to.roles.includes(role)),
      barred: closing.some((bar) => bar.protocolId !== way.protocolId),
      confirmed,
      named: holds(namedTest(way.to)),
      answers: holds(answersTest(way.to)),
      since: holds(sinceTest(way.to)),
      sensitive: isSensitive(way, key.category),
    }));
    return readingOf(candidates, prohibitedBy(inForce.filter((bar) => binds(bar, key))));
  };
  return { tests, root: {}, doubtful: {}, build };
};

/** The cell as the item's facts make it, built the first time that items of such facts turn up. */
export const readingFor = (cell: Cell, question: Question): Reading => {
  const confirmed = question.item.confirmed !== false;
  let branch = confirmed ? cell.root : cell.doubtful;
  for (const { holds } of cell.tests) branch = holds(question) ? (branch.yes ??= {}) : (branch.no ??= {});
  return (branch.reading ??= cell.build(
    cell.tests.map(({ holds }) => holds(question)),
    confirmed,
  ));
};
