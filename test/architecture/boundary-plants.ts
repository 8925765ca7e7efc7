// One breach of every rule in .dependency-cruiser.mjs, to be planted into a copy of this project.
import type { Files } from './planted-tree.ts';

const importing = (...names: readonly string[]): string =>
  [
    ...names.map((name, index) => `import * as m${index} from '${name}';`),
    `export const used = [${names.map((_, index) => `m${index}`).join(', ')}];`,
    '',
  ].join('\n');
const importingType = (name: string): string => `import type * as used from '${name}';\nexport type Used = typeof used;\n`;
const nothing = 'export const used = 1;\n';

export interface Plant {
  readonly rules: readonly string[];
  readonly file: string;
  readonly content: string;
}

const plant = (rules: string | readonly string[], file: string, content: string): Plant => ({
  rules: typeof rules === 'string' ? [rules] : rules,
  file,
  content,
});

/** Each library that is there imports the next one, which is no lower; the last of all the one before. */
export const climbs = (layers: readonly (readonly string[])[], isThere: (library: string) => boolean): readonly Plant[] => {
  const libraries = layers.flat().filter(isThere);
  return libraries.map((library, index) => {
    const next = libraries[index + 1] ?? libraries[index - 1] ?? '';
    return plant(`layer-${library}`, `libs/${library}/climbs.ts`, importing(`#${next}`));
  });
};

const PURE = 'pure-core-takes-no-package';
const RULES_ONLY = 'pure-core-knows-rules-only';
const SEALS = 'judging-seals-nothing';

