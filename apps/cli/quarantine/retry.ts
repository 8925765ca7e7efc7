// Judges quarantined entries again, one after the other.
import type { UseCases } from '#bus/nest';
import type { Quarantine, QuarantineEntry, QuarantineState } from '#quarantine';

export interface Retried {
  readonly id: number;
  readonly state: QuarantineState;
  /** Of the receipts, or the code of why the message is still not attributed. */
  readonly outcome: string;
}

export interface RetryParts {
  readonly useCases: UseCases;
  readonly quarantine: Quarantine;
}

export const retryEntries = async (parts: RetryParts, entries: readonly QuarantineEntry[]): Promise<readonly Retried[]> => {
  const results: Retried[] = [];
  for (const entry of entries) results.push(await retryEntry(parts, entry));
  return results;
};

const retryEntry = async ({ useCases, quarantine }: RetryParts, entry: QuarantineEntry): Promise<Retried> => {
  const { RetryQuarantined } = await import('#ingress');
  const { id, state } = entry;
  try {
    await useCases.run(new RetryQuarantined(entry), 'cli');
  } catch (cause) {
    const code = codeOf(cause);
    if (code === undefined) throw cause;
    await quarantine.settle(id, state, code);
  }
  const after = await quarantine.find(id);
  return { id, state: after?.state ?? state, outcome: after?.outcome ?? '' };
};

/** Of a refusal; a fault of ours, or one that passes, is none. */
const codeOf = (cause: unknown): string | undefined => {
  if (!(cause instanceof Error) || cause.name !== 'Problem') return undefined;
  const { code, status } = cause as Error & { readonly code: string; readonly status: number };
  return status < 500 ? code : undefined;
};
