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

  int32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return this.#add(bytes);
  }

  int64(value: number): this {
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

  text(value: string): this {
    const bytes = Buffer.from(value);
    return this.uvarint(bytes.length + 1).#add(bytes);
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

  tags(): void {
    for (let left = this.uvarint(); left > 0; left--) {
      this.uvarint();
      this.#skip(this.uvarint());
    }
  }

  #skip(length: number): number {
    const from = this.#at;
    if (from + length > this.#bytes.length) throw new RangeError('The answer ends too early.');
    this.#at += length;
    return from;
  }
}
