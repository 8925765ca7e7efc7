// What was sent, as text.
import { decodePayload } from '#privacy';
import type { Quarantine, QuarantineEntry } from '#quarantine';

/** A message is a JWS as it came, or its beginning; an event is its JSON. Says so where it was erased. */
export const contentOf = (quarantine: Pick<Quarantine, 'content' | 'head'>, { id, kind, cut }: QuarantineEntry): string => {
  const content = cut ? quarantine.head(id)?.bytes : quarantine.content(id);
  if (content === undefined) return '(erased)';
  const text = Buffer.from(kind === 'event' ? decodePayload(content).bytes : content).toString();
  return cut ? `${text}…\n\nSHA-256 of the whole: ${quarantine.head(id)?.digest ?? ''}` : text;
};

export const keptOf = ({ bytes, cut }: Pick<QuarantineEntry, 'bytes' | 'cut'>): string =>
  cut ? `${bytes} bytes, of which the beginning is kept: it cannot be judged again` : `${bytes} bytes`;
