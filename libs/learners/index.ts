export { correctionIdentifiers, decideCorrection, type FoundForCorrection } from './correction.decide.ts';
export {
  folded,
  type Identifiers,
  type IdentityField,
  type Link,
  type Linked,
  type Linking,
  matchKeys,
  NO_SUCH_LEARNER,
  type NotLinked,
  type PersonalDetails,
  type Statement,
} from './statements.ts';
export {
  evolveLearner,
  hasUln,
  initialLearner,
  type LearnerState,
  localIdOf,
  type MergedField,
  type MergedIdentity,
  mergedIdentity,
  statedBy,
  ulnSuppliedBy,
  withheldFields,
} from './learner.ts';
export { numbersToChoose, type SuppliedNumbers } from './numbers-to-choose.ts';
export { type Candidate, decideRegistration, type FoundForRegistration, registrationIdentifiers } from './registration.decide.ts';
export * from './ties/index.ts';
