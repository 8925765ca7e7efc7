// One breach of every rule in .dependency-cruiser.mjs, beside a tree that keeps them all.
import type { Files } from './planted-tree.ts';

const importing = (...names: readonly string[]): string =>
  [
    ...names.map((name, index) => `import * as m${index} from '${name}';`),
    `export const used = [${names.map((_, index) => `m${index}`).join(', ')}];`,
    '',
  ].join('\n');
const importingType = (name: string): string => `import type { used } from '${name}';\nexport type Used = typeof used;\n`;
const nothing = 'export const used = 1;\n';

/** What the house allows: the rules must be silent about all of these. */
export const lawful: Files = {
  'apps/broker/main.ts': importing('@nestjs/core', '#consent', '#event-store/sqlite', './settings.ts'),
  'apps/broker/settings.ts': nothing,
  'apps/cli/main.ts': importing('#event-store/sqlite', '#client', '../broker/settings.ts'),
  'apps/console/main.ts': importing('#client'),
  'libs/kernel/index.ts': importing('./clock.ts'),
  'libs/kernel/clock.ts': nothing,
  'libs/catalogue/index.ts': importing('#kernel'),
  'libs/sqlite/index.ts': importing('#kernel', 'node:sqlite'),
  'libs/kafka-wire/index.ts': importing('kafkajs'),
  'libs/transparency/index.ts': importing('#kernel', 'node:crypto', '../transparency/leaf.ts'),
  'libs/transparency/leaf.ts': nothing,
  'libs/custody/index.ts': importing('#kernel', 'node:sqlite'),
  'libs/event-store/index.ts': importing('#kernel', './event-store.ts'),
  'libs/event-store/event-store.ts': nothing,
  'libs/event-store/sqlite/index.ts': importing('node:sqlite', '../event-store.ts', '#transparency', '#sqlite'),
  'libs/event-store/contract/index.ts': importing('@jest/globals', '../event-store.ts'),
  'libs/event-store/sqlite/sqlite.int.spec.ts': importing('#event-store/contract', './index.ts'),
  'libs/agencies/index.ts': importing('#privacy'),
  'libs/privacy/index.ts': importing('#event-store'),
  'libs/sharing-protocols/index.ts': importing('#agencies'),
  'libs/consent/index.ts': importing('./consent.module.ts', './consent.ts'),
  'libs/consent/consent.events.ts': importing('#kernel', '#catalogue'),
  'libs/consent/consent.ts': importing('./consent.events.ts', '#kernel'),
  'libs/consent/consent.decide.ts': importing('./consent.events.ts', './consent.ts'),
  'libs/consent/consent.module.ts': importing('@nestjs/common', './consent.handlers.ts'),
  'libs/consent/consent.handlers.ts': importing('@nestjs/cqrs', '#event-store', './consent.decide.ts'),
  'libs/consent/consent.spec.ts': importing('fast-check', '#event-store/sqlite', './consent.decide.ts'),
  'libs/contribution/index.ts': importing('#catalogue'),
  'libs/learners/index.ts': importing('#agencies'),
  'libs/learner-record/index.ts': importing('./referral/index.ts', './review/index.ts'),
  'libs/learner-record/referral/index.ts': nothing,
  'libs/learner-record/review/index.ts': importing('../referral/index.ts', '#consent'),
  'libs/read-models/index.ts': importing('#disclosure'),
  'libs/disclosure/index.ts': importing('#learner-file'),
  'libs/learner-file/index.ts': importing('#learner-record'),
  'libs/admission/index.ts': importing('#read-models'),
  'libs/http/index.ts': importing('#access'),
  'libs/kafka/index.ts': importing('kafkajs', '#http'),
  'libs/ingress/index.ts': importing('#admission', '#http', '#kafka'),
  'libs/ingress/http/index.ts': importing('../index.ts'),
  'libs/egress/index.ts': importing('#admission'),
  'libs/access/index.ts': importing('#agencies'),
  'libs/quarantine/index.ts': importing('#privacy'),
  'libs/client/index.ts': `${importing('jose', '#kafka-wire')}export type { used as kernel } from '#kernel';\n`,
  'libs/event-store/sign.worker.ts': nothing,
  'libs/ingress/kafka/kafka.int.spec.ts': importing('../../../test/kafka/kafka-for-tests.ts'),
  'test/kafka/kafka-for-tests.ts': nothing,
  'test/journeys/consent.spec.ts': importing('#consent', '#event-store/sqlite'),
};

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
const climbs = (library: string, to: string): Plant => plant(`layer-${library}`, `libs/${library}/climbs.ts`, importing(to));

