export { type BookmarkToWrite, Draft, type PlainBookmark, type PlainEvent, type PlainWrite, sealedEvent, type Seen } from './draft.ts';
export { type Held, type Missing, NO_STREAM, Rounds, StreamCache, untilComplete } from './stream-cache.ts';
export * from './log-writer.ts';
export { type Packing, packingOf } from './packed-state.ts';
export { DICTIONARY_BYTES, PackedTexts } from './packed-texts.ts';
