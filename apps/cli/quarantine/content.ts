// What was sent, as text.
import { decodePayload } from '#privacy';
import type { Quarantine, QuarantineEntry } from '#quarantine';

/** A message is a JWS as it came, or its beginning; an event is its JSON. Says so where it was erased. */
export const contentOf = async (quarantine: Pick<Quarantine, 'content' | 'head'>, { id, kind, cut }: QuarantineEntry): Promise<string> => {
  const head = cut && (await quarantine.head(id));
  const content = head ? head.bytes : await quarantine.content(id);
  if (content === undefined) return '(erased)';
  const text = Buffer.from(kind === 'event' ? decodePayload(content).bytes : content).toString();
  return head ? `${text}…\n\nSHA-256 of the whole: ${head.digest}` : text;
};

export const keptOf = ({ bytes, cut }: Pick<QuarantineEntry, 'bytes' | 'cut'>): string =>
  cut ? `${bytes} bytes, of which the beginning is kept: it cannot be judged again` : `${bytes} bytes`;
