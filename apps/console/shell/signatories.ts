// Who signs what is entered here: each agency that registered a key for the console, its own people alone (views.md, N12; W5 for learners).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import {
  type AgencyEvent,
  type AgreementText,
  ConcordatClient,
  type Receipt,
  signAgreement,
  signEvents,
  signProposal,
  signReview,
  type SigningKey,
  signingKeyOf,
} from '#client';
import { readJsonFile } from '#strict-text';
import type { ConsoleSettings } from '../settings.ts';
import type { Person } from './person.ts';
import type { Visit } from './visit.ts';

/** No key of that agency is held here, so nothing can be sent for it. */
export class NoKeyHeld extends Error {
  override readonly name = 'NoKeyHeld';
}

const KEY_FILE = /^([a-z0-9-]+)\.json$/;

const OFFICER_OF = /^dpo-of:(.+)$/;

export class Signatories {
  readonly #held: ReadonlyMap<string, Promise<Held>>;
  readonly #ownPage: string | undefined;

  constructor({ keys, broker, ownPage }: Pick<ConsoleSettings, 'keys' | 'broker' | 'ownPage'>) {
    this.#ownPage = ownPage;
    this.#held = new Map(
      (keys === undefined ? [] : readdirSync(keys)).flatMap((file) => {
        const agency = KEY_FILE.exec(file)?.[1];
        return agency === undefined || keys === undefined ? [] : [[agency, heldOf(broker, agency, join(keys, file))] as const];
      }),
    );
  }

  /** As whom the person's entries are signed; undefined: as nobody. */
  agencyOf(person: Person): string | undefined {
    const agency = this.#behind(person);
    return agency !== undefined && this.#held.has(agency) ? agency : undefined;
  }

  /** An officer of one agency writes for that one; the partnership's for none. */
  #behind(person: Person): string | undefined {
    if (person.kind === 'staff') return person.agency;
    if (person.kind === 'officer') return OFFICER_OF.exec(person.office)?.[1];
    return person.kind === 'learner' ? this.#ownPage : undefined;
  }

  /**
   * Several go as one batch, judged in their order. The agency's key signs, and knows nothing of who is here: that the person is still who
   * the issuer says is asked first. Throws `NotSignedIn`, `NoKeyHeld`, `ClientError`.
   */
  async send(visit: Pick<Visit, 'person' | 'own' | 'stillSignedIn'>, events: readonly AgencyEvent[]): Promise<readonly Receipt[]> {
    await visit.stillSignedIn();
    const receipts = await (await this.#of(visit.person)).client.send(events);
    visit.own.keep(receipts);
    return receipts;
  }

  /** The same as one signed message, for whoever sends it with a token of the person's own. Throws `NoKeyHeld`. */
  async signed(person: Person, events: readonly AgencyEvent[]): Promise<string> {
    return signEvents(events, (await this.#of(person)).key);
  }

  /** The learners' page as the broker knows it; undefined where no key of it is held here. */
  async ownPageToken(): Promise<string | undefined> {
    const held = this.#ownPage === undefined ? undefined : await this.#held.get(this.#ownPage);
    return held?.client.token();
  }

  /** A party's signature of an agreement, as JWS compact. Throws `NoKeyHeld`. */
  async sign(person: Person, text: AgreementText): Promise<string> {
    return signAgreement(text, (await this.#of(person)).key);
  }

  /** A party's word that the text stands until another day, as JWS compact. Throws `NoKeyHeld`. */
  async review(person: Person, text: AgreementText, until: string): Promise<string> {
    return signReview(text, until, (await this.#of(person)).key);
  }

  /** A party's statement that it proposes a text, as JWS compact. Throws `NoKeyHeld`. */
  async proposal(person: Person, text: AgreementText): Promise<string> {
    return signProposal(text, (await this.#of(person)).key);
  }

  /** The key that the person's entries are signed with. */
  async keyIdOf(person: Person): Promise<string | undefined> {
    return this.agencyOf(person) === undefined ? undefined : (await this.#of(person)).key.kid;
  }

  async #of(person: Person): Promise<Held> {
    const agency = this.agencyOf(person);
    const held = agency === undefined ? undefined : await this.#held.get(agency);
    if (held === undefined) throw new NoKeyHeld('The agency registered no key for these pages.');
    return held;
  }
}

interface Held {
  readonly key: SigningKey;
  readonly client: ConcordatClient;
}

const heldOf = async (url: string, agency: string, file: string): Promise<Held> => {
  const key = await signingKeyOf(readJsonFile(file) as JWK);
  return { key, client: new ConcordatClient({ url, agency, key }) };
};
