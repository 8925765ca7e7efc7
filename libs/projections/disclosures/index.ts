export { disclosures } from './disclosures.projector.ts';
export * from './disclosures.queries.ts';