export const plants: readonly Plant[] = [
  climbs('kernel', '#catalogue'),
  climbs('strict-text', '#catalogue'),
  climbs('sqlite', '#catalogue'),
  climbs('kernel', '#kafka-wire'),
  climbs('kafka-wire', '#catalogue'),
  climbs('catalogue', '#transparency'),
  climbs('transparency', '#event-store'),
  climbs('custody', '#event-store'),
  climbs('event-store', '#privacy'),
  climbs('privacy', '#agencies'),
  climbs('agencies', '#sharing-protocols'),
  climbs('sharing-protocols', '#consent'),
  climbs('contribution', '#consent'),
  climbs('learners', '#consent'),
  climbs('consent', '#learners'),
  climbs('access', '#learners'),
  climbs('quarantine', '#consent'),
  climbs('learner-record', '#learner-file'),
  climbs('learner-file', '#disclosure'),
  climbs('disclosure', '#read-models'),
  climbs('rights', '#disclosure'),
  climbs('read-models', '#admission'),
  climbs('admission', '#http'),
  climbs('http', '#kafka'),
  climbs('kafka', '#ingress'),
  climbs('ingress', '#egress'),
  climbs('egress', '#ingress'),
  plant('layer-client', 'libs/client/climbs.ts', importingType('#consent')),
  plant('layer-consent', 'libs/consent/types-climb-too.ts', importingType('#disclosure')),
  plant('client-takes-types-only', 'libs/client/takes-code.ts', importing('#kernel')),
  plant('every-library-has-a-layer', 'libs/unlisted/index.ts', importing('./part.ts')),
  plant('no-orphan', 'libs/unlisted/part-of-nothing.ts', nothing),
  plant('libraries-know-no-app', 'libs/consent/knows-an-app.ts', importing('../../apps/broker/settings.ts')),
  plant('kafka-for-tests-is-for-tests', 'libs/ingress/tested.ts', importing('../../test/kafka/kafka-for-tests.ts')),
  plant('kernel-depends-on-nothing', 'libs/kernel/reads.ts', importing('node:fs')),
  plant('kernel-depends-on-nothing', 'libs/kernel/borrows.ts', importing('canonicalize')),
  plant(['past-an-index', 'libraries-by-name'], 'libs/consent/past-an-index.ts', importing('../kernel/clock.ts')),
  plant('past-an-index', 'libs/disclosure/past-an-index.ts', importing('#learner-record/referral')),
  plant('past-an-index-from-outside', 'apps/broker/past-an-index.ts', importing('#learner-record/referral')),
  plant('past-an-index-from-outside', 'test/journeys/past-an-index.spec.ts', importing('#learner-record/referral')),
  plant('past-a-feature-index', 'libs/learner-record/review/reads-referral.ts', importing('../referral/referral.ts')),
  plant('libraries-by-name', 'libs/consent/by-path.ts', importing('../kernel/index.ts')),
  plant('libraries-by-name', 'apps/broker/by-path.ts', importing('../../libs/kernel/index.ts')),
  plant('adapters-are-chosen-by-apps', 'libs/consent/chooses.ts', importing('#event-store/sqlite')),
  plant('adapters-are-chosen-by-apps', 'libs/event-store/default-store.ts', importing('./sqlite/index.ts')),
  plant('adapters-do-not-mix', 'libs/quarantine/sqlite/index.ts', importing('#event-store/sqlite')),
  plant('sqlite-is-for-adapters', 'libs/consent/knows-sqlite.ts', importing('#sqlite')),
  plant('test-code-stays-in-tests', 'libs/consent/uses-a-contract.ts', importing('#event-store/contract')),
  plant('test-code-stays-in-tests', 'libs/consent/uses-a-spec.ts', importing('./consent.spec.ts')),
  plant('console-knows-the-client-only', 'apps/console/past-the-gate.ts', importing('#consent')),
  plant('apps-stand-alone', 'apps/broker/starts-another.ts', importing('../cli/main.ts')),
  plant('framework-in-its-files', 'libs/consent/policy.ts', importing('@nestjs/common')),
  plant('framework-in-its-files', 'libs/consent/validation.ts', importing('class-validator')),
  plant('pure-events-and-decisions', 'libs/learners/learner.events.ts', importing('node:crypto')),
  plant('pure-events-and-decisions', 'libs/learners/learner.decide.ts', importing('#agencies')),
  plant('pure-events-and-decisions', 'libs/consent/uses-handlers.decide.ts', importing('./consent.handlers.ts')),
  plant('pure-state', 'libs/learners/learner.ts', importing('#event-store')),
  plant('no-cycle', 'libs/consent/egg.ts', importingType('./hen.ts')),
  plant('resolvable', 'libs/consent/missing.ts', importing('./nowhere.ts')),
  plant('declared-packages', 'libs/consent/undeclared.ts', importing('semver')),
  plant('no-development-packages-in-production', 'libs/consent/develops.ts', importing('fast-check')),
];

/** Files that the plants above point at. */
export const bystanders: Files = {
  'libs/learner-record/referral/referral.ts': importing('#kernel'),
  'libs/unlisted/part.ts': nothing,
  'libs/consent/hen.ts': importing('./egg.ts'),
};
