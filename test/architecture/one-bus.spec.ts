// Every use case is on the bus, whichever door it comes through (house rule 2, ADR 29): doors hand it over, and act by nothing else.
import { globSync } from 'node:fs';
import type { Command } from 'commander';
import { readTextFile } from '#strict-text';
import { commandsOf } from '../../apps/cli/program.ts';
import { Terminal } from '../../apps/cli/terminal.ts';

const sources = (pattern: string): readonly string[] =>
  globSync(pattern).filter((file) => !/\.spec\.ts$|\/(?:fixtures|contract)\//.test(file));

/** What is injected into controllers beside the bus, and why that is no way round it. */
const BESIDE_THE_BUS: Readonly<Record<string, string>> = {
  Registers: 'which purposes there are, to read the request',
  CLOCK: 'which day it is, to read the request',
  ReceiptSigner: 'the form of the answer',
  ConsentRecords: 'the form of the answer',
  AccessService: 'what the broker publishes of itself: its issuer and its key',
  RateLimits: 'what a sender may use of the broker',
  ReadinessChecks: 'health of the process',
  BrokerMetrics: 'figures of the process',
  TOPIC_PREFIX: 'a word of the documents',
};
// Those of the console know nothing of a broker but its wire.
const controllers = sources('{apps/broker,libs}/**/*.controller.ts');
const injectedIn = (text: string): readonly string[] => [...text.matchAll(/@Inject\((\w+)\)/g)].map(([, token]) => token ?? '');
const aroundTheBus = (text: string): readonly string[] =>
  injectedIn(text).filter((token) => token !== 'UseCases' && !(token in BESIDE_THE_BUS));

describe('controllers', () => {
  it('are given the bus, and nothing else to act by', () => {
    expect(controllers.length).toBeGreaterThan(7);
    expect(controllers.flatMap((file) => aroundTheBus(readTextFile(file)).map((token) => `${file}: ${token}`))).toEqual([]);
  });

  it('would be found out', () => {
    expect(aroundTheBus('constructor(@Inject(UseCases) a: UseCases, @Inject(Gate) gate: Gate) {}')).toEqual(['Gate']);
  });
});

/** Parts of the command line that hold a node: they open it, serve it, or make the demo before anybody is served. */
const HOLDING_A_NODE = [
  'apps/cli/data-directory.ts',
  'apps/cli/demo/make-demo.ts',
  'apps/cli/demo/run-demo.ts',
  'apps/cli/demo/sign-in/demo-people.ts',
  'apps/cli/demo/welcome.ts',
  'apps/cli/commands/serve.ts',
];
/** The parts of a broker that act, or that what is kept is reached by. */
const ACTING = ['openNode', 'BrokerNode', 'openLog', 'SqliteEventStore', 'SqliteViewStore', 'SqliteVault', 'SqliteQuarantine', 'serve'];
const actsIn = (text: string): readonly string[] =>
  ACTING.filter((name) => new RegExp(`\\b${name}\\b[^'"]*\\} (?:from|=)|\\b${name}\\(`).test(text));

/** Commands that ask a data directory for nothing: `wire`, a client of a broker; `local`, of no broker; `process`, one itself. */
const ASK_NOTHING: Readonly<Record<string, 'wire' | 'local' | 'process'>> = {
  demo: 'process',
  serve: 'process',
  console: 'wire',
  config: 'local',
  keygen: 'local',
  'protocol lint': 'local',
  send: 'wire',
  import: 'wire',
  'feed follow': 'wire',
  token: 'wire',
  list: 'wire',
  export: 'wire',
  document: 'wire',
  'protocol simulate': 'wire',
  'protocol propose': 'wire',
};
/** Which use cases each command hands over. */
const ASKS: Readonly<Record<string, readonly string[]>> = {
  'agency add': ['RegisterAgency'],
  'protocol leave': ['LeaveProtocol', 'ListProtocols'],
  'agency rotate': ['RegisterAgencyKey'],
  'agency revoke': ['RevokeAgencyKey'],
  'agency suspend': ['SuspendAgency'],
  'agency end': ['EndAgency'],
  'agency readmit': ['ReadmitAgency'],
  'agency list': ['ListAgencies'],
  'agency lint': ['LintAgencies'],
  'partnership load': ['RegisterAgency', 'DraftProtocol', 'SignProtocol', 'ListAgencies', 'ListProtocols'],
  'protocol sign': ['DraftProtocol', 'SignProtocol', 'ListAgencies', 'ListProtocols'],
  'protocol review': ['ReviewProtocol', 'ListProtocols'],
  'protocol suspend': ['SuspendProtocol', 'ListProtocols'],
  'protocol resume': ['ResumeProtocol', 'ListProtocols'],
  'protocol end': ['EndProtocol', 'ListProtocols'],
  'protocol list': ['ListProtocols'],
  'protocol render': ['ListProtocols', 'ListAgencies'],
  'protocol diff': ['ListProtocols', 'ListAgencies'],
  'protocol odrl': ['ListProtocols', 'ListAgencies'],
  'protocol explain': ['AskForExplanation'],
  'ties list': ['AskForWaitingTies'],
  'ties confirm': ['ConfirmTies'],
  'quarantine list': ['ListQuarantined'],
  'quarantine show': ['FindQuarantined', 'AskForQuarantineContent'],
  'quarantine retry': ['RetryQuarantined', 'FindQuarantined', 'ListQuarantined'],
  'quarantine discard': ['DiscardQuarantined'],
  'quarantine discards': ['ListDiscards'],
  'data-quality list': ['AskForDataQuality'],
  'data-quality waive': ['WaiveIssue'],
  'data-quality ask': ['AskAgencyAboutIssue'],
  'report verify': ['VerifyReport'],
  'report release': ['ReleaseReport'],
  'data-quality show': ['AskForMatch'],
  'data-quality decide': ['DecideMatch'],
  'data-quality unmerge': ['Unmerge'],
  'disclosures list': ['AskWhoSawWhat'],
  notices: ['AskForIssuedNotices'],
  erase: ['AskWhoSawWhat', 'ListAgencies', 'EraseLearner'],
  rebuild: ['RebuildViews'],
  renew: ['RenewFile'],
  clock: ['CompareClocks', 'AcceptClock'],
};

const silent = { write: () => undefined };
const context = { terminal: new Terminal(silent, silent), environment: {}, readInput: async () => new Uint8Array() };

const leavesOf = (command: Command, path: readonly string[] = []): readonly string[] =>
  command.commands.length === 0 ? [path.join(' ')] : command.commands.flatMap((one) => leavesOf(one, [...path, one.name()]));

describe('commands', () => {
  const files = sources('apps/cli/**/*.ts');

  it('each hand use cases over, or ask no broker’s data for anything', () => {
    const told = [...Object.keys(ASK_NOTHING), ...Object.keys(ASKS)].sort();
    expect([...leavesOf(commandsOf(context))].sort()).toEqual(told);
  });

  it('hold no part of a broker that they could act by', () => {
    expect(files.length).toBeGreaterThan(60);
    const acting = files.filter((file) => !HOLDING_A_NODE.includes(file) && actsIn(readTextFile(file)).length > 0);
    expect(acting).toEqual([]);
  });

  it.each([
    "import { openNode } from '../../broker/node.ts';",
    "const { openLog } = await import('../../broker/data-files.ts');",
    "import type { BrokerNode } from '../../broker/node.ts';",
  ])('would be found out by %j', (text) => {
    expect(actsIn(text)).toHaveLength(1);
  });
});

describe('use cases', () => {
  const texts = sources('{apps,libs}/**/*.ts').map(readTextFile);
  const declared = texts.flatMap((text) =>
    [...text.matchAll(/export class (\w+) extends (?:Command|Query)</g)].map(([, name]) => name ?? ''),
  );
  const handled = new Set(
    texts.flatMap((text) => [...text.matchAll(/(?:handling|QueryHandler|CommandHandler)\((\w+)[,)]/g)].map(([, name]) => name ?? '')),
  );
  const handedOver = new Set(texts.flatMap((text) => [...text.matchAll(/\bnew (\w+)\(/g)].map(([, name]) => name ?? '')));

  it('are each handled', () => {
    expect(declared.length).toBeGreaterThan(30);
    expect(declared.filter((name) => !handled.has(name))).toEqual([]);
  });

  it('of commands are all that there are', () => {
    expect(
      Object.values(ASKS)
        .flat()
        .filter((name) => !declared.includes(name)),
    ).toEqual([]);
  });

  it('are each handed over by a door', () => {
    const chosen = new Set(Object.values(ASKS).flat());
    expect(declared.filter((name) => !handedOver.has(name) && !chosen.has(name))).toEqual([]);
  });
});

describe('the inbox', () => {
  it('takes messages in by the bus alone', () => {
    const inbox = sources('libs/ingress/inbox/*.ts').filter((file) => !file.endsWith('record-chunk.ts'));
    expect(inbox.length).toBeGreaterThan(5);
    expect(inbox.filter((file) => /admitTogether|recordChunk\(|\.admit\(/.test(readTextFile(file)))).toEqual([]);
    expect(readTextFile('apps/broker/kafka-in.ts')).toMatch(/useCases\.run\(new TakeInChunk\(chunk\), CHANNEL\)/);
  });
});
