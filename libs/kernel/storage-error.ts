/** `unavailable`: nothing was changed; `uncertain`: a commit failed half-way, so only asking again tells whether it holds. */
export type StorageErrorCode = 'unavailable' | 'uncertain';

/** A file of the broker's cannot be read or written now. It passes: whoever asked does well to ask again. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
