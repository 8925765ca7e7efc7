export { type DataQualityKind, dataQuality } from './data-quality.projector.ts';
export * from './data-quality.queries.ts';
