// What a message brings to its judging beside its content: ids, drawn once before, so that judging it again makes the same (ADR 25).
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import type { EventToJudge } from './checks/event-form.ts';

/** Of a registration or correction. All are random: nothing leads from one to another, nor from the event to them. */
export interface LinkedIds {
  /** Of the learner whom it registers, and the name under which what leads to the learner is sealed. */
  readonly learner: string;
  readonly alias: string;
  /** Of the broker's own events, by which identifiers lead to the learner: as many as there can be. */
  readonly own: readonly { readonly event: string; readonly correlation: string }[];
}

/** Of what an event may make beside itself. */
export interface NewIds {
  readonly linked?: LinkedIds;
  /** Of the decision by which the sender of an assessment is told of one that exists. */
  readonly decision?: string;
}

export interface Metadata {
  /** Of the use case in whose course the message is judged. */
  readonly correlation: string;
  /** By place among the message's events. */
  readonly newIds: readonly NewIds[];
}

/** A ULN, a local id, and a combination of name and date of birth. */
const drawLinked = (): NewIds => ({
  linked: { learner: randomUUID(), alias: randomUUID(), own: [drawOwn(), drawOwn(), drawOwn()] },
});

const drawOwn = (): LinkedIds['own'][number] => ({ event: randomUUID(), correlation: randomUUID() });

/** Most events make nothing but themselves. */
const DRAWN: ReadonlyMap<unknown, () => NewIds> = new Map([
  ['uk.concordat.learner.registered.v1', drawLinked],
  ['uk.concordat.learner.corrected.v1', drawLinked],
  ['uk.concordat.assessment.recorded.v1', () => ({ decision: randomUUID() })],
]);
const NONE: NewIds = {};

const typeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)['type'] : undefined;

export const metadataFor = (events: readonly Pick<EventToJudge, 'value'>[]): Metadata => ({
  correlation: correlation(),
  newIds: events.map(({ value }) => DRAWN.get(typeOf(value))?.() ?? NONE),
});
