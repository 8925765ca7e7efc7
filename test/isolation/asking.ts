// What a question is answered, page by page, but for what differs from broker to broker: positions, pseudonyms, cursors, keys.
import type { AgencySlug } from '#kernel';
import type { Town } from '../journeys/town.ts';
import type { Question } from './questions.ts';

export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

export interface Answered {
  readonly pages: readonly Answer[];
  /** How long each is: its length must not tell either. */
  readonly cursors: readonly number[];
}

/** Of the moment and of the connection; of positions, which count what others send as well. */
const LEFT_OUT: readonly string[] = ['date', 'keep-alive', 'connection', 'content-length', 'etag'];

export class Asking {
  readonly #town: Town;
  readonly #agency: AgencySlug;

  constructor(town: Town, agency: AgencySlug) {
    this.#town = town;
    this.#agency = agency;
  }

  /** All pages of it, in any order: what is due on one day goes by names that are made anew in each broker. */
  async ask({ path, headers }: Question): Promise<Answered> {
    const pages: Answer[] = [];
    const cursors: number[] = [];
    for (let cursor: string | undefined; ;) {
      const at = cursor === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
      const authorization = `Bearer ${await this.#town.tokenOf(this.#agency)}`;
      const response = await fetch(`${this.#town.server.url}${at}`, { headers: { authorization, ...headers } });
      const text = await response.text();
      pages.push({ status: response.status, headers: headersOf(response), body: plain(text) });
      cursor = /"next":"([^"]+)"/.exec(text)?.[1];
      if (cursor === undefined) return { pages: pages.toSorted((one, two) => (one.body < two.body ? -1 : 1)), cursors };
      cursors.push(cursor.length);
    }
  }
}

const headersOf = (response: Response): readonly string[] =>
  [...response.headers].filter(([name]) => !LEFT_OUT.includes(name)).map(([name, value]) => `${name}: ${plain(value)}`);

/** Without names that are made anew in each broker, cursors, and positions. */
const plain = (text: string): string =>
  ordered(
    text
      .replaceAll(/-\d+\.csv/g, '-position.csv')
      .replaceAll(/psn:[\w-]+/g, 'psn')
      .replaceAll(/,"next":"[^"]+"/g, '')
      // An exported one that begins with a dash is kept from being a formula.
      .replaceAll(/'?(?<![\w-])[\w-]{22}(?![\w-])/g, 'id')
      .replaceAll(/("(?:position|dischargedBy)":")\d+/g, '$1')
      .replaceAll(/(,discharged,)\d+/g, '$1')
      .replaceAll(/^\d+$/g, 'position'),
  );

/** Rows, items and lines that are alike but for such names stand in the order of these. */
const ordered = (text: string): string => {
  if (!text.startsWith('{')) return text.split('\n').sort().join('\n');
  return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    Array.isArray(value) ? value.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)) : value,
  );
};
