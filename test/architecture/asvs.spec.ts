// docs/security/asvs.md speaks of every chapter, in states that it explains, and cites only what is there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(`${project}docs/security/asvs.md`, 'utf8');
const rows = [...text.matchAll(/^\| (\d+\.\d+\.\d+.*?) \| (.*?) \| (.*) \|$/gm)].map(([, requirement = '', state = '', shown = '']) => ({
  requirement,
  state,
  shown,
}));

it('all seventeen chapters are there, with rows of their own number', () => {
  const chapters = text.split(/^## /m).filter((section) => /^V\d+ /.test(section));
  expect(chapters.map((section) => /^V(\d+)/.exec(section)?.[1])).toEqual(Array.from({ length: 17 }, (_, n) => String(n + 1)));
  for (const chapter of chapters) {
    const number = /^V(\d+)/.exec(chapter)?.[1] ?? '';
    expect(chapter).toContain(`\n| ${number}.`);
  }
});

it('each row is in one of the states, and what is open is listed as open', () => {
  expect(rows.filter(({ state }) => !['holds', 'operator', 'not here', 'open'].includes(state))).toEqual([]);
  const listed = text.slice(text.indexOf('\n## Open'));
  const open = rows.filter(({ state }) => state === 'open').map(({ requirement }) => /^[\d.]+/.exec(requirement)?.[0] ?? '');
  expect(open.filter((number) => !listed.includes(number))).toEqual([]);
  expect(rows.length).toBeGreaterThan(100);
});

it('each file that is cited exists', () => {
  const cited = rows.flatMap(({ shown }) =>
    [...shown.matchAll(/`((?:apps|bin|docker|docs|libs|protocols|test)\/[^` ]*|[A-Z]+\.md)`/g)].map(([, file = '']) => file),
  );
  expect(cited.length).toBeGreaterThan(100);
  expect(cited.filter((file) => !existsSync(`${project}${file}`))).toEqual([]);
});
