/** A signature could not be checked, for no fault of the message: to be tried again (HTTP 503). */
export class VerifyPoolError extends Error {
  override readonly name = 'VerifyPoolError';
}
