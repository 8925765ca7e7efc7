// For which purposes staff work at present: the broker permits each item for one of them, so they are chosen before anything is asked.
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { type AgreedPurpose, Agreements, type Purpose } from '../broker/agreements.ts';
import { listOf, textOf } from './form.ts';
import { type Visit, VisitOf } from './visit.ts';
import { isHome } from './working.ts';

/** Pages that say what one is working on; whatever else is asked for leads to the first. */
const PAGES = /^(?!.*\.\.)\/(?:staff|plan|agency|agreements)(?:\/[\w\-./:%]*)?(?:\?[\w\-.:%&=+]*)?$/;
const pageIn = (then: unknown): string => (PAGES.test(textOf(then)) ? textOf(then) : '/staff');

@Controller('purpose')
export class PurposeController {
  readonly #agreements: Agreements;

  constructor(@Inject(Agreements) agreements: Agreements) {
    this.#agreements = agreements;
  }

  @Get()
  async choose(@VisitOf() visit: Visit, @Query('then') given?: string): Promise<string> {
    return choicePage(visit, { offered: await this.#offered(visit), then: pageIn(given) });
  }

  @Post()
  async chosen(@VisitOf() visit: Visit, @Body() body: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const offered = await this.#offered(visit);
    const known = [...offered.own, ...offered.others];
    const purposes = listOf(body['purposes']).filter((purpose) => known.some(({ id }) => id === purpose));
    const then = pageIn(body['then']);
    if (purposes.length === 0) return choicePage(visit, { offered, then, error: 'Choose what you are working on' });
    visit.working.choose(purposes, body['where'] === 'here' ? then : undefined);
    visit.goTo(then);
    return undefined;
  }

  async #offered(visit: Visit): Promise<Offered> {
    const ask = (path: string): Promise<unknown> => visit.ask(path);
    const [purposes, roles] = await Promise.all([this.#agreements.purposes(ask), rolesOf(visit)]);
    const isOwn = ({ recipients }: AgreedPurpose): boolean => recipients.some((role) => roles.includes(role));
    return { own: purposes.filter(isOwn), others: purposes.filter((purpose) => !isOwn(purpose)) };
  }
}

/** For what the agency is shown something; for all else the broker refuses it, and says which clauses it would need. */
interface Offered {
  readonly own: readonly Purpose[];
  readonly others: readonly Purpose[];
}

interface Registered {
  readonly agencies: readonly { readonly slug: string; readonly roles: readonly string[] }[];
}

const rolesOf = async (visit: Visit): Promise<readonly string[]> => {
  const { person } = visit;
  const { agencies } = await visit.ask<Registered>('/v1/agencies');
  return agencies.find(({ slug }) => person.kind === 'staff' && slug === person.agency)?.roles ?? [];
};

interface Choice {
  readonly offered: Offered;
  readonly then: string;
  readonly error?: string;
}

/** On which pages it is to hold is asked once something holds for all. */
const choicePage = (visit: Visit, { offered: { own, others }, then, error }: Choice): string => {
  const chosen = visit.working.on(then);
  const boxes = (purposes: readonly Purpose[]): readonly object[] =>
    purposes.map(({ id, sentence }) => ({ value: id, text: purposeWords(id), hint: { text: sentence.en }, checked: chosen.includes(id) }));
  const where = isHome(then) ? 'all' : 'here';
  const asked = { then, error, ...(chosen.length > 0 && { where }) };
  return visit.page('templates/purpose.njk', { ...asked, own: boxes(own), others: boxes(others) });
};

/** `plan-learning` is Plan learning. */
const purposeWords = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
