/**
 * Why bytes in Kafka are no records: `unknown-compression`: packed in a way that nobody here reads;
 * `corrupt`: they are not what was written;
 * `too-large-unpacked`: they unpack to more than `MOST_UNPACKED`.
 */
export type UnreadableCode = 'unknown-compression' | 'corrupt' | 'too-large-unpacked';

const SAYS: Readonly<Record<UnreadableCode, string>> = {
  'unknown-compression': 'The batch is compressed in a way that is not known: send uncompressed, or with gzip, snappy, lz4 or zstd.',
  corrupt: 'The batch is damaged: its checksum, its compression or its records are not in order. Send what it held again.',
  'too-large-unpacked': 'The batch unpacks to more than 16 MiB: send smaller batches.',
};

export const UNREADABLE_CODES = Object.keys(SAYS) as readonly UnreadableCode[];

export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly code: UnreadableCode;

  constructor(code: UnreadableCode, options?: ErrorOptions) {
    super(SAYS[code], options);
    this.code = code;
  }
}
