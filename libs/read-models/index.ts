export { allDocuments, allLists, allProjectors, allViewsAt, everyList, workedOutLists } from './all-views.ts';
export { captureOnce } from './capture-once/capture-once.view.ts';
export * from './capture-once/capture-once.query.ts';
export * from './consents/consents.query.ts';
export { type DataQualityKind, dataQuality } from './data-quality/data-quality.view.ts';
export * from './data-quality/data-quality.query.ts';
export { disclosures } from './disclosures/disclosures.view.ts';
export * from './disclosures/disclosures.query.ts';
export { besideParts, type Content, documentColumns, documentCsv, documentLines, type LearnerDocument } from './documents/index.ts';
export * from './engine/index.ts';
export { ANYBODY, flowsView } from './flows/flows.view.ts';
export * from './flows/agency-looks.query.ts';
export { consentUses } from './flows/consent-uses.query.ts';
export * from './flows/flows.query.ts';
export { holdings } from './holdings/holdings.view.ts';
export * from './holdings/holdings.query.ts';
export * from './lists/index.ts';
export { prospectus } from './prospectus/prospectus.list.ts';
export { completenessOf, type CompletenessRow, type Measure, MEASURES } from './issues/completeness.ts';
export { FACT_TYPES } from './issues/facts.ts';
export { RULE_CODES } from './issues/rules.ts';
export * from './own/index.ts';
export { noticesView } from './notices/notices.view.ts';
export * from './notices/notices.query.ts';
export * from './threads/threads.query.ts';
export { threadsView } from './threads/threads.view.ts';
export {
  type ClaimsAsked,
  claimsMade,
  type TieCandidates,
  type TieParty,
  tieProposals,
  type TieProposals,
  type TieQuery,
  tiesOf,
  tiesView,
} from './ties/index.ts';
export { ACCESS_RULES, type AccessRule } from './unusual-access/access-rules.ts';
export * from './unusual-access/unusual-access.query.ts';
export { unusualAccess } from './unusual-access/unusual-access.view.ts';
export { undertakingList } from './undertakings/undertakings.list.ts';
