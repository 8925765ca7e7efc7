// Opens the broker's data for a command, beside a broker that runs or without one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import type { Command, Query } from '#bus';
import type { BrokerConfig } from '../broker/config.ts';
import type { BrokerNode } from '../broker/node.ts';
import { Complaint } from './complaint.ts';
import type { Context, Environment } from './context.ts';

/** Throws `ConfigError`. Loaded when asked for: commands that talk to a broker over HTTP start without it. */
export const configOf = async ({ environment }: Pick<Context, 'environment'>): Promise<BrokerConfig> => {
  const { parseConfig } = await import('../broker/config.ts');
  return parseConfig(environment);
};

/** Where the demo keeps its data unless CONCORDAT_DATA says otherwise. */
export const demoDirectory = ({ CONCORDAT_DATA }: Environment): string => CONCORDAT_DATA || join('.concordat', 'demo');

export interface Opening {
  /** Makes the data directory where there is none. */
  readonly create?: boolean;
  /** What is read: it is brought up to the end of the log first, whether or not a broker keeps it. */
  readonly view?: string | readonly string[];
}

/** A command looks at few: it need not set aside memory for many. */
const FEW_LEARNERS = '1000';
const WAIT_MS = 60_000;

/** Whatever a command does on the data directory, it asks for here. */
export type Ask = <Answer>(useCase: Command<unknown, Answer> | Query<unknown, Answer>) => Promise<Answer>;

/** Opens the broker's data for as long as `work` runs. No threads for signatures: few are checked here. */
export const withUseCases = async <Result>(
  context: Context,
  work: (ask: Ask) => Promise<Result>,
  { create = false, view }: Opening = {},
): Promise<Result> => {
  const config = await configOf({ environment: { ...context.environment, CONCORDAT_CACHED_LEARNERS: FEW_LEARNERS } });
  if (!create) mustHoldBroker(config);
  const { openNode } = await import('../broker/node.ts');
  const node = await openNode(config, { verifyWorkers: 0, projecting: view !== undefined });
  try {
    for (const one of [view ?? []].flat()) await caughtUp(node, one);
    return await withUseCasesOf(node, work);
  } finally {
    await node.close();
  }
};

const caughtUp = async ({ projections, store }: BrokerNode, view: string): Promise<void> => {
  if (!(await projections.waitFor(view, await store.head(), WAIT_MS)))
    throw new Complaint(`The view ${view} does not follow the log: \`concordat rebuild\` makes it anew.`);
};

/** The same on a node that is open. */
export const withUseCasesOf = async <Result>(node: BrokerNode, work: (ask: Ask) => Promise<Result>): Promise<Result> => {
  const { NodeModule } = await import('../broker/node.module.ts');
  return asking(NodeModule.of(node), work);
};

/** What is asked of the data directory while no broker may use it, and while it may not even open. */
export const withUpkeep = async <Result>(context: Context, work: (ask: Ask) => Promise<Result>): Promise<Result> => {
  const config = await configOf(context);
  mustHoldBroker(config);
  const { upkeepOf } = await import('../broker/upkeep/upkeep.handlers.ts');
  return asking(upkeepOf(config), work);
};

const asking = async <Result>(module: DynamicModule, work: (ask: Ask) => Promise<Result>): Promise<Result> => {
  const { openUseCases } = await import('../broker/open-use-cases.ts');
  const { useCases, close } = await openUseCases(module);
  return work((useCase) => useCases.run(useCase, 'cli')).finally(close);
};

export const mustHoldBroker = ({ data }: Pick<BrokerConfig, 'data'>): void => {
  if (!holdsBroker(data))
    throw new Complaint(`There is no broker's data in ${data}: set CONCORDAT_DATA to the directory that the broker uses.`);
};

export const holdsBroker = (directory: string): boolean =>
  ['log.sqlite', 'keys.sqlite', 'broker-key.json'].some((file) => existsSync(join(directory, file)));
