// Outcomes as values: a rule that refuses is no exception. Only bugs and broken infrastructure throw.

export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

// The shape of every feature's pure core: decide says what happens or why not, evolve folds what happened and never judges.

/** What a decision comes to: events to record (none: nothing changes), or a coded rejection. */
export type Decision<Event, Rejection> =
  { readonly accepted: true; readonly events: readonly Event[] } | { readonly accepted: false; readonly rejection: Rejection };

export const accept = <Event>(...events: Event[]): { readonly accepted: true; readonly events: readonly Event[] } => ({
  accepted: true,
  events,
});

export const reject = <Rejection>(rejection: Rejection): { readonly accepted: false; readonly rejection: Rejection } => ({
  accepted: false,
  rejection,
});

export interface Decider<Command, Event, State, Rejection> {
  readonly initialState: () => State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => Decision<Event, Rejection>;
}

/** `unavailable`: nothing was changed; `uncertain`: a commit failed half-way, so only asking again tells whether it holds. */
export type StorageErrorCode = 'unavailable' | 'uncertain';

/** A file of the broker's cannot be read or written now. It passes: whoever asked does well to ask again. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
