// Of a request's address: its path, and the same page in another language.
import type { FastifyRequest } from 'fastify';
import type { Language } from '../words/index.ts';

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

/** The same page; of what a form led to, which cannot be asked for by a link, the first. */
export const inLanguage = ({ method, url }: FastifyRequest, language: Language): string => {
  const search = new URLSearchParams(method === 'GET' ? url.slice(pathOf(url).length) : '');
  search.set('lang', language);
  return `${method === 'GET' ? pathOf(url) : '/'}?${search.toString()}`;
};
