// The one way in: every door hands its use cases over here, and what doors share stands here once, around the bus.
import { Inject, Injectable, type InjectionToken, type Type } from '@nestjs/common';
import { CommandBus, CommandHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { StorageError } from '#kernel';
import { Command, type Door, Query, runningAs } from '../use-case.ts';

export interface UseCaseEnd {
  readonly useCase: string;
  readonly door: Door;
  /** `failed`: it threw, whatever the reason; `overdue`: it was not done in time. What a use case answers is its own affair. */
  readonly outcome: 'done' | 'failed' | 'overdue';
  readonly seconds: number;
}

export interface AroundUseCases {
  /**
   * Milliseconds after which nobody waits any longer; what was begun goes on. At the command line there is none: whoever stands there sees
   * it work, and what it works on is closed when the command ends.
   */
  readonly deadlines: Readonly<Partial<Record<Door, number>>>;
  readonly ended: (end: UseCaseEnd) => void;
}

export const AROUND_USE_CASES = Symbol('AroundUseCases');

@Injectable()
export class UseCases {
  readonly #commands: CommandBus;
  readonly #queries: QueryBus;
  readonly #around: AroundUseCases;

  constructor(
    @Inject(CommandBus) commands: CommandBus,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(AROUND_USE_CASES) around: AroundUseCases,
  ) {
    this.#commands = commands;
    this.#queries = queries;
    this.#around = around;
  }

  /** Rejects as the handler does; where that takes too long, with a `StorageError` that says whether something may have been recorded. */
  async run<Answer>(useCase: Command<unknown, Answer> | Query<unknown, Answer>, door: Door): Promise<Answer> {
    const began = performance.now();
    const name = useCase.constructor.name;
    let outcome: UseCaseEnd['outcome'] = 'failed';
    try {
      const answer = await runningAs({ useCase: name, door }, () =>
        inTime(this.#handled(useCase), this.#around.deadlines[door], () => {
          outcome = 'overdue';
          return overdue(useCase);
        }),
      );
      outcome = 'done';
      return answer;
    } finally {
      this.#around.ended({ useCase: name, door, outcome, seconds: (performance.now() - began) / 1000 });
    }
  }

  #handled<Answer>(useCase: Command<unknown, Answer> | Query<unknown, Answer>): Promise<Answer> {
    return useCase instanceof Command
      ? this.#commands.execute<Command<unknown, Answer>, Answer>(useCase)
      : this.#queries.execute<Query<unknown, Answer>, Answer>(useCase);
  }
}

const overdue = (useCase: Command<unknown, unknown> | Query<unknown, unknown>): StorageError =>
  useCase instanceof Command
    ? new StorageError('uncertain', 'It took too long: whether it was recorded is not certain. Ask the same again.')
    : new StorageError('unavailable', 'It took too long: ask the same again.');

const inTime = async <Answer>(work: Promise<Answer>, milliseconds: number | undefined, late: () => Error): Promise<Answer> => {
  if (milliseconds === undefined) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

// A handler for the bus in a line: which use case, whose work it is, how it is asked.

type UseCaseClass<Details, Answer> = Type<Command<Details, Answer>> | Type<Query<Details, Answer>>;

/** Provides to a Nest module what carries the use case out: `handle` with the part that the token stands for. */
export const handling = <Details, Answer, Part>(
  useCase: UseCaseClass<Details, Answer>,
  part: InjectionToken<Part>,
  handle: (part: Part, details: Details) => Promise<Answer>,
): Type => {
  const handlerOf = useCase.prototype instanceof Command ? CommandHandler : QueryHandler;

  @handlerOf(useCase)
  class Handler {
    readonly #part: Part;

    constructor(@Inject(part) given: Part) {
      this.#part = given;
    }

    async execute({ details }: { readonly details: Details }): Promise<Answer> {
      return handle(this.#part, details);
    }
  }
  return Handler;
};
