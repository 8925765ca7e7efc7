// Tables from event type to a function, so that each rule stands alone and no type is forgotten in a switch.
import type { ShortType } from '#catalogue';
import type { Contribution, Recorded } from './contribution.ts';

/** How a state moves on, by type of event. */
export type Steps<State> = { readonly [Type in ShortType]?: (state: State, event: Recorded<Type>) => State };

/** Folds one event in; types without a step leave the state as it is. */
export const evolveBy =
  <State>(steps: Steps<State>) =>
  (state: State, event: Recorded): State => {
    const step = steps[event.type] as ((state: State, event: Recorded) => State) | undefined;
    return step ? step(state, event) : state;
  };

/** How each of these types is judged. */
export type Judges<Type extends ShortType, Known, Judgement> = {
  readonly [One in Type]: (contribution: Contribution<One>, known: Known) => Judgement;
};

/** Judges by the table; throws where the type is none of its own, for then the caller chose the wrong table. */
export const decideBy =
  <Type extends ShortType, Known, Judgement>(judges: Judges<Type, Known, Judgement>) =>
  (contribution: Contribution<Type>, known: Known): Judgement => {
    const judge = judges[contribution.type];
    return judge(contribution, known);
  };
