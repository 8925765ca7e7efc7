/** Files that do not belong together, or an older copy among them: one sentence for each file, with what to do. */
export class CustodyError extends Error {
  override readonly name = 'CustodyError';
}
