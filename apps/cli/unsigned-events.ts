// Events as people write them into files, made complete so that they can be signed.
import { randomUUID } from 'node:crypto';
import type { AgencyEvent } from '#client';
import { jsonOf, UnreadableText } from '#strict-text';
import { Complaint } from './complaint.ts';

/** One event, an array of them, or one a line. `name` is for complaints. */
export const eventsIn = (text: string, name: string): readonly unknown[] => {
  const whole = wholeOf(text, name);
  if (whole !== undefined) return Array.isArray(whole.value) ? whole.value : [whole.value];
  const lines = text.split('\n').map((line, place) => ({ line: line.trim(), place }));
  return lines.filter(({ line }) => line !== '').map(({ line, place }) => jsonOf(line, `Line ${place + 1} of ${name}`));
};

/** Undefined where the text is not one JSON value: it may still be one a line. */
const wholeOf = (text: string, name: string): { readonly value: unknown } | undefined => {
  try {
    return { value: jsonOf(text, name) };
  } catch (cause) {
    const several = /\n\s*\S/.test(text.trim());
    if (several && cause instanceof UnreadableText && cause.code === 'not-json') return undefined;
    throw cause;
  }
};

/** Adds what is absent of `specversion`, `source`, `id` and `time`; all else stays as it was written. */
export const completed = (event: unknown, agency: string, place: number): AgencyEvent => {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new Complaint(`Event ${place + 1} is no JSON object.`);
  return {
    specversion: '1.0',
    source: `urn:concordat:agency:${agency}`,
    id: randomUUID(),
    time: new Date().toISOString(),
    ...event,
  } as AgencyEvent;
};
