export * from './egress.handlers.ts';
export * from './egress.module.ts';
export * from './egress.tokens.ts';
export * from './feed/index.ts';
export * from './learner-queries.ts';
export * from './notice-queries.ts';
export * from './notices.handlers.ts';
