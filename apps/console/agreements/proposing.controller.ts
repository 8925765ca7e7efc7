// A party's text for the next version of an agreement, from a file: checked as the command checks it, read again in sentences, signed with
// the agency's key, or with the statement that was signed elsewhere, and sent (ADR 70).
import { Body, Controller, Get, Inject, NotFoundException, Post } from '@nestjs/common';
import { BrokerProblem } from '../broker/broker-client.ts';
import type { CheckedText } from '../broker/proposals.ts';
import { type Entered, textOf } from '../shell/form.ts';
import type { Person } from '../shell/person.ts';
import { type RecordedAct, showRecorded } from '../shell/recorded.ts';
import { Signatories } from '../shell/signatories.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';

const HOME = '/agreements/propose';
const DRAFT = 'propose';
/** As the broker takes it. */
const LONGEST = 256 * 1024;

/** Whoever signs agreements for an agency, and its data protection officer. */
export const proposes = (person: Person): boolean =>
  person.kind === 'staff' ? person.roles.includes('administrator') : person.kind === 'officer' && person.office.startsWith('dpo-of:');

interface Given {
  readonly document: string;
  /** Signed elsewhere; empty where the agency's key is held here. */
  readonly statement: string;
}

type Faults = Partial<Record<keyof Given, string>>;

@Controller('agreements/propose')
export class ProposingController {
  readonly #signatories: Signatories;

  constructor(@Inject(Signatories) signatories: Signatories) {
    this.#signatories = signatories;
  }

  @Get()
  form(@VisitOf() visit: Visit): string {
    return this.#form(visit, {});
  }

  @Post()
  async given(@VisitOf() visit: Visit, @Body() body: Entered): Promise<string | undefined> {
    mayPropose(visit);
    const given = { document: textOf(body['document']), statement: textOf(body['statement']) };
    const lacking = this.#faultsOf(visit, given);
    if (Object.keys(lacking).length > 0) return this.#form(visit, lacking);
    const told = await checkedOr(visit, given);
    if ('faults' in told) return this.#form(visit, told.faults);
    visit.keepDraft(DRAFT, { ...given });
    return void visit.goTo(`${HOME}/check`);
  }

  @Get('check')
  async check(@VisitOf() visit: Visit): Promise<string | undefined> {
    const given = mayPropose(visit) && givenIn(visit);
    if (given === undefined) return void visit.goTo(HOME);
    const told = await checkedOr(visit, given);
    return 'faults' in told
      ? this.#form(visit, told.faults)
      : visit.page('agreements/propose-check.njk', { ...told, signs: this.#signs(visit) });
  }

  @Post('check/send')
  async send(@VisitOf() visit: Visit): Promise<string | undefined> {
    const given = mayPropose(visit) && givenIn(visit);
    if (given === undefined) return void visit.goTo(HOME);
    const told = await checkedOr(visit, given);
    if ('faults' in told) return this.#form(visit, told.faults);
    const statement = this.#signs(visit) ? await this.#signatories.proposal(visit.person, told.text) : given.statement;
    const sent = await sentOr(visit, { ...given, statement });
    if ('faults' in sent) return this.#form(visit, sent.faults);
    visit.dropDraft(DRAFT);
    return void showRecorded(visit, proposalRecorded(told.text, sent));
  }

  #signs({ person }: Visit): boolean {
    return this.#signatories.agencyOf(person) !== undefined;
  }

  #faultsOf(visit: Visit, { document, statement }: Given): Faults {
    return {
      ...(document === '' && { document: 'Choose the file with the text' }),
      ...(Buffer.byteLength(document) > LONGEST && { document: 'Choose a file of at most 256 KiB' }),
      ...(!this.#signs(visit) && statement === '' && { statement: 'Choose the file with the signed statement' }),
    };
  }

  #form(visit: Visit, faults: Faults): string {
    mayPropose(visit);
    const errorList = Object.entries(faults).map(([name, text]) => ({ text, href: `#${name}` }));
    return visit.page('agreements/propose.njk', { faults, errorList, signs: this.#signs(visit) });
  }
}

/** Nobody else has such a page. */
const mayPropose = ({ person }: Visit): true => {
  if (proposes(person)) return true;
  throw new NotFoundException();
};

const givenIn = (visit: Visit): Given | undefined => visit.draft(DRAFT) as Given | undefined;

const proposalRecorded = ({ title, version }: CheckedText, { proposal, positions }: Sent): RecordedAct => ({
  title: `Version ${version} is proposed`,
  positions,
  says: `Your agency proposed ${title}, version ${version}, and signed it.`,
  next: 'All parties may read it and what it changes. The partnership’s data protection officer sends it for signature; until all have signed who must, what is in force goes on.',
  ways: [
    { text: 'See what was proposed', href: `/agreements/proposals/${proposal}` },
    { text: 'All agreements', href: '/agreements' },
  ],
  act: { act: 'agreement-proposed', proposal, version },
});

/** What is wrong with the text, or with its statement, is said in the broker's own sentences: they are for whoever writes texts. */
const REFUSED: readonly number[] = [400, 401, 403, 404, 409];
const STATEMENTS: readonly string[] = ['signature-invalid', 'names-another', 'digest-differs', 'signature-used'];

type Checked = CheckedText | { readonly refusal: { readonly says: string } };

const checkedOr = async (visit: Visit, { document }: Given): Promise<{ readonly text: CheckedText } | { readonly faults: Faults }> => {
  const told = await visit.ask<Checked>('/v1/proposal-checks', { method: 'POST', body: { document } });
  return 'refusal' in told ? { faults: { document: told.refusal.says } } : { text: told };
};

interface Sent {
  readonly proposal: string;
  readonly positions: readonly string[];
}

const sentOr = async (visit: Visit, body: Given): Promise<Sent | { readonly faults: Faults }> => {
  try {
    return await visit.ask<Sent>('/v1/proposals', { method: 'POST', body });
  } catch (error) {
    if (!(error instanceof BrokerProblem) || !REFUSED.includes(error.status)) throw error;
    const about = STATEMENTS.includes(error.body.code ?? '') ? 'statement' : 'document';
    return { faults: { [about]: error.body.detail ?? 'It is not taken as it is' } };
  }
};
