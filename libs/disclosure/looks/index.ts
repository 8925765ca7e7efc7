export { askForNotices, type NoticesInquiry, type OpenNotice } from './ask-for-notices.ts';
export { type ExplainedItem, explainLearner, type Explanation, type ExplanationInquiry, type ToExplain } from './explain-learner.ts';
export { type Look, look, type LookInquiry, replayLook } from './look.ts';
export { type LookAtSeveral, lookAtSeveral } from './look-at-several.ts';
export { LOOK_NAMES, type LookGround, type LookName } from './look-grounds.ts';
export { type MatchDecision, matchDecisions } from './match-decisions.ts';
export { type MatchNumbers, matchNumbers, type ShownRecord } from './match-numbers.ts';
export { LOOK_DECIDED, type LookDecided, lookEvent, looksOf, openLook } from './look-record.ts';
