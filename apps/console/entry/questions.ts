// A long form one question a page (console.md, 4.5): which they are, and what answering one does to what was entered before. Pure.
import type { Entered } from '../shell/form.ts';
import type { EventForm } from './event-forms.ts';
import type { Field } from './form-fields.ts';

/** Of whom it is, or one field. */
export type Question = 'learner' | Field;

export const questionsOf = ({ aboutLearner, fields }: Pick<EventForm, 'aboutLearner' | 'fields'>): readonly Question[] => [
  ...(aboutLearner ? ['learner' as const] : []),
  ...fields,
];

/** What is more than fits on a page or two is asked one by one; everything else is quicker at a glance. */
const AT_A_GLANCE = 8;

export const isLong = (form: Pick<EventForm, 'aboutLearner' | 'fields'>): boolean => questionsOf(form).length > AT_A_GLANCE;

/** By its number from one on, as an address has it. */
export const questionAt = (form: Pick<EventForm, 'aboutLearner' | 'fields'>, number: string | undefined): Question | undefined =>
  number !== undefined && /^[1-9]\d?$/.test(number) ? questionsOf(form)[Number(number) - 1] : undefined;

const namesOf = (question: Question): readonly string[] => {
  if (question === 'learner') return ['learner'];
  const { name, kind } = question;
  return kind === 'day' ? ['day', 'month', 'year'].map((part) => `${name}-${part}`) : [name];
};

export const nameOf = (question: Question): string => (question === 'learner' ? question : question.name);

/** What is not ticked any more is sent by no browser: the answer takes the place of the one before, also where it is none. */
export const withAnswer = (before: Entered, question: Question, answer: Entered): Entered => {
  const names = new Set(namesOf(question));
  const others = Object.entries(before).filter(([name]) => !names.has(name));
  const given = Object.entries(answer).filter(([name]) => names.has(name));
  return Object.fromEntries([...others, ...given]);
};
