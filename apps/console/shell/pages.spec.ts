// Whatever is put into a page is text there (ASVS 5, 1.2.1): nothing is marked as safe but what the console drew itself.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Pages } from './pages.ts';

const CONSOLE = fileURLToPath(new URL('..', import.meta.url));
const templates = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.njk'));
const textOf = (file: string): string => readFileSync(`${CONSOLE}${file}`, 'utf8');
const pages = new Pages({ serviceName: '<i>Service</i>', styles: { page: '/p.css', work: '/w.css' }, demo: false, cookie: 'c' });

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

it('escapes what it is given, wherever it stands', () => {
  const person = { kind: 'staff', agency: HOSTILE, staff: 's', name: HOSTILE, roles: [HOSTILE] } as const;
  const clauses = [{ href: `/agreements/${HOSTILE}`, title: HOSTILE, name: HOSTILE, says: HOSTILE }];
  const html = pages.render('templates/refused.njk', {
    person,
    role: HOSTILE,
    clauses,
    asked: [HOSTILE],
    path: HOSTILE,
    purposes: [HOSTILE],
  });
  expect(html).not.toMatch(/<(?:img|script|i)\b/);
  expect(html).toContain('&lt;script&gt;');
});

/** Pictures are drawn here, and escape their texts (pictures.spec.ts). */
const DRAWN = /^(?:figure|picture|circle\.svg)$/;

it('marks nothing as safe but pictures', () => {
  const marked = templates.flatMap((file) =>
    [...textOf(file).matchAll(/\{\{\s*([\w.]+)\s*\|\s*safe\b/g)].map(([, name = '']) => [file, name] as const),
  );
  expect(marked.filter(([, name]) => !DRAWN.test(name))).toEqual([]);
  const uses = templates.flatMap((file) => [...textOf(file).matchAll(/\|\s*safe\b/g)]);
  expect(uses).toHaveLength(marked.length);
  expect(templates.filter((file) => /autoescape/.test(textOf(file)))).toEqual([]);
});

it('runs nothing and fetches nothing from elsewhere in any template', () => {
  const amiss = templates.filter((file) =>
    /<script|<iframe|<object|<embed|\son\w+=|\sstyle=|javascript:|(?:src|href)="(?:https?:)?\/\//.test(textOf(file)),
  );
  expect(amiss).toEqual([]);
});
