// Judges quarantined entries again, one after the other.
import type { QuarantineEntry, QuarantineState } from '#quarantine';
import type { Ask } from '../data-directory.ts';

export interface Retried {
  readonly id: number;
  readonly state: QuarantineState;
  /** Of the receipts, or the code of why the message is still not attributed. */
  readonly outcome: string;
}

export const retryEntries = async (ask: Ask, entries: readonly QuarantineEntry[]): Promise<readonly Retried[]> => {
  const results: Retried[] = [];
  for (const entry of entries) results.push(await retryEntry(ask, entry));
  return results;
};

const retryEntry = async (ask: Ask, entry: QuarantineEntry): Promise<Retried> => {
  const [{ RetryQuarantined }, { FindQuarantined }] = await Promise.all([import('#ingress'), import('#quarantine/bus')]);
  const { id, state } = entry;
  await ask(new RetryQuarantined(entry)).catch((cause: unknown) => {
    if (!isRefusal(cause)) throw cause;
  });
  const after = await ask(new FindQuarantined({ id }));
  return { id, state: after?.state ?? state, outcome: after?.outcome ?? '' };
};

/** Which the entry then says; a fault of ours, or one that passes, is none. */
const isRefusal = (cause: unknown): boolean =>
  cause instanceof Error && cause.name === 'Problem' && (cause as Error & { readonly status: number }).status < 500;
