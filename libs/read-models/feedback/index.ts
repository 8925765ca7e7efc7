export { type GivenAnswer, isPeriodOf } from './feedback.answer.ts';
export { answered, type AnswerRow } from './feedback.sources.ts';
export { answers, feedbackThingsView } from './feedback.view.ts';
