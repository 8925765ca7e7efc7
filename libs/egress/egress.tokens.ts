import type { Position } from '#kernel';

/** Position of the last event of the log. */
export type Head = () => Promise<Position>;

export const HEAD = Symbol('Head');
export const CLOCK = Symbol('Clock');

/** Under which names recipients know learners. */
export const PSEUDONYMS = Symbol('Pseudonyms');

/** What was refused, as it came. */
export const QUARANTINE = Symbol('Quarantine');

/** What reads the views. */
export const VIEWS = Symbol('Views');

/** By which day of the year everybody is to have the offer of a place: month and day. */
export const GUARANTEE_BY = Symbol('GuaranteeBy');

/** Rules about unusual access that the operator switched off. */
export const ACCESS_RULES_OFF = Symbol('AccessRulesOff');
