export { correctionIdentifiers, decideCorrection, type FoundForCorrection } from './correction.decide.ts';
export {
  type Found,
  type Identifiers,
  type Link,
  type Linked,
  type Linking,
  NO_SUCH_LEARNER,
  type NotLinked,
  subjectIdentifiers,
  subjectUlnFault,
} from './identifiers.ts';
export {
  evolveLearner,
  initialLearner,
  type LearnerState,
  localIdOf,
  matchKeyOf,
  ulnSuppliedBy,
} from './learner.ts';
export { matchKey, outwardCode, type PersonalDetails } from './match-key.ts';
export { decideRegistration, type FoundForRegistration, registrationIdentifiers } from './registration.decide.ts';
export { type LinkAdviserSources, type Moment, type RelatedAgency, relationshipsChangeAt, relationshipsOf } from './relationships.ts';
