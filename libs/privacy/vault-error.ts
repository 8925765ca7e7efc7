export type VaultErrorCode = 'not-sealed-here' | 'unknown-key' | 'wrong-root-key' | 'unavailable' | 'closed';

/**
 * `not-sealed-here`: the bytes are not what was sealed, or not at this place; `unknown-key`: the key file never held the key that
 * sealed them, so it is not the file that belongs to this log; `unavailable`: the key file could not be read or written.
 */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
