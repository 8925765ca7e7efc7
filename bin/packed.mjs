// What stands at the head of a packed file: how its parts find one another, and what was left out of it.

/**
 * Runs the first part. Each is `[file, whether it was a module, places of what it needs by name, function]`. Written into the packed file
 * as text, so it may use nothing from around it.
 */
export function linkPacked(root, parts) {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { dirname, join } = process.getBuiltinModule('node:path');
  const loaded = [];
  const builtins = new Map();

  /** As Node shows a module what is none: under its names, and as a whole under `default`. */
  const asModule = (value) => ({
    __proto__: null,
    ...(typeof value === 'object' || typeof value === 'function' ? value : {}),
    default: value,
  });
  const builtin = (name) => {
    if (!builtins.has(name)) builtins.set(name, process.getBuiltinModule(name));
    return builtins.get(name);
  };
  /** What was left out: another package can do without it, or it is asked for by a name that is made up on the way. */
  const found = (name, natively, isModule) => {
    const value = natively()(name);
    return isModule && value?.[Symbol.toStringTag] !== 'Module' ? asModule(value) : value;
  };

  const load = (place) => {
    if (loaded[place] !== undefined) return loaded[place];
    const [file, isModule, needed, run] = parts[place];
    const filename = join(root, file);
    const module = { exports: {}, id: filename, filename, loaded: false, children: [], paths: [] };
    loaded[place] = module;
    let own;
    const natively = () => (own ??= createRequire(filename));
    const find = (name) => {
      const other = needed[name];
      if (other !== undefined) return isModule ? shownToModules(other) : load(other).exports;
      const ofNode = builtin(name);
      if (ofNode === undefined) return found(name, natively, isModule);
      return isModule ? { __proto__: ofNode, default: ofNode } : ofNode;
    };
    find.resolve = (name) => natively().resolve(name);
    run.call(isModule ? undefined : module.exports, module.exports, find, module, filename, dirname(filename));
    module.loaded = true;
    return module;
  };

  const shownToModules = (place) => {
    const module = load(place);
    if (parts[place][1]) return module.exports;
    // What is not loaded to its end yet, since it asks for whom it is asked by, may get more names.
    if (!module.loaded) return asModule(module.exports);
    return (module.asModule ??= asModule(module.exports));
  };
  load(0);
}
