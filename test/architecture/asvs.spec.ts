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

/** OWASP ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2. */
const OF_BOTH_LEVELS = 70 + 183;

/** As `6.8.1, 6.8.2`, `1.2.6–1.2.8` and `4.3.1, 4.3.2 GraphQL · 4.4.1–4.4.4` name them. */
const numbersIn = (requirement: string): readonly string[] =>
  [...requirement.matchAll(/(\d+\.\d+)\.(\d+)(?:–\d+\.\d+\.(\d+))?/g)].flatMap(([, section = '', first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => `${section}.${Number(first) + n}`),
  );

it('every requirement of levels 1 and 2 is there once', () => {
  const numbers = rows.flatMap(({ requirement }) => numbersIn(requirement));
  expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([]);
  expect(numbers).toHaveLength(OF_BOTH_LEVELS);
});

/** What holds by what is written down, or since there is nothing that could break it: a reason stands in the place of a test. */
const BY_REASON = [
  ...['1.2.3', '1.2.5', '1.2.9', '2.1.1', '2.1.3', '5.3.1', '6.1.1', '6.1.3', '6.3.3', '10.3.4', '10.4.11'],
  ...['11.1.1', '11.1.2', '11.2.1', '11.5.1', '13.1.1', '13.2.4', '15.1.1', '15.1.3', '16.1.1', '16.2.3'],
];

it('what holds is shown by a test that is there and asserts something, but for what a reason shows', () => {
  const untested = rows.filter(({ state, shown }) => state === 'holds' && !/\.spec\.ts`/.test(shown));
  expect(untested.map(({ requirement }) => numbersIn(requirement)[0])).toEqual(BY_REASON);
  const specs = new Set(rows.flatMap(({ shown }) => [...shown.matchAll(/`([^` ]*\.spec\.ts)`/g)].map(([, file = '']) => file)));
  const idle = [...specs].filter((file) => !/\b(?:it|test)\b|(?:Contract|Loop)\(/.test(readFileSync(`${project}${file}`, 'utf8')));
  expect(idle).toEqual([]);
});

it('each file that is cited exists', () => {
  const cited = rows.flatMap(({ shown }) =>
    [...shown.matchAll(/`((?:apps|bin|docker|docs|libs|protocols|test)\/[^` ]*|[A-Z]+\.md)`/g)].map(([, file = '']) => file),
  );
  expect(cited.length).toBeGreaterThan(100);
  expect(cited.filter((file) => !existsSync(`${project}${file}`))).toEqual([]);
});
