export * from './agencies.decide.ts';
export * from './agencies.events.ts';
export { type Agency, type AgencyKey, isInForce } from './agencies.ts';
export { type AgencyFinding, lintAgencies } from './agency-lint.ts';
export * from './agency-register.ts';
export type * from './agency-rejection.ts';
export { type AgencyWithArea, type AreaIndex, areasOf } from './areas.ts';
export { districtOf, placeOf } from './districts.ts';
export { publicJwkOf, thumbprintOf } from './public-jwk.ts';
