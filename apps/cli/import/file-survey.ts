// What a file is, told by reading it once: its digest, from which ids of events follow, and how its letters are written.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

export interface FileSurvey {
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string;
  readonly encoding: Encoding;
  /** Bytes. */
  readonly size: number;
}

const UTF_16_MARK = Buffer.from('fffe', 'hex');

/** Rejects with what Node throws where the file cannot be read. */
export const surveyOf = async (file: string): Promise<FileSurvey> => {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let encoding: Encoding = 'utf-8';
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (size === 0 && chunk.subarray(0, 2).equals(UTF_16_MARK)) encoding = 'utf-16le';
    if (encoding === 'utf-8' && !decodes(decoder, chunk)) encoding = 'windows-1252';
    size += chunk.length;
  }
  if (encoding === 'utf-8' && !decodes(decoder)) encoding = 'windows-1252';
  return { digest: hash.digest('hex'), encoding, size };
};

/** Without a chunk: whether the text ended with a whole letter. */
const decodes = (decoder: TextDecoder, chunk?: Buffer): boolean => {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
};

/** The file as text, piece by piece, without a byte order mark. `passed` is told of every piece how many bytes it had. */
export async function* textOf(file: string, encoding: Encoding, passed: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    passed(chunk.length);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}
