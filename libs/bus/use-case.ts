// What somebody wants of the broker, as plain data: an object of a class of its own, whichever door it comes through (ADR 29).
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** Types alone: which answer a use case has. */
declare const ANSWER: unique symbol;

abstract class UseCase<Details, Answer> {
  declare readonly [ANSWER]: Answer;
  readonly details: Details;

  constructor(details: Details) {
    this.details = details;
  }
}

/** Of a use case that needs none. */
export type NoDetails = Readonly<Record<never, never>>;

/** Changes what is recorded. Its handler is found by its class, so that each command has one of its own. */
export abstract class Command<Details, Answer> extends UseCase<Details, Answer> {}

/** Asks, and changes nothing but the record that it was asked. */
export abstract class Query<Details, Answer> extends UseCase<Details, Answer> {}

// The use case that is being worked on, for whoever records or logs something in the course of it.

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
