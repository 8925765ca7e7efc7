// What a check showed is what its button sends: by then something else may have been entered in another window (console.md, 3). Pure.
import { type Entered, textOf } from './form.ts';

/** The check that is pressed shows something else than what is kept, or what was sent: nothing is. */
export class NotAsShown extends Error {
  override readonly name = 'NotAsShown';
  /** Where what is kept now is seen. */
  readonly instead: string;

  constructor(instead: string) {
    super('What the page showed is not what is kept.');
    this.instead = instead;
  }
}

/** `id` is drawn for each thing that is entered, and the form of its check brings it. Throws `NotAsShown`. */
export const expectAsShown = (form: Entered, id: string, instead: string): void => {
  if (textOf(form['draft']) !== id) throw new NotAsShown(instead);
};
