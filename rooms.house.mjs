// Rooms with rules of their own, for eslint.config.mjs and .dependency-cruiser.mjs alike.

/** Lowest first. A library imports only those in rows above its own. */
export const layers = [
  ['kernel'],
  ['strict-text'],
  ['bus'],
  ['sqlite'],
  ['kafka-wire'],
  ['catalogue'],
  ['transparency', 'custody'],
  ['event-store'],
  ['privacy'],
  ['unit-of-work'],
  ['agencies'],
  ['sharing-protocols'],
  ['contribution', 'duties'],
  ['learners', 'consent', 'access', 'quarantine', 'reports'],
  ['learner-record'],
  ['learner-file'],
  ['disclosure'],
  ['rights'],
  ['read-models'],
  ['admission'],
  ['http'],
  ['kafka'],
  ['ingress', 'egress'],
];
/** Libraries whose every file is pure: no clock, no chance, no Nest, no package, no effect. Time, ids and actor come in what is judged. */
export const pureLibraries = ['learners', 'consent', 'learner-record', 'contribution', 'duties', 'statistics'];

/** Files that are as pure wherever they stand, as names in a folder. */
export const pureFiles = ['*.events', '*.decide', 'decide-*', 'decision-table*', 'feed-change'];

/**
 * Admission judges: all of it, and its `checks`, is as free of clock, chance and effects, and seals and opens nothing (ADR 25), but these.
 * They look up, draw ids, append and tell.
 */
export const besideJudging = [
  'admission',
  'admission-parts',
  'settle-match',
  'content-form',
  'data-manager',
  'index',
  'messages-seen',
  'metadata',
  'outbox',
  'refused',
  'work',
];
/** Of those, what judging may call: plain functions over a package. The rest it knows by their types. */
export const calledInJudging = ['content-form'];

/** Folders of a library that only specs may use (`#event-store/contract`). */
export const foldersForSpecs = ['contract', 'fixtures', 'oracle'];

/**
 * Libraries that may open what is sealed. Two open what agencies said of learners, or what was shown of them: the file that is folded from it,
 * whose followed events read models are made of, and the gate. Two more open nothing but what they sealed themselves: the quarantine its
 * messages, the inbox its receipts that are still to be sent.
 */
export const whoOpens = ['learner-file', 'disclosure', 'quarantine', 'ingress'];

/** The same through functions of the learner's file; admission compares a repeat with what it repeats. */
export const whoOpensContributions = ['learner-file', 'disclosure', 'admission'];
