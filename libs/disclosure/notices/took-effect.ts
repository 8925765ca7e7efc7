// With which event something took effect: with its own where its source stood, else with the one that noted that it had come to stand (W2).
import { NOTICE_ISSUED } from '#consent';
import type { Notes } from '#contribution';
import type { RecordedEvent } from '#event-store';
import { type FollowedEvent, type OpenedContribution, openContribution } from '#learner-file';
import type { Vault } from '#privacy';
import type { TookEffect } from './occasions.ts';

/** `events`: the learner's stream, from the first on of which it is asked. `Infinity`: not noted yet. */
export const tookEffectIn =
  (events: readonly RecordedEvent[], vault: Vault): TookEffect =>
  ({ source, revision }) =>
    events.find((stored) => stored.revision >= revision && givesEffect(stored, source, vault))?.revision ?? Infinity;

const givesEffect = (stored: RecordedEvent, source: string, vault: Vault): boolean => {
  const notes = notesIn(stored, () => openContribution(stored, vault));
  if (notes === undefined) return false;
  const { full = [], partial = [] } = notes.effects ?? {};
  return (stored.meta.actor === source && notes.lacks !== 'standing') || full.includes(source) || partial.includes(source);
};

const NO_NOTES: Notes = {};

/** Undefined for the broker's own events, which are not opened, and for what was erased. */
const notesIn = ({ type }: RecordedEvent, open: () => OpenedContribution | undefined): Notes | undefined => {
  const opened = type === NOTICE_ISSUED ? undefined : open();
  return opened?.event === undefined ? undefined : (opened.header.notes ?? NO_NOTES);
};

/** Whether the event noted that somebody's words took effect. */
export const notesEffects = (event: FollowedEvent): boolean => notesIn(event.recorded, () => event.open())?.effects !== undefined;
