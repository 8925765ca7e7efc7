export type { Catalogue } from './catalogue.ts';
export { loadCatalogue } from './catalogue.ts';
export type { EventDataValue } from './category-rule.ts';
export type * from './codes.ts';
export { groupByCode } from './codes.ts';
export type * from './data/index.ts';
export { isDate } from './dates.ts';
export type { CloudEvent, EnvelopeFault, EnvelopeResult, Subject } from './envelope.ts';
export { parseSubject } from './envelope.ts';
export type { EventType, SubjectRule } from './event-type.ts';
export type { FieldContext, KnownWords } from './field-rules.ts';
export { fieldFaults } from './field-rules.ts';
export { findProtocols } from './package-root.ts';
export { ID_PATTERN } from './plain-json.ts';
export type { SchemaFault } from './schema-faults.ts';
export type { Schema } from './schema-inlining.ts';
export {
  activityCode,
  activityGroup,
  categoryCode,
  frameworkCode,
  isNeet,
  isNotKnown,
  natureOf,
  reasonGroup,
  roleCode,
  shippedCatalogue,
  shippedCodes,
} from './shipped.ts';
export { checkUln } from './uln.ts';
export * from './vocabulary.ts';
