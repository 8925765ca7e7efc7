// Which pages are of one kind: they differ only in whom or what they are about.

/** What is particular about an address goes: pseudonyms, ids, positions, agreements, and what is searched for. */
export const kindOf = (path: string): string =>
  path
    .replace(/\?.*/, (search) => (search === '?lang=cy' ? search : ''))
    .replace(/^(\/dpo\/protocols)\/[^/]+/, '$1/*')
    .split('/')
    .map((part) => (/[\d%:]|psn|^[a-z-]+-\d+/.test(part) && !part.includes('lang=') ? '*' : part))
    .join('/');

/** Of links on a page, those that lead to further pages: no files, no ways out, no other language. */
export const pagesAmong = (hrefs: readonly string[]): readonly string[] =>
  hrefs
    .filter((href) => !/^\/(?:leave|sign-|assets)|csv|\.json|\/consents\/.*\/record$|lang=en/.test(href))
    .map((href) => href.replace(/#.*/, ''));
