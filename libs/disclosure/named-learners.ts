// Whom an office means that names a learner as an agency does, or by the broker's own id.
import { agencyOfOffice, type LearnerAsker, type OfficeAsker, recordedAs } from '#access';
import { type AgencySlug, err, type LearnerId, londonDate, ok, type Result } from '#kernel';
import { learnerStream, whomItMeans } from '#learner-file';
import { Draft, untilComplete } from '#unit-of-work';
import type { GateParts } from './gate-parts.ts';

export interface NamedLearner {
  /** Whose reference it is. */
  readonly agency: AgencySlug;
  /** `uln:…`, `local:…` or a pseudonym as that agency uses them, or the broker's own id. */
  readonly ref: string;
}

export interface NotNamed {
  readonly code: 'no-such-agency' | 'no-such-learner';
  readonly says: string;
}

type Parts = Pick<GateParts, 'streams' | 'registers' | 'pseudonyms' | 'clock'>;

const OWN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class NamedLearners {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async find({ agency, ref }: NamedLearner): Promise<Result<LearnerId, NotNamed>> {
    const { registers, clock } = this.#parts;
    if (!registers.inForce(londonDate(clock.now())).agency(agency)) return err(noAgency(agency));
    const id = await this.#known(await this.#meant(agency, ref));
    return id === undefined ? err(noLearner(agency)) : ok(id);
  }

  /**
   * Whom an asker that is no agency means: an officer of an agency as that agency does; every office by a pseudonym of its own or the
   * broker's id; a learner by `me`. Undefined: nobody.
   */
  async byAsker(asker: OfficeAsker | LearnerAsker, ref: string): Promise<LearnerId | undefined> {
    if ('learner' in asker) return ref === 'me' ? asker.learner : undefined;
    const agency = agencyOfOffice(asker.office);
    const isAgencys = agency !== undefined && !ref.startsWith('psn:') && !OWN_ID.test(ref);
    return this.#known(await this.#meant(isAgencys ? agency : recordedAs(asker), ref));
  }

  /** Of whom that one was merged into, where that is so. */
  async #known(meant: LearnerId | undefined): Promise<LearnerId | undefined> {
    if (meant === undefined) return undefined;
    const { state, revision } = await this.#parts.streams.files.load(learnerStream(meant));
    return revision >= 0 ? (state.into ?? meant) : undefined;
  }

  async #meant(agency: AgencySlug, ref: string): Promise<LearnerId | undefined> {
    const { streams, registers, pseudonyms, clock } = this.#parts;
    if (OWN_ID.test(ref)) return ref;
    if (ref.startsWith('psn:')) return pseudonyms.resolve(agency, ref);
    const at = clock.now();
    const { register } = registers.inForce(londonDate(at));
    const { named } = await untilComplete(() => {
      const draft = new Draft();
      return { named: whomItMeans({ draft, streams, register, at }, agency, ref), missing: draft.missing };
    });
    return named;
  }
}

const noAgency = (agency: AgencySlug): NotNamed => ({
  code: 'no-such-agency',
  says: `There is no agency ${agency}: \`concordat agency list\` shows those there are.`,
});

const noLearner = (agency: AgencySlug): NotNamed => ({
  code: 'no-such-learner',
  says: `${agency} knows no learner by that reference: give uln:…, local:<its own id> or a pseudonym of its.`,
});
