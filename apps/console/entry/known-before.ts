// Before an assessment is sent, one that is still valid is met, where whoever asks may know of it (console.md, 4.3: captured once).
import { BrokerProblem } from '../broker/broker-client.ts';
import type { Visit } from '../shell/visit.ts';

/** For which it is seen what is known before anybody assesses. */
export const KNOWN_FOR = 'plan-learning';

interface KnownAssessment {
  readonly framework: string | null;
  readonly domain: string | null;
  readonly assessedOn: string | null;
  readonly validUntil: string | null;
  readonly standing: string | null;
}

interface KnownOf {
  readonly learner?: string;
  readonly rows: readonly KnownAssessment[];
}

export interface KnownBefore {
  readonly exists?: KnownAssessment | undefined;
  /** Of the learner, as the broker names them: no number stands in an address. */
  readonly of?: string | undefined;
  /** Nothing was looked at: it is seen for this alone. */
  readonly needs?: readonly string[];
}

export interface ToEnter {
  readonly type: string;
  /** As `uln:…`, `local:…` or a pseudonym. */
  readonly learner: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Throws as `visit.ask` does, but for a refusal. */
export const knownBefore = async (visit: Visit, { type, learner, data }: ToEnter): Promise<KnownBefore> => {
  if (type !== 'assessment.recorded') return {};
  if (!visit.purposes.includes(KNOWN_FOR)) return { needs: [KNOWN_FOR] };
  const path = `/v1/learners/${encodeURIComponent(learner)}/known-assessments`;
  try {
    const known = await visit.askIfAny<KnownOf>(path, { purposes: [KNOWN_FOR] });
    const isSame = (row: KnownAssessment): boolean => row.framework === data['framework'] && row.domain === data['domain'];
    return { exists: known?.rows.find((row) => row.standing === 'valid' && isSame(row)), of: known?.learner };
  } catch (error) {
    if (error instanceof BrokerProblem && error.status === 403) return {};
    throw error;
  }
};
