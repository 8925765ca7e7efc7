// Prepares a message for judging: each event read, and found well formed or not by what is in force.
import type { VerifiedMessage } from './admission-parts.ts';
import { judgeForm } from './contribution-form.ts';
import type { Circumstances, MessageToJudge } from './judge.ts';
import type { Metadata } from './metadata.ts';
import { eventIdOf, type JudgedEvent } from './session.ts';

export const prepare = (
  { agency: sender, kid, reachesSender = false, events }: Pick<VerifiedMessage, 'agency' | 'kid' | 'reachesSender' | 'events'>,
  { inForce, at, catalogue, names }: Pick<Circumstances, 'inForce' | 'at' | 'catalogue' | 'names'>,
  { correlation, newIds }: Metadata,
): MessageToJudge => {
  const agency = inForce.agency(sender.slug) ?? sender;
  const read = events.map((event, place): JudgedEvent => {
    const form = judgeForm(event, { agency, kid, catalogue, inForce, at });
    const { envelope } = form;
    const eventId = envelope && eventIdOf(names, envelope.source, envelope.id);
    return { event, evidence: event.evidence, form, newIds: newIds[place] ?? {}, ...(eventId !== undefined && { eventId }) };
  });
  return { events: read, of: { agency, reachesSender, correlation } };
};
