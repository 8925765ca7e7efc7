export * from './inbox/index.ts';
export * from './ingress.handlers.ts';
export * from './ingress.module.ts';
export * from './intake.ts';
export * from './jws/index.ts';
export { takeMessagesOnly } from './message-content-type.ts';
export * from './receipt-signer.ts';
