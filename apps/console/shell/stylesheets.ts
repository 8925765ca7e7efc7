// The stylesheets, made once at the start: the GOV.UK style without its typeface, which is reserved for services of government, and without
// anything to be fetched from elsewhere. Each has a name of its content, so browsers keep it for good.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { readTextFile } from '#strict-text';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);
const own = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  /** Every page. */
  page: [
    resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'),
    own('shell/console.css'),
    own('learner/learner.css'),
    own('pictures/pictures.css'),
  ],
  /** Beside it, on staff's and officers' pages. */
  work: [resolve('@ministryofjustice/frontend/moj/moj-frontend.min.css'), own('staff/staff.css')],
};

export interface Stylesheet {
  /** Path under which it is served. */
  readonly path: string;
  readonly text: string;
  readonly gzipped: Buffer;
}

const FONT_FACES = /@font-face\{[^}]*\}/g;
const TYPEFACE = /"?GDS Transport"?,/g;
const FETCHED = /url\((?!["']?data:)[^)]*\)/g;
const SOURCE_MAP = /\/\*# sourceMappingURL=[^*]*\*\//g;

/** Exported for its spec. */
export const unbranded = (css: string): string =>
  css.replace(FONT_FACES, '').replace(TYPEFACE, '').replace(FETCHED, 'none').replace(SOURCE_MAP, '');

export const readStylesheets = (more: Readonly<Record<string, readonly string[]>> = {}): Readonly<Record<string, Stylesheet>> =>
  Object.fromEntries(
    Object.entries(SOURCES).map(([name, files]) => {
      const text = unbranded([...files, ...(more[name] ?? []).map(own)].map((file) => readTextFile(file)).join('\n'));
      const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
      return [name, { path: `/assets/${name}-${digest}.css`, text, gzipped: gzipSync(text) }];
    }),
  );
