// Code tables of protocols/codes as frozen values, looked up by code.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readJsonFile } from '#strict-text';
import type { Category, Framework, LeavingReason, Nature, Role } from './vocabulary.ts';

export interface Coded<Code extends string = string> {
  readonly code: Code;
  readonly label: string;
}

export interface ActivityCode extends Coded {
  readonly neet: boolean;
  readonly notKnown: boolean;
}
export interface CategoryCode extends Coded<Category> {
  readonly nature: Nature;
  /** What the learner reads. */
  readonly learner: { readonly en: string; readonly cy: string };
}
export interface FrameworkCode extends Coded<Framework> {
  readonly category: Category;
  /** Days of validity after `assessedOn` where the assessment does not say. */
  readonly validDays: number;
}
export interface RoleCode extends Coded<Role> {
  readonly publicAuthority: boolean;
}
export interface LevelCode extends Coded {
  /** 1 is the lowest. */
  readonly rank: number;
}
export interface FactorCode extends Coded {
  readonly group: string;
}
/** A coarser code, told in place of those that it covers. */
export interface GroupCode extends Coded {
  readonly covers: readonly string[];
}
export interface LawfulBasisCode extends Coded {
  readonly article: 6 | 9 | 10;
  readonly consent: boolean;
  /** Not open to a public authority performing its tasks. */
  readonly closedToPublicTasks: boolean;
}

/** For how long it counts that somebody does one of the activities covered. */
export interface CurrencyCode extends GroupCode {
  /** After it was verified. */
  readonly months: number;
  /** What a day does that its source names as the last of it: it counts where it comes sooner, or instead of the months. */
  readonly until: 'sooner' | 'instead';
}

export interface DataQualityRuleCode extends Coded {
  readonly severity: 'blocks' | 'warns';
  /** What its source can do. */
  readonly advice: string;
}

/** A kind of work, by the words that people write for it. */
export interface OccupationCode extends Coded {
  readonly major: number;
  readonly words: readonly string[];
}

export interface MeasureCode extends Coded {
  readonly better: 'more' | 'less';
}

export interface AreaCode extends Coded {
  readonly neighbours: readonly string[];
}

/** In the order of the file; `levels` where the table has its own scale. */
export interface CodeTable<Row extends Coded = Coded> {
  readonly title: string;
  readonly description: string;
  readonly codes: readonly Row[];
  readonly levels?: readonly number[];
}

export interface GroupTable extends CodeTable<GroupCode> {
  /** The name of the property that holds the group, in place of the finer code. */
  readonly field: string;
}

export interface CodeTables {
  readonly 'activity-groups': GroupTable;
  readonly 'adviser-roles': CodeTable;
  readonly 'area-neighbours': CodeTable<AreaCode>;
  readonly 'apir-factors': CodeTable<FactorCode>;
  readonly 'assessment-levels': CodeTable<LevelCode>;
  readonly categories: CodeTable<CategoryCode>;
  readonly 'ccis-activity': CodeTable<ActivityCode>;
  readonly currency: CodeTable<CurrencyCode>;
  readonly 'data-quality-rules': CodeTable<DataQualityRuleCode>;
  readonly frameworks: CodeTable<FrameworkCode>;
  readonly 'lawful-bases': CodeTable<LawfulBasisCode>;
  readonly 'leaving-reasons': CodeTable<Coded<LeavingReason>>;
  readonly measures: CodeTable<MeasureCode>;
  readonly occupations: CodeTable<OccupationCode>;
  readonly 'programme-kinds': CodeTable;
  readonly 'reason-groups': GroupTable;
  readonly 'referral-routes': CodeTable;
  readonly roles: CodeTable<RoleCode>;
}

/** What each code is called. */
export type CodeLabels = Readonly<Record<string, string>>;

export const labelsOf = ({ codes }: CodeTable): CodeLabels => Object.fromEntries(codes.map(({ code, label }) => [code, label]));

/** The group of every code that the table covers. */
export const groupByCode = ({ codes }: GroupTable): ReadonlyMap<string, string> =>
  new Map(codes.flatMap(({ code, covers }) => covers.map((covered) => [covered, code] as const)));

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
};

/** Every table of `<protocols>/codes`, by file name. */
export const loadCodes = (protocols: string): CodeTables => {
  const directory = join(protocols, 'codes');
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  return frozen(
    Object.fromEntries(files.map((file) => [basename(file, '.json'), readJsonFile(join(directory, file))])),
  ) as unknown as CodeTables;
};
