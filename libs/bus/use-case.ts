// What somebody wants of the broker, as plain data: an object of a class of its own, whichever door it comes through (ADR 29).

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
