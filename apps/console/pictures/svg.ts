// SVG as text, made on the server: attributes and classes alone, since the pages' policy takes neither scripts nor styles within them.

/** An attribute that is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => ESCAPED[found] ?? found);

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`]))
    .join('');

/** `content` is markup, or text that `words` escaped. */
export const element = (name: string, attributes: Attributes, ...content: readonly string[]): string =>
  content.length === 0 ? `<${name}${attributesOf(attributes)}/>` : `<${name}${attributesOf(attributes)}>${content.join('')}</${name}>`;

export const group = (attributes: Attributes, ...content: readonly string[]): string => element('g', attributes, ...content);

export const label = (at: { readonly x: number; readonly y: number }, text: string, attributes: Attributes = {}): string =>
  element('text', { ...at, class: 'picture-text', ...attributes }, escaped(text));

export const line = (from: readonly [number, number], to: readonly [number, number], attributes: Attributes): string =>
  element('line', { x1: from[0], y1: from[1], x2: to[0], y2: to[1], ...attributes });

/** Said by a screen reader, and shown by a browser as one points at the mark; never the only place where it is said. */
export const titled = (text: string): string => element('title', {}, escaped(text));

/** A link where there is somewhere to go, else the mark alone. */
export const linked = (href: string | undefined, name: string, mark: string): string =>
  href === undefined ? mark : element('a', { href, 'aria-label': name, class: 'picture-link' }, mark);
