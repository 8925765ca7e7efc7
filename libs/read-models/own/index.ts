import { ownComplaints, ownQuestions } from './asked.ts';
import type { OwnPage } from './own-page.ts';
import { ownPeople } from './people.ts';
import { ownPlan } from './plan.ts';
import { ownRequests } from './rights.ts';
import { ownVoice } from './voice.ts';

/** Each has its route under `/v1/me/`. */
export const ownPages: readonly OwnPage[] = [ownPeople, ownPlan, ownQuestions, ownComplaints, ownRequests, ownVoice];
/** Names of the two that are made by themselves, which their decisions keep. */
export const OWN_RECORD = 'own-record';
export const OWN_SHARING = 'own-sharing';

export type { OwnPage } from './own-page.ts';
export * from './record.ts';
export * from './sharing.ts';
