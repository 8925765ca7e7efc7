// Loaded before `main.ts` (node --import): puts the mutant that MUTANT names, by its place in the list, into the sources as they are read.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MUTANTS } from './mutants.ts';

const { file, from, to } = MUTANTS[Number(process.env.MUTANT)];
const mutated = pathToFileURL(new URL(`../../${file}`, import.meta.url).pathname).href;

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (url !== mutated) return loaded;
    const source = String(loaded.source);
    if (source.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
    return { ...loaded, source: source.replace(from, () => to) };
  },
});
