// `node test/properties/main.ts`: the property for as many runs as PROPERTY_RUNS says;
// ends with 1 and the smallest counterexample where it fails.
import { inspect } from 'node:util';
import { checkNobodysWord } from './check.ts';

const { PROPERTY_RUNS = '300', PROPERTY_SEED = '7' } = process.env;
const found = await checkNobodysWord({ runs: Number(PROPERTY_RUNS), seed: Number(PROPERTY_SEED) });
process.stdout.write(`${found === undefined ? 'holds' : inspect(found, { depth: null, breakLength: 160, maxStringLength: 400 })}\n`);
process.exitCode = found === undefined ? 0 : 1;
