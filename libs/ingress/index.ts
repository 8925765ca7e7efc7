export * from './inbox/index.ts';
export {
  AdmitMessage,
  GrantToken,
  ingressHandlers,
  Intake,
  type IntakeObserver,
  type IntakeParts,
  type ReceivedFrom,
  type ReceivedMessage,
  RetryQuarantined,
  takeMessagesOnly,
  type TokenAsked,
  wrongContentType,
} from './intake.ts';
export * from './ingress.module.ts';
export * from './jws/index.ts';
export * from './receipt-signer.ts';
