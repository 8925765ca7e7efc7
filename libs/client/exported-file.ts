// A file as a broker sends it: chunk by chunk, under the name that the broker gave it, and for as long as something comes.
import { ClientError } from './client-error.ts';

/** Ends a request of which nothing more came for so long. */
export class Patience {
  readonly #ending = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  renew(): void {
    this.end();
    this.#timer = setTimeout(() => this.#ending.abort(), this.#ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** A name and nothing else: never a path. */
const NAME = /filename="([a-z0-9][a-z0-9.-]*\.csv)"/;

/** Throws `ClientError` where what answers names no file of a list. */
export const fileNameOf = ({ headers }: Response): string => {
  const [, name] = NAME.exec(headers.get('content-disposition') ?? '') ?? [];
  if (name !== undefined) return name;
  throw new ClientError('not-a-broker', 'What answered is no file of a list.');
};

export async function* chunksOf({ body }: Response, patience: Patience): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body ?? []) {
      patience.renew();
      yield chunk;
    }
  } catch (cause) {
    throw new ClientError('cut-short', 'The export broke off: what came of it is no whole list. Ask again, or by filters, in parts.', {
      cause,
    });
  } finally {
    patience.end();
  }
}
