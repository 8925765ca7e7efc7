// Of a request's address: its path, the same page in another language, and whether a page went there by itself.
import type { FastifyRequest } from 'fastify';
import type { Language } from '../words/index.ts';

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

/** In the address to which a page goes by itself, so that nobody's sign-in goes on by that. */
const BY_ITSELF = 'by-itself';

const searchIn = (url: string): URLSearchParams => new URLSearchParams(url.slice(pathOf(url).length));
const withSearch = (url: string, search: URLSearchParams): string =>
  search.size === 0 ? pathOf(url) : `${pathOf(url)}?${search.toString()}`;

/** Where that page goes by itself. */
export const byItself = (url: string): string => {
  const search = searchIn(url);
  search.set(BY_ITSELF, '1');
  return withSearch(url, search);
};

/** The same page, as somebody asks for it. */
export const asPressed = (url: string): string => {
  const search = searchIn(url);
  if (!search.has(BY_ITSELF)) return url;
  search.delete(BY_ITSELF);
  return withSearch(url, search);
};

export const wentByItself = ({ method, url }: Pick<FastifyRequest, 'method' | 'url'>): boolean =>
  method === 'GET' && searchIn(url).has(BY_ITSELF);

/** The same page; of what a form led to, which cannot be asked for by a link, the first. */
export const inLanguage = ({ method, url }: FastifyRequest, language: Language): string => {
  const search = new URLSearchParams(method === 'GET' ? asPressed(url).slice(pathOf(url).length) : '');
  search.set('lang', language);
  return `${method === 'GET' ? pathOf(url) : '/'}?${search.toString()}`;
};
