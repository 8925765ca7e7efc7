export { type AccessHit, type AccessHitShown, hitsSeen } from './access-sight.ts';
export { type AllowedFlow, allowedFlows, unusedFlows } from './allowed-flows.ts';
export { type CountedClause, type CountedFlow, type FlowShown, flowsSeen, learnersShown } from './flow-sight.ts';
