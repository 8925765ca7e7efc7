// Decision state as a short text, for learners about whom nobody asks just now: a third of what it takes as objects (ADR 0008).
import { deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';

/** Of plain data: what JSON tells of it is all of it, members that are undefined apart. */
export interface Packing<State> {
  readonly pack: (state: State) => string;
  readonly unpack: (packed: string) => State;
}

/** `vocabulary`: what such states mostly say, so that each need not say it itself (RFC 1950, 2.2, FDICT). No personal data. */
export const packingWith = <State>(vocabulary: string): Packing<State> => {
  // States are small: most of the time would go into buffers that they do not fill.
  const options: ZlibOptions = { level: 1, memLevel: 5, chunkSize: 2048, dictionary: Buffer.from(vocabulary) };
  return {
    // A character a byte: small buffers each cost twice what they hold.
    pack: (state) => deflateRawSync(JSON.stringify(state), options).toString('latin1'),
    unpack: (packed) => JSON.parse(inflateRawSync(Buffer.from(packed, 'latin1'), options).toString()) as State,
  };
};
