// What duties are reckoned from, kept beside each entry that may trigger or discharge one: its ids, days and codes, no text (ADR 56).
import { type EventDataValue, type EventType, shippedCatalogue, type ShortType } from '#catalogue';
import type { Recorded } from '#contribution';
import { DUTY_TYPES } from '#duties';
import type { Instant, Revision } from '#kernel';
import { type RecordState, textsBeyond } from './entries.ts';

export interface Moment {
  readonly revision: Revision;
  /** When the broker took it. */
  readonly taken: Instant;
  readonly data: Readonly<Record<string, string>>;
}

const RADIX = 36;

/** Whom an event names, and whose thing it is about. */
const NAMES: readonly string[] = ['of', 'to', 'about', 'role'];

const fieldsOf = ({ schema, identifies, refersTo, facts }: EventType): readonly string[] => {
  const properties = (schema as { readonly properties?: Readonly<Record<string, { readonly format?: string }>> }).properties ?? {};
  const kept = new Set([...(identifies === undefined ? [] : [identifies]), ...refersTo, ...facts, ...NAMES]);
  return Object.keys(properties).filter((name) => kept.has(name) || properties[name]?.format === 'date');
};

const fields = new Map<string, readonly string[]>();

const fieldsOfType = (type: ShortType): readonly string[] => {
  const known = fields.get(type);
  if (known) return known;
  const found = fieldsOf(shippedCatalogue().byShort(type));
  fields.set(type, found);
  return found;
};

/** In place of what its entry keeps already: ids, days and codes hold no control characters. */
const AS_KEPT = ['\u0001', '\u0002', '\u0003', '\u0004'];

/** To be kept at the end of its entry, `kept`; nothing of what no duty asks about. */
export const momentTexts = ({ type, data, taken, at, time = at }: Recorded, kept: readonly string[]): readonly string[] => {
  if (!DUTY_TYPES.has(type)) return [];
  const values = data as unknown as EventDataValue;
  const texts = fieldsOfType(type).map((name) => {
    const value = values[name];
    if (typeof value !== 'string') return '';
    return AS_KEPT[kept.indexOf(value)] ?? value;
  });
  return [((taken ?? at) - time).toString(RADIX), ...texts];
};

/** Of all entries that may trigger or discharge a duty, by their places. */
export const momentsIn = (state: RecordState): ReadonlyMap<Revision, Moment> => {
  const moments = new Map<Revision, Moment>();
  for (const { head, mark, kept, texts } of textsBeyond(state, DUTY_TYPES)) {
    const [later = '0', ...values] = texts;
    const named = fieldsOfType(head.item.type as ShortType).flatMap((name, place) => {
      const value = values[place] ?? '';
      return value === '' ? [] : [[name, kept[AS_KEPT.indexOf(value)] ?? value] as const];
    });
    const taken = mark.at + Number.parseInt(later, RADIX);
    moments.set(mark.revision, { revision: mark.revision, taken, data: Object.fromEntries(named) });
  }
  return moments;
};
