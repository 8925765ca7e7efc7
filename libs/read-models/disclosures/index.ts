export { disclosures } from './disclosures.view.ts';
export * from './disclosures.query.ts';
