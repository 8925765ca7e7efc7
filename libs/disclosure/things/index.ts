export { askForThings, sourcesOfThings } from './ask-for-things.ts';
export { replayThings } from './replay-things.ts';
export type * from './things-question.ts';
