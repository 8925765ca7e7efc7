// Somebody's browser as far as the console's server is concerned: cookies, redirects and forms, and nothing drawn. Quick, where what counts
// is what the server answers.
import { kindOf, pagesAmong } from './page-kinds.ts';

const HOPS = 12;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' };

export interface Page {
  readonly status: number;
  readonly url: URL;
  readonly html: string;
}

export const hrefsIn = (html: string): readonly string[] =>
  [...html.matchAll(/<a\b[^>]*\shref="(\/[^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll(/&(?:amp|quot|#39|lt|gt);/g, (one) => ENTITIES[one] ?? one),
  );

type Form = Readonly<Record<string, string>> | URLSearchParams;

/** A check says which draft it shows. */
const withHidden = (form: Form, { token, draft }: { readonly token: string; readonly draft: string | undefined }): URLSearchParams => {
  const body = new URLSearchParams(form);
  if (token !== '') body.set('_csrf', token);
  if (draft !== undefined) body.set('draft', draft);
  return body;
};

export class PlainVisitor {
  readonly #console: string;
  readonly #cookies = new Map<string, Map<string, string>>();
  #csrf = '';
  #draft: string | undefined;

  constructor(console: string) {
    this.#console = console;
  }

  /** Follows redirects, as long as they lead on. */
  async open(address: string, form?: Form): Promise<Page> {
    let [url, body] = [new URL(address, this.#console), form];
    for (let hop = 0; hop < HOPS; hop++) {
      const response = await this.once(url, body);
      const location = response.headers.get('location');
      if (location === null) {
        const html = await response.text();
        this.#csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.#csrf;
        this.#draft = /name="draft" value="([^"]+)"/.exec(html)?.[1];
        return { status: response.status, url, html };
      }
      await response.body?.cancel();
      [url, body] = [new URL(location, url), undefined];
    }
    throw new Error(`${address} leads round in a circle.`);
  }

  /** One request, answered as it is. A form takes the token of the page before, where it is not to be without. */
  async once(address: URL | string, form?: Form, { withToken = true }: { readonly withToken?: boolean } = {}): Promise<Response> {
    const url = new URL(address, this.#console);
    const token = withToken && url.origin === this.#console ? this.#csrf : '';
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#keptFor(url)].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: withHidden(form, { token, draft: this.#draft }) }),
    });
    this.#keep(url, response.headers.getSetCookie());
    return response;
  }

  #keptFor({ origin }: URL): Map<string, string> {
    const kept = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, kept);
    return kept;
  }

  #keep(url: URL, cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#keptFor(url).set(name, value);
    }
  }

  /** By the demo's issuer; for staff, with every purpose that there is. */
  async signIn(person: string): Promise<void> {
    const asked = await this.open('/sign-in');
    const home = await this.open(asked.url.href, { person });
    if (home.status !== 200) throw new Error(`${person} is not signed in: ${home.status}.`);
    if (!/^\/(?:staff|agency|purpose)/.test(home.url.pathname)) return;
    const { html } = await this.open('/purpose?then=/staff');
    const purposes = [...html.matchAll(/name="purposes"[^>]*value="([^"]+)"/g)].map(([, value = '']): [string, string] => [
      'purposes',
      value,
    ]);
    await this.open('/purpose', new URLSearchParams([...purposes, ['then', '/staff']]));
  }
}

/** Kinds of pages that can be reached from there, breadth first, each with some of its addresses; every page that is opened is told. */
export const pagesFrom = async (
  first: readonly string[],
  { open, most }: { readonly open: (path: string) => Promise<readonly string[]>; readonly most: number },
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const area = `/${first[0]?.split(/[/?]/)[1] ?? ''}`;
  const kinds = new Map<string, Set<string>>();
  const waiting: string[] = [];
  const meet = (path: string): void => {
    const kind = kinds.get(kindOf(path)) ?? new Set<string>();
    if (kind.size === 0) waiting.push(path);
    if (kind.size < most) kind.add(path);
    kinds.set(kindOf(path), kind);
  };
  first.forEach(meet);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift())
    pagesAmong(await open(path))
      .filter((href) => href.startsWith(area))
      .forEach(meet);
  return new Map([...kinds].map(([kind, paths]) => [kind, [...paths]]));
};
