// By what agreements are chosen.
import { isRole } from '#catalogue';
import { Problem } from '#http';
import { dayIn } from '#read-models';
import { AGREEMENT_STATUSES, type AgreementsChosen } from '#sharing-protocols';

export type Search = Readonly<Record<string, string | undefined>>;

interface Parameter {
  readonly takes: string;
  readonly read: (text: string) => AgreementsChosen | undefined;
}

const PARAMETERS: Readonly<Record<string, Parameter>> = {
  status: {
    takes: `one of ${AGREEMENT_STATUSES.join(', ')}`,
    read: (text) => {
      const status = AGREEMENT_STATUSES.find((one) => one === text);
      return status && { status };
    },
  },
  role: { takes: 'a role, such as provider', read: (role) => (isRole(role) ? { role } : undefined) },
  'review-due-before': {
    takes: 'a day from 2000 to 2099, as 2026-09-07',
    read: (text) => {
      const reviewDueBefore = dayIn(text);
      return reviewDueBefore === undefined ? undefined : { reviewDueBefore };
    },
  },
};

/** Throws `Problem`: 400. */
export const chosenIn = (search: Search): AgreementsChosen =>
  Object.entries(search).reduce<AgreementsChosen>((chosen, [name, value = '']) => {
    const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (!parameter) throw new Problem(400, 'filter-unknown', `This list takes ${Object.keys(PARAMETERS).join(', ')} alone.`);
    const read = parameter.read(value);
    if (!read) throw new Problem(400, 'filter-invalid', `${name} takes ${parameter.takes}.`, { more: { parameter: name } });
    return { ...chosen, ...read };
  }, {});

/** The version to compare with. Throws `Problem`: 400. */
export const againstIn = ({ against, ...others }: Search): string => {
  if (Object.keys(others).length > 0) throw new Problem(400, 'filter-unknown', 'A comparison takes against alone.');
  if (against !== undefined && /^[1-9]\d*$/.test(against)) return against;
  throw new Problem(400, 'filter-invalid', 'against takes the number of another version.', { more: { parameter: 'against' } });
};

export const noSuch = (): Problem =>
  new Problem(404, 'no-such-protocol', 'No such version of a protocol was drafted: /v1/protocols lists those that were.');
