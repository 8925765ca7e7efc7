export { AskForDocument, type DocumentShown } from './documents.handlers.ts';
export * from './egress.handlers.ts';
export * from './egress.module.ts';
export * from './egress.tokens.ts';
export * from './feed/index.ts';
export * from './lists.handlers.ts';
export * from './look-queries.ts';
export * from './notices.handlers.ts';
export { AskForWaitingTies, type TiesAnswer, type TiesAsked, type TiesRefused, type TiesShown } from './ties.handlers.ts';
