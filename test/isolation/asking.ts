// What a question is answered, page by page, but for what differs from broker to broker: positions, pseudonyms, cursors, keys.
import type { AgencySlug } from '#kernel';
import type { Town } from '../journeys/town.ts';
import type { Question } from './questions.ts';

export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
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

  /** All pages of it. */
  async ask({ path, headers }: Question): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (let cursor: string | undefined; ;) {
      const at = cursor === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
      const authorization = `Bearer ${await this.#town.tokenOf(this.#agency)}`;
      const response = await fetch(`${this.#town.server.url}${at}`, { headers: { authorization, ...headers } });
      const text = await response.text();
      answers.push({ status: response.status, headers: headersOf(response), body: plain(text) });
      cursor = /"next":"([^"]+)"/.exec(text)?.[1];
      if (cursor === undefined) return answers;
    }
  }
}

const headersOf = (response: Response): readonly string[] =>
  [...response.headers].filter(([name]) => !LEFT_OUT.includes(name)).map(([name, value]) => `${name}: ${plain(value)}`);

/** Names that are made anew in each broker, by their place among those of their kind. */
const plain = (text: string): string => {
  const known = new Map<string, string>();
  const nth = (name: string): string => known.get(name) ?? known.set(name, `#${known.size}`).get(name) ?? '';
  return text
    .replaceAll(/psn:[\w-]+/g, nth)
    .replaceAll(/("next":")([^"]+)/g, (_, start: string, cursor: string) => `${start}${cursor.length}`)
    .replaceAll(/(?<![\w-])[\w-]{22}(?![\w-])/g, nth)
    .replaceAll(/("position":")\d+/g, '$1')
    .replaceAll(/^\d+$/g, 'position')
    .replaceAll(/-\d+\.csv/g, '-position.csv');
};
