// The first look at an event, which needs nothing but itself and what is in force.
import type { CloudEvent, EventType } from '#catalogue';
import { sourceOf } from '#kernel';
import { firstRefusal } from './checks/check.ts';
import { EventForm, type EventToJudge, type Formalities } from './checks/event-form.ts';
import { FORM_CHECKS } from './checks/form-checks.ts';
import type { Fault } from './checks/rejections.ts';

/** An event that passed. */
export interface WellFormed {
  readonly event: CloudEvent;
  readonly type: EventType;
}

/** `envelope` is there as soon as the event can be identified: a repeat is told before any other fault. */
export interface FormJudgement {
  readonly id: string | null;
  readonly source: string;
  readonly envelope?: CloudEvent;
  readonly formed?: WellFormed;
  readonly fault?: Fault;
}

export const judgeForm = (event: EventToJudge, formalities: Formalities): FormJudgement => {
  const form = new EventForm(event, formalities);
  const fault = firstRefusal(FORM_CHECKS, form);
  const { envelope } = form;
  return {
    id: textOf(event.value, 'id'),
    source: textOf(event.value, 'source') ?? sourceOf(formalities.agency.slug),
    ...(envelope && { envelope }),
    ...(fault ? { fault } : { formed: form.typed }),
  };
};

const textOf = (value: unknown, name: string): string | null => {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof text === 'string' ? text : null;
};
