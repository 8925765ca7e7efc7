// What holds of all templates, whatever page they make (ADR 89).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const templates = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.njk'));

it('text on a line of its own is an element of its own, since screen readers pass over what stands beside a break', () => {
  expect(templates.length).toBeGreaterThan(50);
  expect(templates.filter((name) => /<br\b/.test(readFileSync(join(here, name), 'utf8')))).toEqual([]);
});
