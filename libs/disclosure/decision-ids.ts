// Ids of what the gate is about to record, drawn before it judges: judged again, it is the same (ADR 25).
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';

export interface DecisionIds {
  readonly correlation: string;
  /** Of the decision. Where one question makes several, each of them has an id that follows from this one. */
  readonly decision: string;
}

export const drawIds = (): DecisionIds => ({ correlation: correlation(), decision: randomUUID() });
