export * from './about.ts';
export * from './answer-clock.ts';
export * from './bearers.ts';
export * from './borne.ts';
export * from './calendar.ts';
export * from './checklist.ts';
export * from './duties.ts';
export { type Naming, type Owned, ownerAmong } from './duty-things.ts';
export {
  ADVISERS,
  BESIDE,
  DUTY_TYPES,
  type DutyTime,
  ENDINGS,
  isReckoned,
  type TriggeredDuty,
  TRIGGERS,
  withFramework,
} from './duty-types.ts';
export { LAPSE_DAYS, type ReferralMade, referralsMeant, type ReferralWord, refers, startsOnReferral } from './referrals.ts';
export * from './responsible.ts';
export * from './terms.ts';
