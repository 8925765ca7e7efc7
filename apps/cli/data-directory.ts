// Opens the broker's data for a command, beside a broker that runs or without one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UseCases } from '#bus/nest';
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
  /** Keeps the views current meanwhile. */
  readonly projecting?: boolean;
}

/** A command looks at few: it need not set aside memory for many. */
const FEW_LEARNERS = '1000';

/** Opens the node for as long as `work` runs. No threads for signatures: few are checked here. */
export const withNode = async <Result>(
  context: Context,
  work: (node: BrokerNode) => Promise<Result>,
  { create = false, projecting = false }: Opening = {},
): Promise<Result> => {
  const config = await configOf({ environment: { ...context.environment, CONCORDAT_CACHED_LEARNERS: FEW_LEARNERS } });
  if (!create) mustHoldBroker(config);
  const { openNode } = await import('../broker/node.ts');
  const node = await openNode(config, { verifyWorkers: 0, projecting });
  try {
    return await work(node);
  } finally {
    await node.close();
  }
};

/** The same for what the broker can be asked to do, by whichever door. */
export const withUseCases = async <Result>(
  context: Context,
  work: (useCases: UseCases, node: BrokerNode) => Promise<Result>,
  opening: Opening = {},
): Promise<Result> => withNode(context, (node) => withUseCasesOf(node, (useCases) => work(useCases, node)), opening);

export const withUseCasesOf = async <Result>(node: BrokerNode, work: (useCases: UseCases) => Promise<Result>): Promise<Result> => {
  const { openUseCases } = await import('../broker/open-use-cases.ts');
  const { useCases, close } = await openUseCases(node);
  return work(useCases).finally(close);
};

export const mustHoldBroker = ({ data }: Pick<BrokerConfig, 'data'>): void => {
  if (!holdsBroker(data))
    throw new Complaint(`There is no broker's data in ${data}: set CONCORDAT_DATA to the directory that the broker uses.`);
};

export const holdsBroker = (directory: string): boolean =>
  ['log.sqlite', 'keys.sqlite', 'broker-key.json'].some((file) => existsSync(join(directory, file)));
