// By which names people know agencies, as the broker's register has them; kept for a minute, since they change seldom.
import { inCapitals } from '../words/abbreviations.ts';

export type NameOf = (slug: string) => string;

interface Listed {
  readonly agencies: readonly { readonly slug: string; readonly name: string }[];
}

const KEPT_MS = 60_000;
/** The broker was away: it is not asked again at every page. */
const AGAIN_MS = 5_000;

/** Where no name is known, of who takes part no longer: `heath-town-skills` is Heath Town Skills. */
export const nameInWords: NameOf = (slug) =>
  slug
    .split('-')
    .map((part) => inCapitals(part))
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');

export class AgencyNames {
  readonly #ask: () => Promise<unknown>;
  #names: ReadonlyMap<string, string> = new Map();
  #until = 0;
  #asking: Promise<void> | undefined;

  /** `ask` reads what is public of the broker. */
  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  /** Waits for the first answer; later ones come behind the pages. A broker that does not answer takes nobody's page. */
  async ready(): Promise<void> {
    if (this.#until > Date.now()) return;
    this.#asking ??= this.#read();
    if (this.#names.size === 0) await this.#asking;
  }

  readonly nameOf: NameOf = (slug) => this.#names.get(slug) ?? nameInWords(slug);

  /** Undefined of what names no agency that takes part. */
  known(slug: string): string | undefined {
    return this.#names.get(slug);
  }

  async #read(): Promise<void> {
    try {
      const { agencies } = (await this.#ask()) as Listed;
      this.#names = new Map(agencies.map(({ slug, name }) => [slug, name]));
      this.#until = Date.now() + KEPT_MS;
    } catch {
      this.#until = Date.now() + AGAIN_MS;
    }
    this.#asking = undefined;
  }
}
