// docs/glossary.md gives each word one line, and a home that is there; words that gave way name nothing in a library.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './planted-tree.ts';

const text = readFileSync(join(projectRoot, 'docs/glossary.md'), 'utf8');
const rows = [...text.matchAll(/^\| (?!term |-)(.+?) \| (.+) \| `([^`]+)` \|$/gm)].map(([, terms = '', means = '', home = '']) => ({
  terms: terms.split(', '),
  means,
  home,
}));

it('every line of a table is a word, its meaning and its home', () => {
  const lines = text.split('\n').filter((line) => line.startsWith('|') && !/^\| term |^\|-/.test(line));
  expect(rows).toHaveLength(lines.length);
  expect(rows.length).toBeGreaterThan(50);
});

it('each word has one line', () => {
  const terms = rows.flatMap((row) => row.terms);
  expect(terms.filter((term, place) => terms.indexOf(term) !== place)).toEqual([]);
});

it('each home is there', () => {
  expect(rows.map(({ home }) => home).filter((home) => !existsSync(join(projectRoot, home)))).toEqual([]);
});

/** As parts of names: `in-flight`, `InFlight` and `inFlight` are `in flight`. */
const gone = [...(text.split('## Words that gave way')[1] ?? '').matchAll(/^- ([^:]+):/gm)].flatMap(([, words = '']) => words.split(', '));
const partsOf = (name: string): string =>
  ` ${name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z]+/g, ' ')
    .toLowerCase()} `;
const isGone = (name: string): boolean => gone.some((words) => partsOf(name).includes(` ${words} `));

const sources = globSync('libs/**/*.ts', { cwd: projectRoot }).filter(
  (file) => !/[.]spec[.]ts$|[/](?:fixtures|contract|oracle)[/]/.test(file),
);
const EXPORTED = /^export (?:async |abstract |declare )*(?:class|const|function|interface|type) (\w+)/gm;

it('words that gave way name no file of a library, and nothing that it exports', () => {
  const names = sources.flatMap((file) => [
    file.slice(file.lastIndexOf('/') + 1),
    ...[...readFileSync(join(projectRoot, file), 'utf8').matchAll(EXPORTED)].map(([, name = '']) => name),
  ]);
  expect(names.length).toBeGreaterThan(2000);
  expect(names.filter(isGone)).toEqual([]);
});

it('words that gave way are found, however they are written', () => {
  expect(gone.length).toBeGreaterThan(4);
  expect(['FeedFooting', 'under-way.ts', 'MessagesUnderWay', 'underWay', 'TOLD_TO', 'Teller'].filter((name) => !isGone(name))).toEqual([]);
  expect(['inFlight', 'getaway', 'threshold', 'tellurium', 'wayUnder'].filter(isGone)).toEqual([]);
});
