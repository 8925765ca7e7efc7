// Agreements as officers read them: where each stands, how often each clause was used this month, and what a version changes.
import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import type { Proposals } from '../broker/proposals.ts';
import { figureOf } from '../pictures/picture.ts';
import { whoMaySeeWhat } from '../pictures/who-may-see-what.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { type AgreementText, comparedSights, matrixOf, sentenceKind, sightsIn } from './agreement-sights.ts';
import type { Flows } from './flow-words.ts';

interface Party {
  readonly agency: string;
  readonly roles: readonly string[];
  readonly signedOn: string;
  readonly boundUntil: string;
  readonly leftOn: string | null;
}
interface Summary {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly status: string;
  readonly reviewDue: string;
  readonly daysToReview: number;
  readonly digest: string;
  readonly parties: readonly Party[];
  readonly missing: readonly { readonly role: string; readonly agencies: readonly string[] }[];
}
interface Version extends Summary {
  readonly document: AgreementText & {
    readonly why: string;
    readonly agreement: Readonly<Record<string, string>>;
    readonly duties?: readonly { readonly id: string; readonly says: string }[];
  };
}
interface Versions {
  readonly versions: readonly Summary[];
}

const pathOf = (id: string, version = ''): string => `/v1/protocols/${[id, version].filter(Boolean).map(encodeURIComponent).join('/')}`;

@Controller('dpo/protocols')
export class AgreementsController {
  @Get()
  async agreements(@VisitOf() visit: Visit): Promise<string> {
    const { protocols } = await visit.ask<{ readonly protocols: readonly Summary[] }>('/v1/protocols');
    return visit.page('officer/agreements.njk', { protocols, ...(await visit.ask<Proposals>('/v1/proposals')) });
  }

  @Get(':id/compare')
  async compare(@VisitOf() visit: Visit, @Param('id') id: string, @Query() search: Record<string, string>): Promise<string> {
    const { versions } = await visit.ask<Versions>(pathOf(id));
    const [latest, former] = [versions[0], versions[1] ?? versions[0]];
    if (latest === undefined || former === undefined) throw new NotFoundException();
    const after = search['version'] ?? String(latest.version);
    const against = search['against'] ?? String(former.version);
    const [newer, older] = [await visit.ask<Version>(pathOf(id, after)), await visit.ask<Version>(pathOf(id, against))];
    const { sentences } = await visit.ask<{ readonly sentences: readonly string[] }>(`${pathOf(id, after)}/diff`, { search: { against } });
    const sights = comparedSights(older.document, newer.document);
    const changed = sights.filter(({ change }) => change !== undefined);
    return visit.page('officer/compare.njk', {
      ...{ id, title: newer.title, after, against },
      versions: versions.map(({ version }) => version),
      sentences: sentences.map((text) => ({ text, change: sentenceKind(text) })),
      figure: changed.length === 0 ? undefined : figureOf(whoMaySeeWhat('compared', matrixOf(sights))),
    });
  }

  @Get(':id/:version')
  async agreement(@VisitOf() visit: Visit, @Param('id') id: string, @Param('version') version: string): Promise<string> {
    const agreement = await visit.ask<Version>(pathOf(id, version));
    const { versions } = await visit.ask<Versions>(pathOf(id));
    const { clauses, from, to } = await visit.ask<Flows>('/v1/audit/flows');
    const usedBy = new Map(clauses.map(({ clause, decisions }) => [clause, decisions]));
    return visit.page('officer/agreement.njk', {
      agreement,
      months: { from, to },
      flows: agreement.document.flows.map(({ id: clause, says }) => ({
        clause,
        says,
        used: usedBy.get(`${id}@${version}#${clause}`) ?? 0,
      })),
      duties: agreement.document.duties ?? [],
      parts: Object.entries(agreement.document.agreement).map(([name, text]) => ({ heading: headingOf(name), text })),
      figure: agreement.document.flows.length === 0 ? undefined : figureOf(whoMaySeeWhat('sights', matrixOf(sightsIn(agreement.document)))),
      hasOthers: versions.length > 1,
    });
  }
}

/** `jointControllers` as `Joint controllers`. */
const headingOf = (name: string): string => {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};
