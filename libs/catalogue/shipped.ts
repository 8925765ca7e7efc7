// The catalogue and code tables that ship with this code, read once on first use.
import type { Instant } from '#kernel';
import type { Catalogue } from './catalogue.ts';
import { loadCatalogue } from './catalogue.ts';
import type { ActivityCode, CategoryCode, CodeTables, FrameworkCode, RoleCode } from './codes.ts';
import { groupByCode, loadCodes } from './codes.ts';
import type { EnvelopeResult } from './envelope.ts';
import { findProtocols } from './package-root.ts';
import type { Category, Framework, Nature, Role } from './vocabulary.ts';

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

export const shippedCatalogue: () => Catalogue = once(loadCatalogue);
export const shippedCodes: () => CodeTables = once(() => loadCodes(findProtocols()));

/** Judges a CloudEvents envelope by the shipped catalogue; see `Catalogue.parseEnvelope`. */
export const parseEnvelope = (value: unknown, now: Instant): EnvelopeResult => shippedCatalogue().parseEnvelope(value, now);

const byCode = <Row extends { readonly code: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.code, row]));

const activities = once(() => byCode<ActivityCode>(shippedCodes()['ccis-activity'].codes));
const categories = once(() => byCode<CategoryCode>(shippedCodes().categories.codes));
const frameworks = once(() => byCode<FrameworkCode>(shippedCodes().frameworks.codes));
const activityGroups = once(() => groupByCode(shippedCodes()['activity-groups']));
const reasonGroups = once(() => groupByCode(shippedCodes()['reason-groups']));
const roles = once(() => byCode<RoleCode>(shippedCodes().roles.codes));

const found = <Row>(row: Row | undefined, table: string): Row => {
  if (row === undefined) throw new Error(`protocols/codes/${table}.json lacks a code that the vocabulary has.`);
  return row;
};

/** A CCIS activity code; undefined where it is none. */
export const activityCode = (code: string): ActivityCode | undefined => activities().get(code);
/** Not in education, employment or training: 540 and 610–680. */
export const isNeet = (code: string): boolean => activityCode(code)?.neet ?? false;
/** 810–830. */
export const isNotKnown = (code: string): boolean => activityCode(code)?.notKnown ?? false;

/** The coarser code that is told in place of a CCIS activity code; undefined where it is none. */
export const activityGroup = (code: string): string | undefined => activityGroups().get(code);
/** The coarser code that is told in place of a leaving reason; undefined where it is none. */
export const reasonGroup = (code: string): string | undefined => reasonGroups().get(code);

export const categoryCode = (name: Category): CategoryCode => found(categories().get(name), 'categories');
export const natureOf = (name: Category): Nature => categoryCode(name).nature;
export const frameworkCode = (name: Framework): FrameworkCode => found(frameworks().get(name), 'frameworks');
export const roleCode = (name: Role): RoleCode => found(roles().get(name), 'roles');
