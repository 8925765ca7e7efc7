export {
  activityCode,
  activityGroup,
  type Catalogue,
  categoryCode,
  findProtocols,
  frameworkCode,
  isNeet,
  isNotKnown,
  loadCatalogue,
  natureOf,
  reasonGroup,
  roleCode,
  shippedCatalogue,
  shippedCodes,
} from './catalogue.ts';
export type { EventDataValue, EventType, SubjectRule } from './event-type.ts';
export type * from './codes.ts';
export { groupByCode, labelsOf } from './codes.ts';
export type * from './data/index.ts';
export { checkUln, ID_PATTERN, isDate } from './plain-values.ts';
export type { CloudEvent, EnvelopeFault, EnvelopeResult, Subject } from './envelope.ts';
export { parseSubject } from './envelope.ts';
export { type FieldContext, fieldFaults, type KnownWords } from './field-rules.ts';
export type { SchemaFault } from './schema-faults.ts';
export type { Schema } from './schema-inlining.ts';
export * from './vocabulary.ts';
