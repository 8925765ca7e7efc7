// The guide to lists and documents leaves none out: each is spoken of, and asked for by a command that is tried on the demo.
import { readFileSync } from 'node:fs';
import { allDocuments, everyList } from '#read-models';
import { TABLES } from '../../apps/cli/lists/tables.ts';
import { stepsOf } from './guide-steps.ts';

const guide = readFileSync(new URL('../../docs/guides/views.md', import.meta.url), 'utf8');
const commands = stepsOf(guide).map(({ command }) => command);
const prose = guide.replaceAll(/^```[\s\S]*?^```$/gm, '');

const isNamedIn = (text: string, name: string): boolean => new RegExp(String.raw`(?<![\w/-])${name}(?![\w/-])`).test(text);

it.each([...everyList, ...TABLES].map(({ name }) => name))('the list %s is spoken of and asked for', (name) => {
  expect(prose.includes(`\`${name}\``)).toBe(true);
  expect(commands.some((command) => isNamedIn(command, name))).toBe(true);
});

it.each(allDocuments.map(({ name }) => name))('the document %s is asked for', (name) => {
  expect(commands.some((command) => isNamedIn(command, name))).toBe(true);
});
