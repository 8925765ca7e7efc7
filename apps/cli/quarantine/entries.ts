// Entries of the quarantine as the operator names, reads, retries and lets go of them.
import { InvalidArgumentError } from 'commander';
import type { LetGo, LetGoReason, QuarantineEntry, QuarantineState } from '#quarantine';
import type { Ask } from '../data-directory.ts';

/** As the command line names an entry. */
export const idOf = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give the number that `quarantine list` shows.');
  return Number(text);
};

// What is no longer in quarantine, said wherever its entries are listed: nothing goes silently.

const WHY: Readonly<Record<LetGoReason, string>> = {
  allowance: 'not taken in, beyond what one sender may leave here in an hour',
  share: 'the oldest, to make room within their share',
  age: 'after the days for which they are kept',
  discarded: 'discarded by an operator (`quarantine discards`)',
};

const instant = (at: number): string => new Date(at).toISOString();

export const letGoLines = (letGo: readonly LetGo[]): readonly string[] =>
  letGo.map(({ agency, why, entries, bytes, since, latest }) => {
    const whose = agency === undefined ? 'that nobody can be held to' : `of ${agency}`;
    return `Not kept: ${entries} ${entries === 1 ? 'entry' : 'entries'} ${whose}, ${bytes} bytes, from ${instant(since)} to ${instant(latest)}: ${WHY[why]}.`;
  });

// Judges quarantined entries again, one after the other.

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
