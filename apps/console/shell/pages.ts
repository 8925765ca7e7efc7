// Pages from Nunjucks templates, which stand beside what shows them. What is put in is escaped; nothing of a template runs in a browser.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import { type Fill, type Language, word, type WordsIn } from '../words/index.ts';
import { homeOf, navigationFor, type NavigationEntry } from './areas.ts';
import type { Person } from './person.ts';
import { clockText, dayElement, dayText, timeElement, timeOfDay } from './times.ts';

const { resolve } = createRequire(import.meta.url);
/** Of govuk-frontend and of the Ministry of Justice's; templates name components as `govuk/components/…` and `moj/components/…`. */
const COMPONENTS = [
  join(dirname(resolve('govuk-frontend/package.json')), 'dist'),
  dirname(resolve('@ministryofjustice/frontend/package.json')),
];
const OWN = fileURLToPath(new URL('..', import.meta.url));

export interface PageParts {
  readonly serviceName: string;
  /** Of the stylesheets, which change with their content. */
  readonly styles: Readonly<Record<string, string>>;
  /** Whether everything shown is made up. */
  readonly demo: boolean;
  /** Name of the one cookie. */
  readonly cookie: string;
  /** Words of learners' pages, beside those of the shell. */
  readonly words?: WordsIn;
}

export class Pages {
  readonly #environment: nunjucks.Environment;
  readonly #parts: PageParts;

  constructor(parts: PageParts) {
    this.#parts = parts;
    const loader = new nunjucks.FileSystemLoader([OWN, ...COMPONENTS]);
    this.#environment = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
    const filters = { time: timeElement, day: dayElement, plainDay: dayText, timeOfDay, clock: clockText };
    for (const [name, filter] of Object.entries(filters)) this.#environment.addFilter(name, filter);
  }

  render(template: string, model: Readonly<Record<string, unknown>>): string {
    const { language = 'en', person } = model as { readonly language?: Language; readonly person?: Person };
    const t = (key: string, fill?: Fill): string =>
      word(language, key, fill, key in (this.#parts.words?.[language] ?? {}) ? this.#parts.words : undefined);
    return this.#environment.render(template, { ...this.#parts, t, ...navigationOf(person, t), ...model });
  }
}

/** On a learner's pages entries are keys of words. */
const navigationOf = (
  person: Person | undefined,
  t: (key: string) => string,
): { readonly home?: string; readonly navigation: readonly NavigationEntry[] } => {
  if (person === undefined) return { navigation: [] };
  const entries = navigationFor(person);
  return { home: homeOf(person), navigation: person.kind === 'learner' ? entries.map((one) => ({ ...one, text: t(one.text) })) : entries };
};
