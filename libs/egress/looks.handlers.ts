// What the broker keeps beside the learners' records: who saw what, what was refused, why something may be seen, who was told of what. The
// gate decides and records each look before anything is read.
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Explanation, Gate, type Look, NamedLearners, type NotNamed, Registers } from '#disclosure';
import { type Clock, err, londonDate, ok, type Result } from '#kernel';
import { decodePayload } from '#privacy';
import type { Quarantine, QuarantineEntry } from '#quarantine';
import { listDisclosures, listNotices, type NoticeEntry, type ViewReader } from '#read-models';
import { CLOCK, QUARANTINE, VIEWS } from './egress.tokens.ts';
import {
  AskForExplanation,
  AskForIssuedNotices,
  AskForQuarantineContent,
  AskWhoSawWhat,
  type PurposeUnknown,
  type QuarantineContent,
  type WhoSawWhat,
} from './look-queries.ts';

@QueryHandler(AskWhoSawWhat)
export class AskWhoSawWhatHandler implements IQueryHandler<AskWhoSawWhat, Result<Look<WhoSawWhat>, NotNamed>> {
  readonly #gate: Gate;
  readonly #named: NamedLearners;
  readonly #views: ViewReader;

  constructor(@Inject(Gate) gate: Gate, @Inject(NamedLearners) named: NamedLearners, @Inject(VIEWS) views: ViewReader) {
    this.#gate = gate;
    this.#named = named;
    this.#views = views;
  }

  async execute({ details: { asker, about, ...parameters } }: AskWhoSawWhat): Promise<Result<Look<WhoSawWhat>, NotNamed>> {
    const named = about && (await this.#named.find(about));
    if (named && !named.ok) return named;
    const learner = named && { learner: named.value };
    const inquiry = { asker, asked: 'disclosures', parameters, ...(named && { about: named.value }) } as const;
    const told = async (): Promise<WhoSawWhat> => ({
      ...learner,
      rows: (await listDisclosures(this.#views, { ...parameters, ...learner })).rows,
    });
    return ok(await this.#gate.look(inquiry, told));
  }
}

@QueryHandler(AskForQuarantineContent)
export class AskForQuarantineContentHandler implements IQueryHandler<AskForQuarantineContent, Look<QuarantineContent | undefined>> {
  readonly #gate: Gate;
  readonly #quarantine: Quarantine;

  constructor(@Inject(Gate) gate: Gate, @Inject(QUARANTINE) quarantine: Quarantine) {
    this.#gate = gate;
    this.#quarantine = quarantine;
  }

  async execute({ details: { asker, entry } }: AskForQuarantineContent): Promise<Look<QuarantineContent | undefined>> {
    const inquiry = { asker, asked: 'quarantine-content', parameters: { entry } } as const;
    return this.#gate.look(inquiry, () => contentOf(this.#quarantine, entry));
  }
}

/** Undefined: there is no such entry, or it was erased. */
const contentOf = async (quarantine: Quarantine, id: number): Promise<QuarantineContent | undefined> => {
  const entry = await quarantine.find(id);
  return entry?.cut ? beginningOf(quarantine, id) : wholeOf(quarantine, id, entry?.kind);
};

const beginningOf = async (quarantine: Quarantine, id: number): Promise<QuarantineContent | undefined> => {
  const head = await quarantine.head(id);
  return head && { text: Buffer.from(head.bytes).toString(), digest: head.digest };
};

const wholeOf = async (
  quarantine: Quarantine,
  id: number,
  kind: QuarantineEntry['kind'] | undefined,
): Promise<QuarantineContent | undefined> => {
  const content = await quarantine.content(id);
  return content && { text: Buffer.from(kind === 'event' ? decodePayload(content).bytes : content).toString() };
};

type Explained = Result<Look<Explanation | undefined>, NotNamed | PurposeUnknown>;

@QueryHandler(AskForExplanation)
export class AskForExplanationHandler implements IQueryHandler<AskForExplanation, Explained> {
  readonly #gate: Gate;
  readonly #named: NamedLearners;
  readonly #registers: Registers;
  readonly #clock: Clock;

  constructor(
    @Inject(Gate) gate: Gate,
    @Inject(NamedLearners) named: NamedLearners,
    @Inject(Registers) registers: Registers,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#gate = gate;
    this.#named = named;
    this.#registers = registers;
    this.#clock = clock;
  }

  async execute({ details: { ref, ...asked } }: AskForExplanation): Promise<Explained> {
    const { askable: known } = this.#registers.inForce(londonDate(this.#clock.now()));
    const strange = asked.purposes.find((purpose) => !known.has(purpose));
    if (strange !== undefined) return err(purposeUnknown(strange, known));
    const named = await this.#named.find({ agency: asked.agency, ref });
    return named.ok ? ok(await this.#gate.explain({ ...asked, learner: named.value })) : named;
  }
}

const purposeUnknown = (purpose: string, known: ReadonlySet<string>): PurposeUnknown => ({
  code: 'purpose-unknown',
  says: `No protocol in force has the purpose ${purpose}: there are ${[...known].join(', ') || 'none'}.`,
});

@QueryHandler(AskForIssuedNotices)
export class AskForIssuedNoticesHandler implements IQueryHandler<AskForIssuedNotices, Look<readonly NoticeEntry[]>> {
  readonly #gate: Gate;
  readonly #views: ViewReader;
  readonly #clock: Clock;

  constructor(@Inject(Gate) gate: Gate, @Inject(VIEWS) views: ViewReader, @Inject(CLOCK) clock: Clock) {
    this.#gate = gate;
    this.#views = views;
    this.#clock = clock;
  }

  async execute({ details: { asker, recipient, overdue } }: AskForIssuedNotices): Promise<Look<readonly NoticeEntry[]>> {
    const parameters = { ...(recipient === undefined ? {} : { recipient }), ...(overdue ? { states: ['overdue'] as const } : {}) };
    const today = londonDate(this.#clock.now());
    const told = async (): Promise<readonly NoticeEntry[]> => (await listNotices(this.#views, { today, ...parameters })).rows;
    return this.#gate.look({ asker, asked: 'notices-issued', parameters }, told);
  }
}
