// Kafka's newer ("flexible") forms: compact arrays and texts, whose length plus one comes first, and tagged fields.

const ID_BYTES = 16;
const NO_ID = Buffer.alloc(ID_BYTES);

/** A topic's id as Kafka's own tools write it. */
const idText = (bytes: Buffer): string | undefined => (bytes.equals(NO_ID) ? undefined : bytes.toString('base64url'));

export class WireWriter {
  readonly #parts: Buffer[] = [];

  /** As kafkajs takes it. */
  get encoded(): { readonly buf: Buffer; readonly buffer: Buffer } {
    const buffer = Buffer.concat(this.#parts);
    return { buf: buffer, buffer };
  }

  int8(value: number): this {
    return this.#add(Buffer.from([value & 0xff]));
  }

  int16(value: number): this {
    const bytes = Buffer.alloc(2);
    bytes.writeInt16BE(value);
    return this.#add(bytes);
  }

  int32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return this.#add(bytes);
  }

  int64(value: number | bigint): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return this.#add(bytes);
  }

  uvarint(value: number): this {
    const bytes: number[] = [];
    for (let left = value; ; left >>>= 7) {
      if (left < 0x80) return this.#add(Buffer.from([...bytes, left]));
      bytes.push((left & 0x7f) | 0x80);
    }
  }

  /** Undefined is null. */
  text(value: string | undefined): this {
    return value === undefined ? this.uvarint(0) : this.bytes(Buffer.from(value));
  }

  bytes(value: Buffer): this {
    return this.uvarint(value.length + 1).#add(value);
  }

  id(value: string | undefined): this {
    return this.#add(value === undefined ? NO_ID : Buffer.from(value, 'base64url'));
  }

  array<One>(all: readonly One[] | undefined, write: (one: One) => void): this {
    this.uvarint(all === undefined ? 0 : all.length + 1);
    all?.forEach(write);
    return this;
  }

  /** None. */
  tags(): this {
    return this.uvarint(0);
  }

  #add(bytes: Buffer): this {
    this.#parts.push(bytes);
    return this;
  }
}

/** Throws a `RangeError` where the bytes end too early. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#skip(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#skip(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#skip(4));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#skip(8));
  }

  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#skip(1));
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('A number goes on for too long.');
  }

  /** Undefined is null. */
  bytes(): Buffer | undefined {
    const length = this.uvarint() - 1;
    if (length < 0) return undefined;
    const from = this.#skip(length);
    return this.#bytes.subarray(from, from + length);
  }

  text(): string | undefined {
    return this.bytes()?.toString();
  }

  id(): string | undefined {
    const from = this.#skip(ID_BYTES);
    return idText(this.#bytes.subarray(from, from + ID_BYTES));
  }

  array<One>(read: () => One): readonly One[] {
    const all: One[] = [];
    for (let left = this.uvarint() - 1; left > 0; left--) all.push(read());
    return all;
  }

  /** Those that are wanted are read from a reader of their own, by their number. */
  tags(wanted: Readonly<Record<number, (field: WireReader) => void>> = {}): void {
    for (let left = this.uvarint(); left > 0; left--) {
      const read = wanted[this.uvarint()];
      const length = this.uvarint();
      const from = this.#skip(length);
      read?.(new WireReader(this.#bytes.subarray(from, from + length)));
    }
  }

  #skip(length: number): number {
    const from = this.#at;
    if (from + length > this.#bytes.length) throw new RangeError('The answer ends too early.');
    this.#at += length;
    return from;
  }
}
