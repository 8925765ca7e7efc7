// The prospectus as an Atom feed (RFC 4287), which websites show.
import { londonDayStart } from '#kernel';
import type { ProspectusShown } from '../prospectus.handlers.ts';

/** All but the characters of XML 1.0, whatever an agency called its provision. */
const NO_CHARACTERS = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

const xml = (value: unknown): string =>
  String(value)
    .replaceAll(NO_CHARACTERS, '')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** `YYYY-MM-DDThh:mm:ssZ`, of the beginning of that day in London. */
const instant = (day: string): string => new Date(londonDayStart(day)).toISOString().replace('.000Z', 'Z');

type Row = ProspectusShown['rows'][number]['row'];

const factsOf = ({ kind, level, area, places, startsOn }: Row): string =>
  [text(kind), text(level), text(area), places === null ? '' : `${text(places)} places`, startsOn === null ? '' : `from ${text(startsOn)}`]
    .filter((one) => one !== '')
    .join(', ');

/** A name within a name of our own: RFC 8141 lets these characters stand. */
const named = (value: unknown): string => encodeURIComponent(text(value));

const entry = (row: Row, on: string): string => `  <entry>
    <id>urn:concordat:provision:${named(row['of'])}:${named(row['provisionId'])}</id>
    <title>${xml(text(row['title']))}</title>
    <updated>${instant(text(row['listedOn']) || on)}</updated>
    <author><name>${xml(text(row['of']))}</name></author>
    <summary>${xml(factsOf(row))}</summary>
  </entry>
`;

export const atomOf = ({ on, rows }: ProspectusShown): string => {
  const days = rows.map(({ row }) => text(row['listedOn'])).filter((day) => day !== '');
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:concordat:prospectus</id>
  <title>What there is to learn</title>
  <updated>${instant(days.toSorted().at(-1) ?? on)}</updated>
${rows.map(({ row }) => entry(row, on)).join('')}</feed>
`;
};
