// The use case that is being worked on, for whoever records or logs something in the course of it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** Through which door a use case came in. */
export type Door = 'http' | 'kafka' | 'cli' | 'broker';

export interface Running {
  /** Name of the class. */
  readonly useCase: string;
  readonly door: Door;
  /** Of all that is recorded and logged for it. */
  readonly correlation: string;
}

const running = new AsyncLocalStorage<Running>();

/** One that another one asks for belongs to it: door and correlation are the outer one's. */
export const runningAs = <Result>({ useCase, door }: Pick<Running, 'useCase' | 'door'>, work: () => Promise<Result>): Promise<Result> => {
  const outer = running.getStore();
  return running.run({ useCase, door: outer?.door ?? door, correlation: outer?.correlation ?? randomUUID() }, work);
};

export const runningNow = (): Running | undefined => running.getStore();

/** Of the use case that is being worked on; of what the broker does by itself, a new one each time. */
export const correlation = (): string => running.getStore()?.correlation ?? randomUUID();
