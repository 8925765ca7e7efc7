// How a property of the configuration is declared, and how all are listed.
import 'reflect-metadata';
import { Transform } from 'class-transformer';
import { TrustedProxies } from '#http';

export interface Setting {
  readonly variable: string;
  readonly says: string;
  /** Never shown by `concordat config`. */
  readonly secret?: boolean;
}

export const settings = new Map<string, Setting>();

/** Names the environment variable that a property is read from, and says what it is for. */
export const Setting =
  (variable: string, says: string, options: { readonly secret?: boolean } = {}): PropertyDecorator =>
  (_target, property) =>
    void settings.set(String(property), { variable, says, ...options });

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const ToNumber = (): PropertyDecorator => Transform(({ value }) => (value === '' ? Number.NaN : Number(value)));

export interface ListedSetting {
  readonly variable: string;
  readonly value: string;
  readonly says: string;
}

const shown = (value: unknown, secret: boolean): string => {
  if (value === undefined) return '(not set)';
  if (secret) return '(set)';
  return typeof value === 'number' ? String(value) : textOf(value);
};

/** All settings with the values in force, for `concordat config`. */
export const listSettings = (config: object): readonly ListedSetting[] =>
  [...settings].map(([property, { variable, says, secret }]) => {
    const value = (config as Readonly<Record<string, unknown>>)[property];
    return { variable, value: shown(value, secret ?? false), says };
  });

/** What is wrong with a list of proxies, as sentences. */
export const unknownProxies = (list: string): readonly string[] => {
  try {
    new TrustedProxies(list);
    return [];
  } catch {
    return ['CONCORDAT_TRUSTED_PROXIES is wrong: give addresses or ranges such as 10.0.0.0/8, with commas between, or loopback, or none.'];
  }
};