export const plants: readonly Plant[] = [
  plant('layer-client', 'libs/client/climbs.ts', importingType('#consent')),
  plant('layer-access', 'libs/access/types-climb-too.ts', importingType('#disclosure')),
  plant('oracle-stands-alone', 'test/equality/oracle/takes-code.ts', importing('#kernel')),
  plant('client-takes-types-only', 'libs/client/takes-code.ts', importing('#kernel')),
  plant('every-library-has-a-layer', 'libs/unlisted/index.ts', importing('./part.ts')),
  plant('no-orphan', 'libs/unlisted/part-of-nothing.ts', nothing),
  plant('libraries-know-no-app', 'libs/rights/knows-an-app.ts', importing('../../apps/broker/setting.ts')),
  plant('servers-for-tests', 'libs/kafka/tested.ts', importing('../../test/kafka/kafka-for-tests.ts')),
  plant('servers-for-tests', 'libs/event-store/kurrentdb/tested.ts', importing('../../../test/kurrentdb/kurrent-server.ts')),
  plant('kernel-depends-on-nothing', 'libs/kernel/reads.ts', importing('node:fs')),
  plant('kernel-depends-on-nothing', 'libs/kernel/borrows.ts', importing('canonicalize')),
  plant(['past-an-index', 'libraries-by-name'], 'libs/rights/past-an-index.ts', importing('../kernel/clock.ts')),
  plant('past-an-index', 'libs/disclosure/past-an-index.ts', importing('#learners/ties')),
  plant('past-an-index-from-outside', 'apps/broker/past-an-index.ts', importing('#learners/ties')),
  plant('past-an-index-from-outside', 'test/journeys/past-an-index.spec.ts', importing('#learners/ties')),
  plant('past-a-feature-index', 'libs/disclosure/looks/reads-rows.ts', importing('../lists/decide-list.ts')),
  plant('libraries-by-name', 'libs/rights/by-path.ts', importing('../kernel/index.ts')),
  plant('libraries-by-name', 'apps/broker/by-path.ts', importing('../../libs/kernel/index.ts')),
  plant('adapters-are-chosen-by-apps', 'libs/rights/chooses.ts', importing('#event-store/sqlite')),
  plant('adapters-are-chosen-by-apps', 'libs/event-store/default-store.ts', importing('./sqlite/index.ts')),
  plant('adapters-do-not-mix', 'libs/quarantine/sqlite/mixes.ts', importing('#event-store/sqlite')),
  plant('sqlite-is-for-adapters', 'libs/rights/knows-sqlite.ts', importing('#sqlite')),
  plant('test-code-stays-in-tests', 'libs/rights/uses-a-contract.ts', importing('#event-store/contract')),
  plant('test-code-stays-in-tests', 'libs/rights/uses-a-spec.ts', importing('./told.spec.ts')),
  plant('console-knows-the-client-only', 'apps/console/past-the-gate.ts', importing('#consent')),
  plant('apps-stand-alone', 'apps/broker/starts-another.ts', importing('../cli/main.ts')),
  plant('framework-in-its-files', 'libs/rights/policy.ts', importing('@nestjs/common')),
  plant('framework-in-its-files', 'libs/rights/validation.ts', importing('class-validator')),
  plant(PURE, 'libs/learners/numbers.ts', importing('node:crypto')),
  plant(PURE, 'libs/consent/consent.module.ts', importing('@nestjs/common')),
  plant([PURE, 'framework-in-its-files'], 'libs/learner-record/review/validates.ts', importing('class-validator')),
  plant(PURE, 'libs/contribution/canonical.ts', importing('canonicalize')),
  plant(PURE, 'libs/duties/due.ts', importing('node:timers')),
  plant(PURE, 'libs/statistics/counts.ts', importing('node:fs')),
  plant(PURE, 'libs/agencies/told.events.ts', importing('node:crypto')),
  plant(PURE, 'libs/agencies/told.decide.ts', importing('node:crypto')),
  plant(PURE, 'libs/disclosure/decide-list.ts', importing('node:crypto')),
  plant(PURE, 'libs/sharing-protocols/decision-table-of-file.ts', importing('node:fs')),
  plant(PURE, 'libs/egress/feed/feed-change.ts', importing('node:crypto')),
  plant(RULES_ONLY, 'libs/learners/stored.ts', importing('#event-store')),
  plant(RULES_ONLY, 'libs/agencies/sealed.decide.ts', importing('#privacy')),
  plant(RULES_ONLY, 'libs/consent/calls-back.ts', importing('./withdraw.handlers.ts')),
  plant('who-opens', 'libs/rights/opens.ts', importing('#privacy/opening')),
  plant(['who-opens', SEALS], 'libs/admission/opens.ts', importing('#privacy/opening')),
  plant(SEALS, 'libs/admission/seals.ts', importing('#privacy')),
  plant(SEALS, 'libs/admission/checks/appends.ts', importing('#event-store')),
  plant(SEALS, 'libs/admission/draws-ids.ts', importing('./messages-seen.ts')),
  plant(PURE, 'libs/admission/draws.ts', importing('node:crypto')),
  plant(PURE, 'libs/admission/checks/canonical.ts', importing('canonicalize')),
  plant('who-opens', 'libs/read-models/opens.ts', importing('#privacy/opening')),
  plant('who-opens', 'apps/broker/opens.ts', importing('#privacy/opening')),
  plant('no-cycle', 'libs/rights/egg.ts', importingType('./hen.ts')),
  plant('resolvable', 'libs/rights/missing.ts', importing('./nowhere.ts')),
  plant('declared-packages', 'libs/rights/undeclared.ts', importing('semver')),
  plant('no-development-packages-in-production', 'libs/rights/develops.ts', importing('fast-check')),
];

/** Files that the plants above point at. */
export const bystanders: Files = {
  'libs/unlisted/part.ts': nothing,
  'libs/rights/hen.ts': importing('./egg.ts'),
  'libs/rights/told.spec.ts': importing('#kernel'),
  'libs/consent/withdraw.handlers.ts': importing('#kernel'),
};

/** What the house allows and no file of it does yet. */
export const lawful: Files = {
  'libs/rights/opened.spec.ts': importing('#privacy/opening', '#event-store/sqlite', 'fast-check'),
  'libs/rights/rights.module.ts': importing('@nestjs/common', './rights.handlers.ts'),
  'libs/rights/rights.handlers.ts': importing('@nestjs/cqrs', '#event-store', '#consent'),
  'libs/duties/duties.decide.ts': importing('#kernel', '#catalogue'),
  'libs/admission/judge-stored.ts': importingType('#event-store'),
  'libs/admission/judge-content.ts': importing('#learner-file', './content-form.ts'),
};
