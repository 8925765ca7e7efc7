// Judges quarantined entries again, one after the other.
import type { QuarantineEntry, QuarantineState } from '#quarantine';
import type { BrokerNode } from '../../broker/node.ts';

export interface Retried {
  readonly id: number;
  readonly state: QuarantineState;
  /** Of the receipts, or the code of why the message is still not attributed. */
  readonly outcome: string;
}

export const retryEntries = async (
  node: Pick<BrokerNode, 'intake' | 'quarantine'>,
  entries: readonly QuarantineEntry[],
): Promise<readonly Retried[]> => {
  const results: Retried[] = [];
  for (const entry of entries) results.push(await retryEntry(node, entry));
  return results;
};

const retryEntry = async ({ intake, quarantine }: Pick<BrokerNode, 'intake' | 'quarantine'>, entry: QuarantineEntry): Promise<Retried> => {
  const { id, state } = entry;
  try {
    await intake.retry(entry);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === undefined) throw cause;
    await quarantine.settle(id, state, code);
  }
  const after = quarantine.find(id);
  return { id, state: after?.state ?? state, outcome: after?.outcome ?? '' };
};

/** Of a refusal; a fault of ours, or one that passes, is none. */
const codeOf = (cause: unknown): string | undefined => {
  if (!(cause instanceof Error) || cause.name !== 'Problem') return undefined;
  const { code, status } = cause as Error & { readonly code: string; readonly status: number };
  return status < 500 ? code : undefined;
};
