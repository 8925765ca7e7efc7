import fc from 'fast-check';
import { leafHash } from '#transparency';
import type { EventMetadata, RecordedEvent } from './event-store.ts';
import { formOf, leafOf, longestForm, readForm, recordedAtIn, streamIn } from './record-form.ts';

const event: RecordedEvent = {
  id: '018f3a52-7c1e-4b6d-9a20-5d1c0e9b7f44',
  type: 'uk.concordat.consent.given.v1',
  meta: { actor: 'connexions-north', correlation: '5d1c0e9b-7f44-4018-8f3a-527c1e4b6d9a', schema: 3, category: 'consent', owner: 'Siân' },
  payload: Buffer.from('{"a":1}'),
  stream: 'learner-a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11',
  revision: 258,
  position: 7,
  recordedAt: Date.UTC(2026, 0, 5, 9, 30),
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (value: string): string => hex(Buffer.from(value));

// Golden: every record ever stored is hashed and read in this form. A new form is a new version beside it, never a change of it.
const stored = [
  '01', // version
  '018f3a527c1e4b6d9a205d1c0e9b7f44', // id
  '019b8d7df1c0', // recordedAt
  '00000102', // revision
  '0003', // schema
  `002c${text('learner-a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11')}`,
  `001d${text('uk.concordat.consent.given.v1')}`,
  `0010${text('connexions-north')}`,
  'fffe5d1c0e9b7f4440188f3a527c1e4b6d9a', // correlation, a UUID
  'ffff', // no causation
  `0007${text('consent')}`,
  `0005${text('Siân')}`,
  `00000007${text('{"a":1}')}`,
].join('');
const storedLeaf = '4d62634cba4a488ac95ead0542f855a0b3f975bcab3ac3f6fb66c4e0d841a53b';

const uuidOrText = fc.oneof(fc.uuid(), fc.string({ unit: 'grapheme', maxLength: 30 }));
const anyMeta = fc.record(
  {
    actor: uuidOrText,
    correlation: uuidOrText,
    schema: fc.integer({ min: 0, max: 65_535 }),
    causation: uuidOrText,
    category: uuidOrText,
    owner: uuidOrText,
  },
  { requiredKeys: ['actor', 'correlation', 'schema'], noNullPrototype: true },
) as fc.Arbitrary<EventMetadata>;
const anyEvent: fc.Arbitrary<RecordedEvent> = fc.record(
  {
    id: fc.uuid(),
    type: uuidOrText,
    meta: anyMeta,
    payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    stream: uuidOrText,
    revision: fc.integer({ min: 0, max: 0xffff_ffff }),
    position: fc.integer({ min: 1 }),
    recordedAt: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  },
  { noNullPrototype: true },
);

describe('the form of a record', () => {
  it('is the one that is stored', () => {
    expect(hex(formOf(event))).toBe(stored);
    expect(hex(leafOf(event))).toBe(storedLeaf);
  });

  it('reads as the event it was', () => {
    const form = Buffer.from(stored, 'hex');
    expect(readForm(form, 7)).toEqual(event);
    expect([streamIn(form), recordedAtIn(form)]).toEqual([event.stream, event.recordedAt]);
  });

  it('loses nothing of any event, and is never longer than foretold', () => {
    fc.assert(
      fc.property(anyEvent, (one) => {
        const form = formOf(one);
        expect(readForm(form, one.position)).toEqual(one);
        expect(form.byteLength).toBeLessThanOrEqual(longestForm(one, one.stream));
        expect(hex(leafOf(one))).toBe(hex(leafHash(form)));
      }),
    );
  });

  it('differs between events that differ, wherever one name ends and the next begins', () => {
    const moved = { ...event, stream: `${event.stream}u`, type: event.type.slice(1) };
    expect(hex(formOf(moved))).not.toBe(stored);
    fc.assert(
      fc.property(anyEvent, anyEvent, (one, other) => (hex(formOf(one)) === hex(formOf(other))) === sameButForPosition(one, other)),
    );
  });

  it.each([
    ['of another version', `02${stored.slice(2)}`],
    ['cut short', stored.slice(0, -2)],
    ['with bytes after its payload', `${stored}00`],
  ])('is refused %s', (_, other) => {
    expect(() => readForm(Buffer.from(other, 'hex'), 7)).toThrow(RangeError);
  });
});

const sameButForPosition = (one: RecordedEvent, other: RecordedEvent): boolean =>
  JSON.stringify({ ...one, position: 0, meta: Object.entries(one.meta).sort() }) ===
  JSON.stringify({ ...other, position: 0, meta: Object.entries(other.meta).sort() });
