// The forms that staff of an agency may fill in: of each type of event that an agreement in force lets a role of theirs contribute.
import { Inject } from '@nestjs/common';
import type { AskPublic } from '../broker/agreements.ts';
import { ApiDescription } from '../broker/api-description.ts';
import { type DataSchema, type Field, fieldsOf, labelOf, ownIdIn } from './form-fields.ts';

export interface EventForm {
  /** Short, as `assessment.recorded`. */
  readonly type: string;
  readonly title: string;
  readonly says: string;
  readonly fields: readonly Field[];
  /** The member that names the new thing; drawn by the console. */
  readonly ownId: string | undefined;
  /** Whether it is about a learner. */
  readonly aboutLearner: boolean;
}

interface Contribution {
  readonly types: readonly string[];
  readonly roles: readonly string[] | string;
}
interface Listed {
  readonly protocols: readonly {
    readonly id: string;
    readonly version: number;
    readonly status: string;
    readonly parties: readonly { readonly agency: string; readonly roles: readonly string[]; readonly leftOn: string | null }[];
  }[];
}
interface Agreement {
  readonly document: { readonly contributions?: readonly Contribution[] };
}

const TYPE = /^uk\.concordat\.(.+)\.v1$/;
const DATA = 'Data';
/** Each has a page of its own, or is no matter of a form. */
const ELSEWHERE: ReadonlySet<string> = new Set(['consent.given', 'consent.refused', 'notice.acknowledged', 'record.retracted']);

export class EventForms {
  readonly #api: ApiDescription;
  #forms: Promise<ReadonlyMap<string, EventForm>> | undefined;

  constructor(@Inject(ApiDescription) api: ApiDescription) {
    this.#api = api;
  }

  async of(ask: AskPublic, type: string): Promise<EventForm | undefined> {
    return (await this.#all(ask)).get(type);
  }

  /** In the order of their titles. */
  async forAgency(ask: AskPublic, agency: string): Promise<readonly EventForm[]> {
    const [forms, types] = await Promise.all([this.#all(ask), contributable(ask, agency)]);
    return [...forms.values()].filter(({ type }) => types.has(type) && !ELSEWHERE.has(type)).sort((a, b) => (a.title < b.title ? -1 : 1));
  }

  /** The catalogue changes with the broker alone. */
  #all(ask: AskPublic): Promise<ReadonlyMap<string, EventForm>> {
    this.#forms ??= this.#api.document(ask).then(({ components }) => formsIn(components.schemas as Schemas));
    this.#forms.catch(() => (this.#forms = undefined));
    return this.#forms;
  }
}

type Schemas = Readonly<Record<string, DataSchema>>;

const formsIn = (schemas: Schemas): ReadonlyMap<string, EventForm> => {
  const entries = Object.entries(schemas).flatMap(([name, schema]) => {
    const type = TYPE.exec(schema['x-concordat']?.type ?? '')?.[1];
    if (type === undefined || !name.endsWith(DATA)) return [];
    const whole = schemas[name.slice(0, -DATA.length)];
    return [[type, formOf(type, schema, whole?.required?.includes('subject') === true)] as const];
  });
  return new Map(entries);
};

const formOf = (type: string, schema: DataSchema, aboutLearner: boolean): EventForm => ({
  type,
  title: schema.title ?? labelOf(type),
  says: schema.description ?? '',
  fields: fieldsOf(schema),
  ownId: ownIdIn(schema),
  aboutLearner,
});

const contributable = async (ask: AskPublic, agency: string): Promise<ReadonlySet<string>> => {
  const { protocols } = (await ask('/v1/protocols')) as Listed;
  const signed = protocols.flatMap(({ id, version, status, parties }) => {
    const party = parties.find((one) => one.agency === agency && one.leftOn === null);
    return party !== undefined && (status === 'in-force' || status === 'review-due') ? [{ id, version, roles: party.roles }] : [];
  });
  const types = await Promise.all(
    signed.map(async ({ id, version, roles }) => {
      const { document } = (await ask(`/v1/protocols/${id}/${version}`)) as Agreement;
      return (document.contributions ?? []).filter((one) => allows(one, roles)).flatMap((one) => one.types);
    }),
  );
  return new Set(types.flat());
};

/** `recipient`: whoever was shown something by the agreement. */
const allows = ({ roles }: Contribution, own: readonly string[]): boolean =>
  typeof roles === 'string' ? roles === 'recipient' : roles.some((role) => own.includes(role));
