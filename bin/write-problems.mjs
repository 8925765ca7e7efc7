// Writes the section "Rejected events" of docs/guides/problems.md from the table of admission's checks: `npm run problems`.
import { readFileSync, writeFileSync } from 'node:fs';
import { rejectionsTable } from '#admission';

const file = new URL('../docs/guides/problems.md', import.meta.url);
const [before, section = '', after = ''] = readFileSync(file, 'utf8').split(
  /(?<=^## Rejected events\n)|(?=^## Messages that are not taken)/m,
);
const [intro = ''] = section.split(/^\| code/m);
writeFileSync(file, `${before}${intro}${rejectionsTable()}\n\n${after}`);
