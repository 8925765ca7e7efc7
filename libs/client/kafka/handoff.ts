// Hands values from where they arise to who iterates over them, one at a time: whoever puts one waits until it has been dealt with.

export class Handoff<Value> implements AsyncIterableIterator<Value> {
  #waiting: { readonly value: Value; readonly taken: (dealtWith: boolean) => void }[] = [];
  #taken: ((dealtWith: boolean) => void) | undefined;
  #asking: { readonly resolve: (result: IteratorResult<Value, undefined>) => void; readonly reject: (cause: unknown) => void } | undefined;
  #end: { readonly cause?: unknown } | undefined;

  /** True once the iterating side asks for the next one; false where the end came before that. */
  put(value: Value): Promise<boolean> {
    if (this.#end) return Promise.resolve(false);
    return new Promise((taken) => {
      this.#waiting.push({ value, taken });
      this.#serve();
    });
  }

  /** Nothing more comes. What was put and not taken is dropped. */
  end(): void {
    this.#finish({});
  }

  fail(cause: unknown): void {
    this.#finish({ cause });
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    this.#taken?.(true);
    this.#taken = undefined;
    return new Promise((resolve, reject) => {
      this.#asking = { resolve, reject };
      this.#serve();
    });
  }

  return(): Promise<IteratorResult<Value, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(end: { readonly cause?: unknown }): void {
    this.#end ??= end;
    this.#taken?.(false);
    this.#taken = undefined;
    for (const { taken } of this.#waiting) taken(false);
    this.#waiting = [];
    this.#serve();
  }

  #serve(): void {
    const asking = this.#asking;
    if (!asking) return;
    const first = this.#waiting.shift();
    if (!first && !this.#end) return;
    this.#asking = undefined;
    if (first) {
      this.#taken = first.taken;
      asking.resolve({ done: false, value: first.value });
    } else if (this.#end && 'cause' in this.#end) asking.reject(this.#end.cause);
    else asking.resolve({ done: true, value: undefined });
  }
}
