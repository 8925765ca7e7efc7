// Unusual looks by rule, each rule in words, with the way to the decisions behind each hit (console.md, 4.1).
import { Controller, Get, Query } from '@nestjs/common';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { roleWords } from './flow-words.ts';

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
}
interface Unusual {
  readonly from: string;
  readonly to: string;
  readonly rules: readonly { readonly rule: string; readonly says: string }[];
  readonly hits: readonly Hit[];
}

const TITLES: Readonly<Record<string, string>> = {
  'outside-hours': 'Looks by night',
  'far-above-usual': 'Far more than usual',
  'same-learner': 'The same learner, again and again',
  'many-refusals': 'Many refusals',
};

@Controller('dpo')
export class UnusualController {
  @Get('unusual')
  async unusual(@VisitOf() visit: Visit, @Query() search: Record<string, string>): Promise<string> {
    const asked = Object.fromEntries(['from', 'to'].flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
    const { from, to, rules, hits } = await visit.ask<Unusual>('/v1/audit/unusual', { search: asked });
    return visit.page('officer/unusual.njk', {
      ...{ from, to },
      rules: rules.map(({ rule, says }) => ({
        ...{ rule, says, title: TITLES[rule] ?? rule },
        hits: hits.filter((hit) => hit.rule === rule).map(shown),
      })),
      found: hits.length,
    });
  }
}

/** Pseudonyms by their first eight characters, with the whole beside. */
const shown = ({ recipient, person, learner, ...hit }: Hit): object => ({
  ...hit,
  who: recipient.startsWith('operator:') ? roleWords(recipient) : recipient,
  ...(person !== undefined && { person: person.slice(0, 8), wholePerson: person }),
  ...(learner !== undefined && { learner }),
});
