// One handler for all documents about a learner: the gate decides on the learner's file, and of what it let through the document is made
// (ADR 0038).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Asker } from '#access';
import { Query } from '#bus';
import { type DocumentAnswer, type DocumentDisclosure, Gate } from '#disclosure';
import type { IsoDate, Position } from '#kernel';
import { type Chosen, type Content, type LearnerDocument, SeenItems, type Via, viaOf } from '#read-models';

export interface DocumentQuestion {
  readonly document: LearnerDocument;
  readonly asker: Asker;
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly reason?: string;
  readonly on: IsoDate;
  readonly chosen: Chosen;
}

export interface DisclosedDocument {
  readonly outcome: 'answered';
  /** The asker's pseudonym for the learner. */
  readonly learner: string;
  /** Its own id, where it linked one. */
  readonly localId?: string;
  readonly content: Content;
  readonly via: readonly Via[];
  readonly position: Position;
}

export type DocumentShown = DisclosedDocument | Exclude<DocumentDisclosure, DocumentAnswer>;

export class AskForDocument extends Query<DocumentQuestion, DocumentShown> {}

@QueryHandler(AskForDocument)
export class AskForDocumentHandler implements IQueryHandler<AskForDocument, DocumentShown> {
  readonly #gate: Gate;

  constructor(@Inject(Gate) gate: Gate) {
    this.#gate = gate;
  }

  async execute({ details }: AskForDocument): Promise<DocumentShown> {
    const { document, on, chosen, ...inquiry } = details;
    const { name, items, kinds = [], dated } = document;
    const parameters = { ...(dated && { on }), ...chosen };
    const answer = await this.#gate.document({ ...inquiry, asked: name, document: { ...items, parameters }, kinds });
    if (answer.outcome !== 'answered') return answer;
    const seen = new SeenItems(answer.items);
    const { learner, localId, facts, position, outcome } = answer;
    const content = document.content(seen, { on, chosen, facts });
    return { outcome, learner, ...(localId !== undefined && { localId }), content, via: viaOf(seen), position };
  }
}
