export { correctionIdentifiers, decideCorrection, type FoundForCorrection } from './correction.decide.ts';
export { type Identifiers, type Link, type Linked, type Linking, NO_SUCH_LEARNER, type NotLinked } from './identifiers.ts';
export { mergedIdentity, type MergedField, type MergedIdentity, statedBy, withheldFields } from './identity.ts';
export { evolveLearner, hasUln, initialLearner, type LearnerState, localIdOf, ulnSuppliedBy } from './learner.ts';
export { matchKey, type PersonalDetails } from './match-key.ts';
export { type Candidate, decideRegistration, type FoundForRegistration, registrationIdentifiers } from './registration.decide.ts';
export { type IdentityField, type Statement } from './statements.ts';
export * from './ties/index.ts';
