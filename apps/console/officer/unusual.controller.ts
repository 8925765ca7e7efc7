// Unusual looks by rule, each rule in words, with the way to the decisions behind each hit (console.md, 4.1).
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { BrokerProblem } from '../broker/broker-client.ts';
import { calledLately } from '../entry/called.ts';
import { expectAsShown, NotAsShown } from '../shell/as-shown.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { positionsOf, type RecordedAct, showRecorded } from '../shell/recorded.ts';
import { tellsWho } from '../shell/tells-who.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { roleWords } from './flow-words.ts';
import { isOpen, unexplained } from './open-hits.ts';
import { sayFor } from './say.ts';

interface Hit {
  readonly rule: string;
  readonly position: string;
  readonly at: string;
  readonly recipient: string;
  readonly person?: string;
  readonly learner?: string;
  readonly looks: number;
  readonly usual?: number;
  readonly positions: readonly string[];
  readonly explanations: readonly {
    readonly by: string;
    readonly staff?: string;
    readonly reason: string;
    readonly at: string;
    readonly looksSince: number;
  }[];
  readonly explainable: boolean;
}
interface Unusual {
  readonly from: string;
  readonly to: string;
  readonly rules: readonly { readonly rule: string; readonly says: string; readonly on: boolean }[];
  readonly hits: readonly Hit[];
}

const TITLES: Readonly<Record<string, string>> = {
  'outside-hours': 'Looks by night',
  'far-above-usual': 'Far more than usual',
  'same-learner': 'The same learner, again and again',
  'many-refusals': 'Many refusals',
};

const LEAST_REASON = 10;

/** What somebody began to explain. */
interface Begun {
  readonly rule: string;
  readonly position: string;
  readonly reason: string;
  /** How many there were on the page from which it is explained: of those made since nothing is said. */
  readonly looks: string;
}

interface Drafted extends Begun {
  /** Drawn for it, so that its check sends it and nothing else. */
  readonly id: string;
  /** Where it was begun. */
  readonly back: string;
}

const HOME = '/dpo/unusual';
const draftName = (position: string): string => `explain ${position}`;
/** None where it does not say how many looks were shown. */
const draftIn = (visit: Visit, position: string): Drafted | undefined => {
  const draft = visit.draft(draftName(position)) as Drafted | undefined;
  return draft && /^[1-9]\d*$/.test(draft.looks ?? '') ? draft : undefined;
};
const checkOf = (position: string): string => `${HOME}/${encodeURIComponent(position)}/explain/check`;
const backTo = (days: { readonly from: string; readonly to: string }): string => `${HOME}?${new URLSearchParams(days).toString()}`;

@Controller('dpo')
export class UnusualController {
  @Get('unusual')
  async unusual(@VisitOf() visit: Visit, @Query() search: Record<string, string>): Promise<string> {
    return page(visit, search);
  }

  @Post('unusual/:position/explain')
  async explain(@VisitOf() visit: Visit, @Param('position') position: string, @Body() entered: Entered): Promise<string | undefined> {
    const [rule = '', reason = '', looks = '', from = '', to = ''] = ['rule', 'reason', 'looks', 'from', 'to'].map((name) =>
      textOf(entered[name]),
    );
    if ([...reason].length < LEAST_REASON) return page(visit, { from, to }, { rule, position, reason, looks });
    visit.keepDraft(draftName(position), { ...{ position, rule, reason, looks }, id: randomUUID(), back: backTo({ from, to }) });
    visit.goTo(checkOf(position));
    return undefined;
  }

  @Get('unusual/:position/explain/check')
  check(@VisitOf() visit: Visit, @Param('position') position: string): string | undefined {
    const draft = draftIn(visit, position);
    if (draft !== undefined) {
      const tells = tellsWho(draft.reason, calledLately(visit));
      return visit.page('officer/unusual-check.njk', { draft, tells, title: TITLES[draft.rule] ?? draft.rule });
    }
    visit.goTo(HOME);
    return undefined;
  }

  @Post('unusual/:position/explain/send')
  async send(@VisitOf() visit: Visit, @Param('position') position: string, @Body() checked: Entered): Promise<void> {
    const draft = draftIn(visit, position);
    if (draft === undefined) throw new NotAsShown(HOME);
    expectAsShown(checked, draft.id, checkOf(position));
    const { rule, reason, looks } = draft;
    try {
      const path = `/v1/audit/unusual/${encodeURIComponent(position)}/explanations`;
      const answer = await visit.ask<{ readonly position: string }>(path, { method: 'POST', body: { rule, reason, looks: Number(looks) } });
      visit.dropDraft(draftName(position));
      showRecorded(visit, explanationRecorded(draft, answer));
    } catch (error) {
      throw error instanceof BrokerProblem && [400, 404].includes(error.status) ? new NotFoundException() : error;
    }
  }
}

const explanationRecorded = ({ position, rule, back }: Drafted, answer: Parameters<typeof positionsOf>[0]): RecordedAct => ({
  title: 'The look is explained',
  positions: positionsOf(answer),
  says: 'It is shown as explained, with who said so and why.',
  next: 'Looks beyond those that you were shown stand beside it, and are to be explained again.',
  ways: [{ text: 'Back to unusual looks', href: back }],
  act: { act: 'access-explained', look: position, rule },
});

const page = async (visit: Visit, search: Readonly<Record<string, string>>, begun?: Begun): Promise<string> => {
  const asked = Object.fromEntries(['from', 'to'].flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
  const { from, to, rules, hits } = await visit.ask<Unusual>('/v1/audit/unusual', { search: asked });
  const say = sayFor(visit);
  return visit.page('officer/unusual.njk', {
    ...{ from, to, begun, say },
    rules: rules.map(({ rule, says, on }) => ({
      ...{ rule, says, on, title: TITLES[rule] ?? rule },
      hits: hits.filter((hit) => hit.rule === rule).map((hit) => shown(hit, say.agency)),
    })),
    found: hits.length,
    open: hits.filter(isOpen).length,
  });
};

/** Pseudonyms by their first eight characters, with the whole beside. */
const shown = ({ recipient, person, learner, explanations, ...hit }: Hit, agency: (slug: string) => string): object => ({
  ...hit,
  isOpen: isOpen({ explanations }),
  ...(explanations.length > 0 && { since: unexplained({ explanations }) }),
  explanations: explanations.map(({ by, ...one }) => ({ ...one, by: agency(by) })),
  who: recipient.startsWith('operator:') ? roleWords(recipient) : agency(recipient),
  ...(person !== undefined && { person: person.slice(0, 8), wholePerson: person }),
  ...(learner !== undefined && { learner }),
});
