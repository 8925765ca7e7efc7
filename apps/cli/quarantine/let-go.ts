// What is no longer in quarantine, said wherever its entries are listed: nothing goes silently.
import type { LetGo, LetGoReason } from '#quarantine';

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
