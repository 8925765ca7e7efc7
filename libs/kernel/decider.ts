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
