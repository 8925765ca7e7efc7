// Prepares a message for judging: each event read, and found well formed or not by what is in force.
import type { VerifiedMessage } from './admission-parts.ts';
import { judgeForm } from './contribution-form.ts';
import type { Circumstances, MessageToJudge } from './judge.ts';
import { eventIdOf } from './messages-seen.ts';
import type { JudgedEvent } from './session.ts';

export const prepare = (
  { agency: sender, kid, tellsSender = false, events }: Pick<VerifiedMessage, 'agency' | 'kid' | 'tellsSender' | 'events'>,
  { inForce, at, catalogue, vault }: Pick<Circumstances, 'inForce' | 'at' | 'catalogue' | 'vault'>,
  correlation: string,
): MessageToJudge => {
  const agency = inForce.agency(sender.slug) ?? sender;
  const read = events.map((event): JudgedEvent => {
    const form = judgeForm(event, { agency, kid, catalogue, inForce, at });
    const { envelope } = form;
    return { event, evidence: event.evidence, form, ...(envelope && { eventId: eventIdOf(vault, envelope.source, envelope.id) }) };
  });
  return { events: read, of: { agency, tellsSender, correlation } };
};
