// What each part of the tree may import (docs/adr/0001). test/architecture/boundaries.spec.ts breaks every rule once.
import { besideJudging, calledInJudging, foldersForSpecs, layers, pureFiles, pureLibraries, whoOpens } from './rooms.house.mjs';

const libraries = layers.flat();
const below = (index) => layers.slice(0, index).flat();

const any = (names) => `(?:${names.join('|')})`;
const spec = '[.]spec[.]ts$';
const serversForTests =
  '^test/(?:kafka/(?:kafka-for-tests|topic-life)|kurrentdb/(?:kurrent-server|kurrent-process|held-way)|broker-process)[.]ts$';
/** Folders of a library that hold a technology (`#event-store/sqlite`); only composition roots choose among them. */
const adapters = any(['sqlite', 'kurrentdb', 'postgres', 'kafka', 'http', 'memory', 'bus', 'nest']);
const forSpecs = any(foldersForSpecs);
/** Folders that are an entry of their own, beside the library's `index.ts`. */
const entries = any(['opening']);
/** A door's Nest module names its own routes; whether it is opened is the app's choice. */
const ownRoutes = '^libs/(?:ingress|egress)/[^/]+[.]module[.]ts$';
const framework = '(?:^|/)node_modules/(?:@nestjs/|class-validator/|class-transformer/)';
const frameworkFiles = '[.](?:module|handlers|controller|dto|guard|filter|interceptor|decorator|service|providers)[.]ts$';
const pureNames = any(pureFiles.map((name) => name.replaceAll('.', '[.]').replaceAll('*', '[^/]+')));
const pureCore = `^(?=libs/${any(pureLibraries)}/|libs/.+/${pureNames}[.]ts$)libs/([^/]+)/`;
const judging = '^libs/admission/(?:checks/)?[^/]+[.]ts$';
const notJudging = `^libs/admission/${any(besideJudging)}[.]ts$`;
const outsidePureCore = [spec, `^libs/[^/]+/${forSpecs}/`];
/** Libraries whose public surface is plain functions and data; what else they hold, a pure file has no use for. */
const known = any(['kernel', 'catalogue', 'agencies', 'sharing-protocols', 'learner-file', ...pureLibraries]);

