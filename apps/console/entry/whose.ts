// Several agencies have something by the id that was entered: whose is meant is chosen of those named (console.md, 4.5). Pure.
import type { Receipt } from '#client';
import type { EventForm } from './event-forms.ts';

/** The member of an event's data that says whose thing it names. */
export const OF = 'of';

/** None where nothing is to be chosen, or the form has no place for it. */
export const ownersToChoose = ({ fields }: Pick<EventForm, 'fields'>, { problem }: Pick<Receipt, 'problem'> = {}): readonly string[] =>
  problem?.code === 'ambiguous-reference' && fields.some(({ name }) => name === OF) ? (problem.candidates ?? []) : [];
