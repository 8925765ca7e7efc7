import type { Field } from './form-fields.ts';
import { isLong, nameOf, questionAt, questionsOf, withAnswer } from './questions.ts';

const field = (name: string, kind: Field['kind'] = 'line'): Field => ({ name, kind, label: name, required: true });
const form = (many: number, aboutLearner = true) => ({
  aboutLearner,
  fields: Array.from({ length: many }, (_, place) => field(`f${place + 1}`)),
});

it('are of whom it is, then each field; a form of more than eight is long', () => {
  expect(questionsOf(form(2)).map(nameOf)).toEqual(['learner', 'f1', 'f2']);
  expect(questionsOf(form(2, false)).map(nameOf)).toEqual(['f1', 'f2']);
  expect([form(7), form(8), form(8, false)].map(isLong)).toEqual([false, true, false]);
});

it('are asked for by their number, and there is none beyond them', () => {
  expect(['1', '3'].map((number) => nameOf(questionAt(form(2), number) ?? 'learner'))).toEqual(['learner', 'f2']);
  for (const none of [undefined, '0', '4', '1.5', '-1', 'constructor', '100']) expect(questionAt(form(2), none)).toBeUndefined();
});

it('an answer takes the place of the one before, and touches no other', () => {
  const before = { learner: 'l-1', f1: 'a', on: 'x', 'on-day': '1', 'on-month': '2', 'on-year': '2026', ticks: ['a', 'b'] };
  expect(withAnswer(before, field('ticks', 'choices'), { other: 'y', f1: 'z' })).toEqual({
    ...{ learner: 'l-1', f1: 'a', on: 'x', 'on-day': '1', 'on-month': '2', 'on-year': '2026' },
  });
  expect(withAnswer(before, field('on', 'day'), { 'on-day': '3', 'on-month': '4', 'on-year': '2027', f1: 'z' })).toEqual({
    ...{ ...before, 'on-day': '3', 'on-month': '4', 'on-year': '2027' },
  });
  expect(withAnswer(before, 'learner', { learner: 'l-2' })).toEqual({ ...before, learner: 'l-2' });
});
