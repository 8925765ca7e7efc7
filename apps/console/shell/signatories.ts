// Who signs what is entered here: each agency that registered a key for the console, its own people alone (views.md, N12; W5 for learners).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { type AgencyEvent, ConcordatClient, type Receipt, signingKeyOf } from '#client';
import { readJsonFile } from '#strict-text';
import type { ConsoleSettings } from '../settings.ts';
import type { Person } from './person.ts';

/** No key of that agency is held here, so nothing can be sent for it. */
export class NoKeyHeld extends Error {
  override readonly name = 'NoKeyHeld';
}

const KEY_FILE = /^([a-z0-9-]+)\.json$/;

export class Signatories {
  readonly #clients: ReadonlyMap<string, Promise<ConcordatClient>>;
  readonly #ownPage: string | undefined;

  constructor({ keys, broker, ownPage }: Pick<ConsoleSettings, 'keys' | 'broker' | 'ownPage'>) {
    this.#ownPage = ownPage;
    this.#clients = new Map(
      (keys === undefined ? [] : readdirSync(keys)).flatMap((file) => {
        const agency = KEY_FILE.exec(file)?.[1];
        return agency === undefined || keys === undefined ? [] : [[agency, clientOf(broker, agency, join(keys, file))] as const];
      }),
    );
  }

  /** As whom the person's entries are signed; undefined: as nobody. */
  agencyOf(person: Person): string | undefined {
    const agency = person.kind === 'staff' ? person.agency : person.kind === 'learner' ? this.#ownPage : undefined;
    return agency !== undefined && this.#clients.has(agency) ? agency : undefined;
  }

  /** Several go as one batch, judged in their order. Throws `NoKeyHeld`, `ClientError`. */
  async send(person: Person, events: readonly AgencyEvent[]): Promise<readonly Receipt[]> {
    const agency = this.agencyOf(person);
    const client = agency === undefined ? undefined : await this.#clients.get(agency);
    if (client === undefined) throw new NoKeyHeld('The agency registered no key for these pages.');
    return client.send(events);
  }
}

const clientOf = async (url: string, agency: string, file: string): Promise<ConcordatClient> =>
  new ConcordatClient({ url, agency, key: await signingKeyOf(readJsonFile(file) as JWK) });
