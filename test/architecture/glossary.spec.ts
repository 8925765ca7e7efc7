// docs/glossary.md gives each word one line, and a home that is there.
import { existsSync, readFileSync } from 'node:fs';
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
