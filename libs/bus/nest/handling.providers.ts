// A handler for the bus in a line: which use case, whose work it is, how it is asked.
import { Inject, type InjectionToken, type Type } from '@nestjs/common';
import { CommandHandler, QueryHandler } from '@nestjs/cqrs';
import { Command, type Query } from '../use-case.ts';

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
