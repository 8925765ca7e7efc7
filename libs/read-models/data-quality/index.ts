export { type DataQualityKind, dataQuality } from './data-quality.view.ts';
export * from './data-quality.query.ts';
