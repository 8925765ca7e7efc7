// Parts that several event types share.

/** A year, period or version: text or a whole number. */
export type Label = string | number;

/** A role or an agency's slug. */
export type Recipient = string;

export interface Person {
  readonly name: string;
  readonly role: string;
}

export type ProgrammeKind = 'e2e' | 'apprenticeship' | 'traineeship' | 'school-course' | 'fe-course';
