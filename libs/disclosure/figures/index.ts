export { ACCESS_EXPLAINED, type ExplanationAsked, explanationsGiven, recordExplanation } from './access-explained.ts';
export {
  type AccessExplained,
  type AccessHit,
  type AccessHitShown,
  type ExplanationShown,
  hitsSeen,
  hitToExplain,
  personDigest,
  watchedBy,
} from './access-sight.ts';
export { type AllowedFlow, allowedFlows, unusedFlows } from './allowed-flows.ts';
export { type CountedClause, type CountedFlow, type FlowShown, flowsSeen, learnersShown } from './flow-sight.ts';