const layerRules = layers.flatMap((row, index) =>
  row.map((name) => ({
    name: `layer-${name}`,
    comment: `${name} may import ${below(index).join(', ') || 'no other library'}: dependencies point downward only.`,
    severity: 'error',
    from: { path: `^libs/${name}/` },
    to: { path: '^libs/', pathNot: `^libs/${any([name, ...below(index)])}/` },
  })),
);

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'layer-client',
      comment:
        'The client is published on its own, with kafka-wire: of the other libraries it may know the types of kernel and catalogue, no more.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: spec },
      to: { path: '^libs/', pathNot: '^libs/(?:client|kernel|catalogue|kafka-wire)/' },
    },
    {
      name: 'client-takes-types-only',
      comment: 'Code of kernel or catalogue would have to be published with the client.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: spec },
      to: { path: '^libs/(?:kernel|catalogue)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every-library-has-a-layer',
      comment: 'A new library gets its row in `layers` of rooms.house.mjs first.',
      severity: 'error',
      from: { path: '^(?:libs|apps|test)/' },
      to: { path: '^libs/', pathNot: `^libs/${any([...libraries, 'client'])}/` },
    },
    {
      name: 'libraries-know-no-app',
      comment: 'Apps compose libraries, never the other way round.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(?:apps|test)/', pathNot: serversForTests },
    },
    {
      name: 'servers-for-tests',
      comment:
        'Specs of adapters share the one real Kafka of a run, and start and hold up the stand-in for KurrentDB; nothing else knows them.',
      severity: 'error',
      from: { path: '^(?:libs|apps)/', pathNot: '[.]int[.]spec[.]ts$|/fixtures/' },
      to: { path: serversForTests },
    },
    {
      name: 'kernel-depends-on-nothing',
      comment: 'Whatever the kernel used, every pure file would use.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: spec },
      to: { pathNot: '^libs/' },
    },
    {
      name: 'past-an-index',
      comment: 'Another library is known by its index.ts, or by the index.ts of one of its adapters or entries.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: `^libs/(?:$1/|[^/]+/(?:(?:${adapters}|${forSpecs}|${entries})/)?index[.]ts$)` },
    },
    {
      name: 'past-an-index-from-outside',
      comment: 'Apps and tests use the public surface of a library too.',
      severity: 'error',
      from: { path: '^(?:apps|test)/' },
      to: { path: '^libs/', pathNot: `^libs/[^/]+/(?:(?:${adapters}|${forSpecs}|${entries})/)?index[.]ts$` },
    },
    {
      name: 'past-a-feature-index',
      comment: 'Features of one library know each other by index.ts.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/([^/]+)/', pathNot: spec },
      to: { path: '^libs/$1/[^/]+/', pathNot: '^libs/$1/(?:$2/|[^/]+/index[.]ts$)' },
    },
    {
      name: 'libraries-by-name',
      comment: 'Write `#consent`, not a path that climbs out of the library.',
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)|apps|test)/' },
      to: { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'adapters-are-chosen-by-apps',
      comment: 'Only apps/broker and apps/cli decide which technology serves a port. The bus is what doors and handlers meet on.',
      severity: 'error',
      from: {
        path: '^(?:libs|apps)/',
        pathNot: [spec, '^apps/(?:broker|cli)/', `^libs/[^/]+/${adapters}/`, `^libs/[^/]+/${forSpecs}/`, ownRoutes],
      },
      to: { path: `^libs/[^/]+/${adapters}/`, pathNot: '^libs/bus/nest/' },
    },
    {
      name: 'adapters-do-not-mix',
      comment:
        'An adapter knows ports, not the adapters of another library; the handlers of use cases know the bus. The replica of a log elsewhere is a log in SQLite.',
      severity: 'error',
      from: { path: `^(libs/([^/]+)/${adapters})/`, pathNot: spec },
      to: { path: `^libs/[^/]+/${adapters}/`, pathNot: ['^(?:$1|libs/bus/nest)/', '^libs/(?=event-store/)$2/sqlite/index[.]ts$'] },
    },
    {
      name: 'sqlite-is-for-adapters',
      comment:
        'What SQLite files share is known to the adapters that keep them, and to custody, which marks them; ports and rules know no technology.',
      severity: 'error',
      from: { path: '^(?:libs|apps)/', pathNot: [spec, '^libs/sqlite/', '^libs/custody/', '^libs/[^/]+/sqlite/'] },
      to: { path: '^libs/sqlite/' },
    },
    {
      name: 'test-code-stays-in-tests',
      comment: 'Contracts and fixtures are for specs; production code imports no spec.',
      severity: 'error',
      from: { path: '^(?:libs|apps)/', pathNot: [spec, `^libs/[^/]+/${forSpecs}/`] },
      to: { path: [`^libs/[^/]+/${forSpecs}/`, spec] },
    },
    {
      name: 'console-knows-the-client-only',
      comment: 'The console is a client of the public HTTP API; what it shows passes the one gate. It reads its key files strictly.',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^(?:libs|apps)/', pathNot: '^(?:libs/(?:client|strict-text)|apps/console)/' },
    },
    {
      name: 'apps-stand-alone',
      comment: 'Only the command line starts other apps.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/cli/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'framework-in-its-files',
      comment: 'Nest and class-validator stay in modules, handlers, controllers and their kind; a rule does not need them.',
      severity: 'error',
      from: { path: '^libs/', pathNot: [spec, frameworkFiles] },
      to: { path: framework },
    },
    {
      name: 'pure-core-takes-no-package',
      comment: 'Rules are plain functions: no Nest, no validator, no Node, no package. Time, ids and actor come in what is judged.',
      severity: 'error',
      from: { path: [pureCore, judging], pathNot: [...outsidePureCore, notJudging] },
      to: { pathNot: '^libs/' },
    },
    {
      name: 'pure-core-knows-rules-only',
      comment: 'A rule asks other rules, the catalogue, and agreements as data; stores, vaults and handlers stay with whoever asks it.',
      severity: 'error',
      from: { path: pureCore, pathNot: outsidePureCore },
      to: { path: '^libs/', pathNot: [`^libs/${known}/index[.]ts$`, `^libs/$1/(?!.*${frameworkFiles}|${adapters}/)`] },
    },
    {
      name: 'judging-seals-nothing',
      comment: 'What is judged is plain data in and out: ids are drawn before it, events are sealed after it. Only types come from there.',
      severity: 'error',
      from: { path: judging, pathNot: [...outsidePureCore, notJudging] },
      to: {
        path: ['^libs/(?:privacy|event-store|quarantine)/', notJudging],
        pathNot: `^libs/admission/${any(calledInJudging)}[.]ts$`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'who-opens',
      comment: `Opening what is sealed is an entry of its own, for ${whoOpens.join(', ')}: rooms.house.mjs says why these.`,
      severity: 'error',
      from: { path: '^(?:libs|apps)/', pathNot: [spec, `^libs/[^/]+/${forSpecs}/`, `^libs/${any(['privacy', ...whoOpens])}/`] },
      to: { path: '^libs/privacy/opening/' },
    },
    {
      name: 'oracle-stands-alone',
      comment: 'What lists must show is worked out without code of the broker: else both would share a mistake.',
      severity: 'error',
      from: { path: '^test/equality/oracle/' },
      to: { pathNot: '^test/equality/oracle/' },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A file that nothing imports and that imports nothing is not in use. Workers are started by their URL.',
      severity: 'error',
      from: { orphan: true, path: '^(?:apps|libs)/', pathNot: [spec, '[.]d[.]ts$', '[.]worker[.]ts$', '^apps/[^/]+/main[.]ts$'] },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'A package in use stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'Production code must run after `npm ci --omit=dev`.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/', pathNot: [spec, `^libs/[^/]+/${forSpecs}/`] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '/node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['concordat-source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
