export {
  type AgencyDecision,
  type AgencyRejection,
  type AgencyRejectionCode,
  decideEndAgency,
  decideReadmitAgency,
  decideRegister,
  decideRegisterKey,
  decideRevokeKey,
  decideSuspendAgency,
  unknownAgency,
} from './agencies.decide.ts';
export * from './agencies.events.ts';
export {
  type Agency,
  type AgencyKey,
  type AgencyState,
  type AgencyWithArea,
  type AreaIndex,
  areasOf,
  isInForce,
  stateOf,
  takesPart,
} from './agencies.ts';
export { type AgencyFinding, lintAgencies } from './agency-lint.ts';
export * from './agency-register.ts';
export { districtOf, holds, placeOf } from './districts.ts';
export { publicJwkOf, thumbprintOf } from './public-jwk.ts';
