// What every question about a list rests on: who asks, as the register has it, and how it stands with the periods of the list.
import type { FactoryProvider } from '@nestjs/common';
import { type Asker, recordedAs } from '#access';
import { Gate, Registers } from '#disclosure';
import { type AgencySlug, type Instant, londonDate } from '#kernel';
import type { List, ListAsker, ViewReader } from '#read-models';
import { type IssueNamed, type Periods, raisedIn, ReportRegister, waiverIn } from '#reports';
import { mayContribute } from '#sharing-protocols';
import { GUARANTEE_BY, VIEWS } from './egress.tokens.ts';
import { gather } from './list-gathering.ts';
import { LongLists } from './long-lists.ts';
import type { Asking, From, Gathered, GatheringQuestion } from './list-rows.ts';

export interface PageOfList {
  readonly list: List;
  readonly asker: Asker;
  readonly asked: GatheringQuestion['asked'];
}

interface Parts extends Asking {
  readonly gate: Gate;
  readonly registers: Registers;
  readonly reports: ReportRegister;
  readonly guaranteeBy: string;
}

export class AskingLists {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async gather(question: PageOfList, from: From): Promise<Gathered & { readonly periods: Periods }> {
    const { gate, registers, reports, guaranteeBy } = this.#parts;
    const { list, asker, asked } = question;
    const inForce = registers.inForce(londonDate(asked.now));
    const current = await reports.current();
    const partnership = {
      duties: inForce.duties,
      guaranteeBy,
      rolesOf: (slug: AgencySlug): ListAsker['roles'] => inForce.agency(slug)?.roles ?? [],
      linkAdviserOf: await gate.linkAdvisers(),
      mayTell: (agency: AgencySlug, type: string): boolean =>
        inForce.partner(agency) !== undefined && mayContribute(inForce.contributions, { agency, type, facts: {} }).allowed,
      isWaived: (issue: IssueNamed): boolean => waiverIn(current, issue) !== undefined,
      askedAbout: (issue: IssueNamed): Instant | undefined => raisedIn(current, issue)?.at,
    };
    const periods = await reports.periodsOf(list.name);
    const reader = readerOf(asker, (slug) => inForce.agency(slug));
    return { ...(await gather(this.#parts, { ...question, reader, partnership, periods }, from)), periods };
  }
}

export const askingLists: FactoryProvider<AskingLists> = {
  provide: AskingLists,
  inject: [VIEWS, Gate, Registers, ReportRegister, GUARANTEE_BY],
  useFactory: (...[views, gate, registers, reports, guaranteeBy]: readonly [ViewReader, Gate, Registers, ReportRegister, string]) =>
    new AskingLists({ views, gate, registers, reports, guaranteeBy, long: new LongLists() }),
};

/** The asker as the register has it. */
export const readerOf = (asker: Asker, registered: (slug: AgencySlug) => Partial<ListAsker> | undefined): ListAsker => {
  const slug = recordedAs(asker);
  if ('office' in asker) return { slug, roles: [], districts: [], office: asker.office };
  const { roles = [], districts = [] } = registered(slug) ?? {};
  return { slug, roles, districts };
};
