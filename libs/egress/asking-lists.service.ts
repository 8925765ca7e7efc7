// What every question about a list rests on: who asks, as the register has it, and how it stands with the periods of the list.
import { Inject, Injectable } from '@nestjs/common';
import { type Asker, recordedAs } from '#access';
import { Gate, Registers } from '#disclosure';
import { type AgencySlug, type Instant, londonDate } from '#kernel';
import type { List, ListAsker, ViewReader } from '#read-models';
import { type IssueNamed, type Periods, raisedIn, ReportRegister, waiverIn } from '#reports';
import { mayContribute } from '#sharing-protocols';
import { VIEWS } from './egress.tokens.ts';
import { gather } from './list-gathering.ts';
import type { Asking, From, Gathered, GatheringQuestion } from './list-rows.ts';

export interface PageOfList {
  readonly list: List;
  readonly asker: Asker;
  readonly asked: GatheringQuestion['asked'];
}

@Injectable()
export class AskingLists {
  readonly #asking: Asking;
  readonly #gate: Gate;
  readonly #registers: Registers;
  readonly #reports: ReportRegister;

  constructor(
    @Inject(VIEWS) views: ViewReader,
    @Inject(Gate) gate: Gate,
    @Inject(Registers) registers: Registers,
    @Inject(ReportRegister) reports: ReportRegister,
  ) {
    this.#asking = { views, gate };
    this.#gate = gate;
    this.#registers = registers;
    this.#reports = reports;
  }

  async gather(question: PageOfList, from: From): Promise<Gathered & { readonly periods: Periods }> {
    const { list, asker, asked } = question;
    const inForce = this.#registers.inForce(londonDate(asked.now));
    const reports = await this.#reports.current();
    const partnership = {
      duties: inForce.duties,
      rolesOf: (slug: AgencySlug): ListAsker['roles'] => inForce.agency(slug)?.roles ?? [],
      linkAdviserOf: await this.#gate.linkAdvisers(),
      mayTell: (agency: AgencySlug, type: string): boolean =>
        inForce.partner(agency) !== undefined && mayContribute(inForce.contributions, { agency, type, facts: {} }).allowed,
      isWaived: (issue: IssueNamed): boolean => waiverIn(reports, issue) !== undefined,
      askedAbout: (issue: IssueNamed): Instant | undefined => raisedIn(reports, issue)?.at,
    };
    const periods = await this.#reports.periodsOf(list.name);
    const reader = readerOf(asker, (slug) => inForce.agency(slug));
    return { ...(await gather(this.#asking, { ...question, reader, partnership, periods }, from)), periods };
  }
}

/** The asker as the register has it. */
export const readerOf = (asker: Asker, registered: (slug: AgencySlug) => Partial<ListAsker> | undefined): ListAsker => {
  const slug = recordedAs(asker);
  if ('office' in asker) return { slug, roles: [], districts: [], office: asker.office };
  const { roles = [], districts = [] } = registered(slug) ?? {};
  return { slug, roles, districts };
};
