// A token for how an item is shown: where it is another one than before, the recipient has to be sent the item anew.
import type { LearnerState } from '#learners';
import { ulnSuppliedBy } from '#learners';
import type { AgencySlug } from '#kernel';
import type { Vault } from '#privacy';
import type { Permit } from '#sharing-protocols';
import type { PermittedItem } from './decide-answer.ts';
import { fieldsText } from './grounds.ts';

/** Raised whenever items take another form on the wire: then every partner is sent everything anew. */
const FORM = 1;
const LETTERS = 11;
const KEPT = 10_000;

/** What is the same for all items of a learner to one recipient. */
export interface Recipient {
  /** How many ids of its own it linked: the last of them goes with each item. */
  readonly localIds: number;
  readonly suppliedUln: boolean;
}

export const recipientOf = (learner: LearnerState, agency: AgencySlug): Recipient => ({
  localIds: learner.knownTo.filter((known) => known === agency).length,
  suppliedUln: ulnSuppliedBy(learner, agency) !== undefined,
});

export class FeedTokens {
  readonly #vault: Pick<Vault, 'blind'>;
  readonly #known = new Map<string, string>();

  constructor(vault: Pick<Vault, 'blind'>) {
    this.#vault = vault;
  }

  /**
   * 66 bits of a keyed fingerprint: it tells nothing of the ground, also to whoever reads the ledger. `content` is for what says another
   * thing without a new event of its own, such as the merged identity: what it is made of.
   */
  of({ item, permit }: PermittedItem, { localIds, suppliedUln }: Recipient, content = ''): string {
    const { clause, level, purpose = '', fields } = permit;
    const supplied = suppliedUln && fields.ifSupplied !== undefined ? 1 : 0;
    const shown = `${clause}\n${level}\n${purpose}\n${fieldsText(fields)}\n${masksOf(permit)}`;
    const ground = `${FORM}\n${shown}\n${item.category}\n${marksOf(item)}\n${supplied}\n${localIds}\n${content}`;
    return this.#known.get(ground) ?? this.#make(ground);
  }

  #make(ground: string): string {
    if (this.#known.size === KEPT) this.#known.clear();
    const token = this.#vault.blind('feed', ground).slice(0, LETTERS);
    this.#known.set(ground, token);
    return token;
  }
}

/** What a clause shows otherwise than it was told. */
const masksOf = ({ withoutIdentity, disguised, ownChoice }: Permit): string =>
  [String(withoutIdentity), String(ownChoice ?? false), ...(disguised ?? [])].join(' ');

const marksOf = ({ status, confirmed = true, withheld = [] }: PermittedItem['item']): string =>
  [status ?? '', confirmed ? '' : 'unconfirmed', ...withheld].join(' ');
