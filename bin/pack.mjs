// Puts what the commands are made of, packages among it, into one file: finding and linking two thousand files takes most of a command's
// time (ADR 55). Node says what each file means by a name, the compiler turns modules into functions; here they are put side by side.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, findPackageJSON, isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { transformSync } from '@swc/core';
import { linkPacked } from './packed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const built = join(root, 'dist');
const entry = join(built, 'apps', 'cli', 'main.js');
const packed = join(built, 'packed', 'commands.cjs');
/** What goes on for long is started from its own files; and few commands speak to servers by these packages. */
const besides = ['apps/broker/serve.js', 'apps/cli/demo/run-demo.js', 'apps/console/serve-console.js'].map((file) => join(built, file));
const packagesBesides = new Set(['kafkajs', '@eventstore/db-client']);

const byCompiler = { swcrc: false, configFile: false, sourceMaps: false, minify: true };
const jsc = { target: 'es2024', parser: { syntax: 'ecmascript' }, minify: { compress: false, mangle: false } };

/** A module's `import x from 'y'` becomes `require('y').default`, whatever `y` is: `linkPacked` sees to that. */
const asFunctionBody = {
  module: (text) =>
    transformSync(text, { ...byCompiler, jsc, isModule: true, module: { type: 'commonjs', importInterop: 'none', strictMode: true } }).code,
  commonjs: (text) => transformSync(text, { ...byCompiler, jsc, isModule: 'commonjs' }).code,
  json: (text) => `module.exports=${text}`,
};

const types = new Map();
function typeIn(folder, file) {
  if (!types.has(folder)) {
    const described = findPackageJSON(pathToFileURL(file));
    types.set(folder, (described && JSON.parse(readFileSync(described, 'utf8')).type) ?? 'commonjs');
  }
  return types.get(folder);
}

const byEnding = { '.json': 'json', '.mjs': 'module', '.cjs': 'commonjs' };
const kindOf = (file) => byEnding[/\.[a-z]+$/.exec(file)?.[0]] ?? typeIn(dirname(file), file);

/** Where the file is that `name` means to `file`; undefined: that is found, or missed, when it is asked for. */
function fileMeant(name, file, kind) {
  if (isBuiltin(name) || packagesBesides.has(name)) return undefined;
  try {
    const meant = kind === 'module' ? fileURLToPath(import.meta.resolve(name, pathToFileURL(file))) : createRequire(file).resolve(name);
    readFileSync(meant);
    return /\.(?:c|m)?js(?:on)?$/.test(meant) && !besides.includes(meant) ? meant : undefined;
  } catch {
    // Packages that another package can do without, and words that only look like a name.
    return undefined;
  }
}

const files = [entry];
const places = new Map([[entry, 0]]);
function placeOf(file) {
  if (!places.has(file)) places.set(file, files.push(file) - 1);
  return places.get(file);
}

function partOf(file) {
  const kind = kindOf(file);
  const body = asFunctionBody[kind](readFileSync(file, 'utf8').replace(/^#!.*/, ''));
  const needed = {};
  for (const [, name] of kind === 'json' ? [] : body.matchAll(/\brequire\("([^"\n]+)"\)/g)) {
    const meant = fileMeant(name, file, kind);
    if (meant !== undefined) needed[name] = placeOf(meant);
  }
  const wait = file === entry ? 'async ' : '';
  // In brackets, it is compiled with the whole and kept with it, and not when it is called, each time anew.
  const code = `(${wait}function(exports,require,module,__filename,__dirname){${body}\n})`;
  mustCompile(code, file);
  return `[${JSON.stringify(relative(root, file))},${kind === 'module'},${JSON.stringify(needed)},${code}]`;
}

function mustCompile(code, file) {
  try {
    new Script(code);
  } catch (cause) {
    throw new Error(`${relative(root, file)} cannot be one function among others; a module that waits at its top cannot`, { cause });
  }
}

const parts = [];
for (let place = 0; place < files.length; place++) parts.push(partOf(files[place]));
mkdirSync(dirname(packed), { recursive: true });
const toRoot = JSON.stringify(relative(dirname(packed), root));
writeFileSync(packed, `'use strict';\n(${linkPacked})(require('node:path').resolve(__dirname,${toRoot}),[\n${parts.join(',\n')}\n]);\n`);
