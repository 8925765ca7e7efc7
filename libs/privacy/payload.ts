// What is sealed for an event about a learner: [length of the header, u32 big-endian][header as JSON][the event's bytes as signed].
import { VaultError } from './vault-error.ts';

const LENGTH_BYTES = 4;

export interface Payload<Header> {
  readonly header: Header;
  /** The exact JSON text of the event; a view of the payload. */
  readonly bytes: Uint8Array;
}

export const encodePayload = <Header>({ header, bytes }: Payload<Header>): Uint8Array => {
  const text = Buffer.from(JSON.stringify(header));
  const payload = Buffer.allocUnsafe(LENGTH_BYTES + text.length + bytes.byteLength);
  payload.writeUInt32BE(text.length);
  text.copy(payload, LENGTH_BYTES);
  payload.set(bytes, LENGTH_BYTES + text.length);
  return payload;
};

/** `Header` is what was encoded: the seal vouches for it. Throws `VaultError` where the bytes are no payload at all. */
export const decodePayload = <Header>(payload: Uint8Array): Payload<Header> => {
  const buffer = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const start = buffer.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + buffer.readUInt32BE();
  if (start > buffer.length) throw noPayload();
  try {
    return { header: JSON.parse(buffer.toString('utf8', LENGTH_BYTES, start)) as Header, bytes: buffer.subarray(start) };
  } catch {
    throw noPayload(); // without the cause: the message of JSON.parse quotes what it read
  }
};

const noPayload = (): VaultError => new VaultError('not-sealed-here', 'What was sealed here is no event: header and bytes do not fit.');
