// One match as it stands by now, and what pages and forms about it have in common.
import { randomUUID } from 'node:crypto';
import { NotFoundException } from '@nestjs/common';
import { BrokerProblem } from '../broker/broker-client.ts';
import { type Entered, textOf } from '../shell/form.ts';
import type { Visit } from '../shell/visit.ts';
import type { SideBySide } from './queues.ts';

export const MATCHES = '/v1/data-quality/matches';

export const pageOf = (id: string): string => `/data/matches/${encodeURIComponent(id)}`;

const LONGEST_REASON = 500;
export const isReason = (text: string): boolean => text !== '' && text.length <= LONGEST_REASON;

/** A name of no match is nobody's page. */
export const matchOf = async (visit: Visit, id: string): Promise<SideBySide> => {
  try {
    return await visit.ask<SideBySide>(`${MATCHES}/${encodeURIComponent(id)}`);
  } catch (error) {
    if (error instanceof BrokerProblem && error.status === 400) throw new NotFoundException();
    throw error;
  }
};

/** Which decision a page shows as the last, by its position: 0 where there is none, and nothing where one was made that is not shown. */
export const lastDecisionOf = ({ decisions = [], state }: Pick<SideBySide, 'decisions' | 'state'>): string =>
  decisions.at(-1)?.position ?? (state === 'open' ? '0' : '');

type Answered = Promise<{ readonly position?: string } | undefined>;

/** Undefined where something was decided about the match since `after`, the last decision that was shown: nothing was recorded then. */
const unlessMeanwhile = async (visit: Visit, path: string, body: { readonly after: string }): Answered => {
  try {
    const { after, ...rest } = body;
    return await visit.ask(path, { method: 'POST', body: { ...rest, ...(after !== '' && { after }) } });
  } catch (error) {
    if (error instanceof BrokerProblem && error.body.code === 'match-decided-meanwhile') return undefined;
    throw error;
  }
};

/** As `unlessMeanwhile`. */
export const decided = (visit: Visit, id: string, body: { readonly outcome: string; readonly after: string }): Answered =>
  unlessMeanwhile(visit, `${MATCHES}/${encodeURIComponent(id)}/decision`, body);

/** As `unlessMeanwhile`. */
export const undone = (visit: Visit, body: { readonly match: string; readonly reason: string; readonly after: string }): Answered =>
  unlessMeanwhile(visit, '/v1/data-quality/unmerge', body);

/** With what its check shows. Where that is something else than it was, under another id: what shows the former sends nothing any more. */
export const draftShowing = (draft: Entered | undefined, shown: Readonly<Record<string, string>>): Entered => {
  const isAnother = Object.entries(shown).some(([name, value]) => draft?.[name] !== undefined && draft[name] !== value);
  return { ...draft, ...shown, id: isAnother ? randomUUID() : textOf(draft?.['id']) };
};
