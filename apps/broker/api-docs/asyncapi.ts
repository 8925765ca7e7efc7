// The parts of AsyncAPI 3.0 that the document uses (https://www.asyncapi.com/docs/reference/specification/v3.0.0).
import type { Schema } from '#catalogue';

export interface Reference {
  readonly $ref: string;
}

export interface AsyncMessage {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly contentType: string;
  readonly headers?: Schema;
  readonly payload: Schema;
  readonly bindings: { readonly kafka: { readonly key: Schema; readonly bindingVersion: string } };
  readonly examples?: readonly { readonly name: string; readonly headers?: Readonly<Record<string, unknown>>; readonly payload: unknown }[];
}

export interface Channel {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Reference>>;
  readonly messages: Readonly<Record<string, Reference>>;
  readonly bindings: { readonly kafka: Readonly<Record<string, unknown>> };
}

export interface AsyncOperation {
  readonly action: 'send' | 'receive';
  readonly channel: Reference;
  readonly title: string;
  readonly summary: string;
  readonly messages: readonly Reference[];
  readonly reply?: { readonly channel: Reference; readonly messages: readonly Reference[] };
}

export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: Readonly<Record<string, unknown>>;
  readonly defaultContentType: string;
  readonly servers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, AsyncOperation>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly messages: Readonly<Record<string, AsyncMessage>>;
    readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

/** Of the Kafka bindings. */
export const BINDING_VERSION = '0.5.0';

export const to = (...path: readonly string[]): Reference => ({ $ref: `#/${path.join('/')}` });
